import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { EpochBound } from './early-end/epoch-bounds.js';
import type { StopTarget } from './metric.js';
import type { Evaluation, FailureCode, FinishReason } from './outcome.js';
import type { Parameters } from './parameters.js';
import type { Reports } from './tables/reports.js';

/** How the final network is trained; null in the spec of a trial of the search. */
export interface Finish {
  /** The rows it learns from: the training part, or training and validation together. */
  readonly on: 'training' | 'all';
  /** The epoch whose weights are kept: the best on validation, or the last. */
  readonly checkpoint: 'best' | 'last';
  /** The networks whose predictions are averaged; left out for a single network. */
  readonly committee?: Committee;
}

/** Networks of one setting that predict together. The trial of a committee trains nothing if they are trained. */
export interface Committee {
  /** The repeats of its members, in order. */
  readonly repeats: readonly number[];
  /** The epochs of each member. */
  readonly epochs: number;
}

/** The specs of a committee's members; none if the trial is not that of a committee. */
export function committeeMembers({ parameters, finish }: TrialSpec): readonly TrialSpec[] {
  if (finish?.committee === undefined) return [];
  const { committee, ...kept } = finish;
  const { repeats, epochs } = committee;
  return repeats.map((repeat) => ({ parameters, repeat, epochs, until: null, finish: kept }));
}

/** Everything that a trial's result depends on, besides the training identity. */
export interface TrialSpec {
  readonly parameters: Parameters;
  /** Selects initialisation, shuffling, masks and split. The finish stage has 0, the search counts from 1. */
  readonly repeat: number;
  /** The budget. */
  readonly epochs: number;
  readonly until: StopTarget | null;
  /** Where the trial ends early if it has fallen behind, by rising epoch, before its last; left out, nowhere. */
  readonly bounds?: readonly EpochBound[];
  /** It ends when it has had no better value for at least this many epochs (`Patience`); left out, it does not. */
  readonly patience?: number;
  readonly finish: Finish | null;
}

/** The content address of a trial: equal keys mean equal results, across campaigns too. */
export type TrialKey = string & { readonly brand: 'TrialKey' };

/** Says which attempt at which trial. */
export interface AttemptKey {
  readonly trial: TrialKey;
  readonly attempt: number;
}

/** Known keys, for the last training identity that was asked for. */
let keys = new WeakMap<TrialSpec, TrialKey>();
let identityOfKeys = '';

/** The key of a spec under a training identity: 128 bits of SHA-256, in hexadecimal. */
export function trialKey(identity: string, spec: TrialSpec): TrialKey {
  if (identity !== identityOfKeys) {
    keys = new WeakMap();
    identityOfKeys = identity;
  }
  const known = keys.get(spec);
  if (known !== undefined) return known;
  const key = hashSpec(identity, spec);
  keys.set(spec, key);
  return key;
}

/** The same key, where the spec is not asked about again: it is looked up, but not remembered. */
export function trialKeyOnce(identity: string, spec: TrialSpec): TrialKey {
  return (identity === identityOfKeys ? keys.get(spec) : undefined) ?? hashSpec(identity, spec);
}

function hashSpec(identity: string, spec: TrialSpec): TrialKey {
  const digest = hash('sha256', `${identity}\n${canonicalJson(spec)}`, 'buffer');
  // A part of a longer string would keep all of it in memory.
  return digest.toString('hex', 0, 16) as TrialKey;
}

interface TrialFacts {
  readonly key: TrialKey;
  readonly spec: TrialSpec;
  /** The stage that planned it first. */
  readonly stage: string;
  /** Its place in the order in which the method asked for trials, from 1; null while it is speculative. */
  readonly number: number | null;
  /** Attempts so far; 0 before the first. */
  readonly attempts: number;
  /** The reports of the last attempt, in order of epoch. */
  readonly reports: Reports;
}

/** A spec and its state. */
export type Trial = TrialFacts & TrialState;

export type TrialState =
  | { readonly state: 'waiting' }
  | { readonly state: 'running' }
  | {
      readonly state: 'finished';
      readonly reason: FinishReason;
      readonly evaluation: Evaluation | null;
      /** Metrics that the trainer reported once, for the whole trial; left out if there are none. */
      readonly final?: Readonly<Record<string, number>>;
      /** Sentences about how its reports were read; left out if there are none. */
      readonly notes?: readonly string[];
    }
  | { readonly state: 'stopped'; readonly reason: 'not-needed' | 'person' }
  | { readonly state: 'diverged'; readonly epoch: number }
  /** The message is for people and is not part of any result. */
  | { readonly state: 'failed'; readonly code: FailureCode; readonly message: string };

/** Whether these are the same trial in the same state: a finished trial is another object each time it is read. */
export function isSameTrial(a: Trial | undefined, b: Trial | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return (
    a.key === b.key &&
    a.state === b.state &&
    a.attempts === b.attempts &&
    a.number === b.number &&
    a.stage === b.stage &&
    a.reports.equals(b.reports)
  );
}

/** A trial that has ended for good. Methods get such trials. */
export type Settled = TrialFacts & Exclude<TrialState, { state: 'waiting' | 'running' }>;

/** Whether a trial ended early because it fell behind others. */
export function isStoppedEarly(trial: Trial): boolean {
  return trial.state === 'finished' && trial.reason === 'stopped-early';
}

/**
 * Whether a trial has ended for good. A speculative trial that was stopped has not: it runs if the method asks for
 * it.
 */
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
