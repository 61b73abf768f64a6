import type { CampaignEvent } from '../campaign/event.js';
import type { Outcome, TrainedNetwork } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import type { Executor } from './executor.js';

/** One attempt at a trial, counted from 1. */
export interface Attempt {
  readonly trial: TrialKey;
  readonly spec: TrialSpec;
  readonly attempt: number;
}

/** Where the networks of finished trials are kept. */
export interface NetworkStore {
  /** Resolves when the network is durable. */
  save(trial: TrialKey, network: TrainedNetwork): Promise<void>;
}

/** Where attempts are journaled. */
export interface AttemptLog {
  readonly networks: NetworkStore;
  /** Resolves when the event is durable. The call fixes its place in the order, so the promise may be dropped. */
  commit(event: CampaignEvent): Promise<void>;
}

/**
 * What becomes of a trial whose attempt was stopped from outside: it waits for another one, or is stopped for good.
 */
export type AfterStop = 'waiting' | 'not-needed' | 'person';

/** Options of an attempt. */
export interface AttemptOptions {
  readonly executor: Executor;
  /** Ends the attempt as soon as it may. */
  readonly signal: AbortSignal;
  readonly log: Pick<AttemptLog, 'commit'>;
  /** Called with each report after it is logged. */
  readonly onReport?: (report: Report) => void;
}

/** Runs one attempt, and journals its start and its reports. The caller records how it ended. */
export async function runAttempt(
  { trial, spec, attempt }: Attempt,
  { executor, signal, log, onReport = () => {} }: AttemptOptions,
): Promise<Outcome> {
  void log.commit({ type: 'trial-started', trial, attempt });
  return await executor.run(spec, {
    signal,
    onReport(report) {
      void log.commit({ type: 'trial-reported', trial, attempt, report });
      onReport(report);
    },
  });
}

/** Saves the network of an attempt, then journals how the attempt ended. Resolves when both are durable. */
export async function recordOutcome(
  { trial, attempt }: Attempt,
  outcome: Outcome,
  afterStop: AfterStop,
  log: AttemptLog,
): Promise<void> {
  const of = { trial, attempt };
  switch (outcome.kind) {
    case 'finished': {
      const { network, reason } = outcome;
      if (network !== null) await log.networks.save(trial, network);
      return log.commit({ type: 'trial-finished', ...of, reason, evaluation: network?.evaluation ?? null });
    }
    case 'stopped':
      return afterStop === 'waiting'
        ? log.commit({ type: 'attempt-lost', ...of, message: 'The run was interrupted.' })
        : log.commit({ type: 'trial-stopped', trial, reason: afterStop });
    case 'diverged':
      return log.commit({ type: 'trial-diverged', ...of, epoch: outcome.epoch });
    case 'failed':
      return log.commit({ type: 'trial-failed', ...of, code: outcome.code, message: outcome.message });
    case 'lost':
      return log.commit({ type: 'attempt-lost', ...of, message: outcome.message });
    default:
      return outcome satisfies never;
  }
}

/** Journals that an attempt failed and that the trial waits for another one. */
export function recordRetry(
  { trial, attempt }: Attempt,
  { code, message }: Extract<Outcome, { kind: 'failed' }>,
  log: Pick<AttemptLog, 'commit'>,
): Promise<void> {
  return log.commit({ type: 'attempt-failed', trial, attempt, code, message });
}
