import { createHash } from 'node:crypto';
import type { List } from 'immutable';
import { canonicalJson } from './canonical-json.js';
import type { StopTarget } from './metric.js';
import type { Evaluation, FailureCode } from './outcome.js';
import type { Parameters } from './parameters.js';
import type { Report } from './report.js';

/** How the network that is handed over is trained; null in a spec means an ordinary trial of the search. */
export interface Finish {
  /** The rows it learns from: the training part, or training and validation together. */
  readonly on: 'training' | 'all';
  /** The epoch whose weights are kept: the best on validation, or the last. */
  readonly checkpoint: 'best' | 'last';
}

/** Together with the training identity, all that a trial's result depends on. */
export interface TrialSpec {
  readonly parameters: Parameters;
  /** Which initialisation, shuffle, masks and split; 0 is the finish's, the search counts from 1. */
  readonly repeat: number;
  /** The budget. */
  readonly epochs: number;
  readonly until: StopTarget | null;
  readonly finish: Finish | null;
}

/** The content address of a trial: equal keys mean equal results, across campaigns too. */
export type TrialKey = string & { readonly brand: 'TrialKey' };

const keys = new WeakMap<TrialSpec, { identity: string; key: TrialKey }>();

/** The key of a spec under a training identity: 128 bits of SHA-256, in hexadecimal. */
export function trialKey(identity: string, spec: TrialSpec): TrialKey {
  const known = keys.get(spec);
  if (known?.identity === identity) return known.key;
  const digest = createHash('sha256').update(identity).update('\n').update(canonicalJson(spec)).digest('hex');
  const key = digest.slice(0, 32) as TrialKey;
  keys.set(spec, { identity, key });
  return key;
}

interface TrialFacts {
  readonly key: TrialKey;
  readonly spec: TrialSpec;
  /** The stage that planned it first. */
  readonly stage: string;
  /** Its place in the order in which trials were asked for, from 1; null while it only rides along ahead. */
  readonly number: number | null;
  /** Tries so far; 0 before the first. */
  readonly attempts: number;
  /** The reports of the last attempt, in order of epoch. */
  readonly reports: List<Report>;
}

/** A spec and what became of it. */
export type Trial = TrialFacts & TrialState;

export type TrialState =
  | { readonly state: 'waiting' }
  | { readonly state: 'running' }
  | {
      readonly state: 'finished';
      readonly reason: 'complete' | 'fit';
      readonly evaluation: Evaluation | null;
    }
  | { readonly state: 'stopped'; readonly reason: 'not-needed' | 'person' }
  | { readonly state: 'diverged'; readonly epoch: number }
  /** The message is for people and stands in no result. */
  | { readonly state: 'failed'; readonly code: FailureCode; readonly message: string };

/** A trial of which nothing more will come: what a method is handed. */
export type Settled = TrialFacts & Exclude<TrialState, { state: 'waiting' | 'running' }>;

/** A trial that only rode along and was stopped is not settled: a method that asks for it gets it run. */
export function isSettled(trial: Trial | undefined): trial is Settled {
  if (trial === undefined) return false;
  switch (trial.state) {
    case 'waiting':
    case 'running':
      return false;
    case 'stopped':
      return trial.reason === 'person';
    case 'finished':
    case 'diverged':
    case 'failed':
      return true;
    default:
      return trial satisfies never;
  }
}
