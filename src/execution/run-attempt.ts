import type { StoredEvent } from '../campaign/event.js';
import type { Outcome, TrainedNetwork, TrialCheckpoint } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import type { Executor, RunOptions } from './executor.js';
import type { ReportListener } from './reports/report-listener.js';
import { ReportLog } from './reports/report-log.js';

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
  /**
   * Resolves with the bytes of a saved network. Throws FitfirstError if they are missing or damaged. A store that
   * cannot read leaves it out.
   */
  read?(trial: TrialKey): Promise<Uint8Array>;
}

/** Where a trial goes on from: a trial that differs in having fewer epochs, and has finished all of them. */
export interface StartingPoint {
  readonly checkpoint: TrialCheckpoint;
  /** The reports of the shorter trial that the longer one gives too, in order of epoch. */
  readonly reports: readonly Report[];
}

/** Where attempts are journaled. */
export interface AttemptLog {
  readonly networks: NetworkStore;
  /** Resolves when the event is durable. The call fixes its place in the order, so the promise may be dropped. */
  commit(event: StoredEvent): Promise<void>;
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
  /** Where the trial goes on from; by default it trains from the start. */
  readonly start?: StartingPoint | null;
  /** Whether the outcome of a finished trial has its checkpoint; false by default. */
  readonly keepCheckpoint?: boolean;
  /** The networks of the members, if the trial is that of a committee. */
  readonly members?: readonly Uint8Array[] | null;
}

/**
 * Runs one attempt, and journals its start and its reports. The reports of a trial that goes on begin with those of the
 * shorter trial, so they are the same as if it had been trained in one go. The caller records how the attempt ended.
 */
export async function runAttempt(
  { trial, spec, attempt }: Attempt,
  { executor, signal, log, start = null, keepCheckpoint = false, members = null, ...options }: AttemptOptions,
): Promise<Outcome> {
  void log.commit({ type: 'trial-started', trial, attempt });
  const reports = new ReportLog({ trial, attempt }, log, options.onReport);
  const run: RunOptions = {
    signal,
    onReport: (report) => reports.add(report),
    keepCheckpoint,
    ...(members !== null && { members }),
  };
  try {
    const outcome = start && (await goOn(executor, spec, run, start));
    return outcome ?? (await executor.run(spec, run));
  } finally {
    void reports.write();
  }
}

/** Goes on from a shorter trial. Returns null if that fails before the first report: the checkpoint may be to blame. */
async function goOn(
  executor: Executor,
  spec: TrialSpec,
  run: RunOptions,
  { checkpoint, reports }: StartingPoint,
): Promise<Outcome | null> {
  let hasBegun = false;
  /** The first epoch that is reported says where the trainer began. It gives all earlier reports itself, or none. */
  const catchUp = (epoch: number): void => {
    if (!hasBegun) for (const report of reports.filter((one) => one.epoch < epoch)) void run.onReport(report);
    hasBegun = true;
  };
  const onReport: ReportListener = (report) => {
    catchUp(report.epoch);
    return run.onReport(report);
  };
  const outcome = await executor.run(spec, { ...run, onReport, from: checkpoint });
  if (outcome.kind === 'diverged') catchUp(outcome.epoch);
  return outcome.kind === 'failed' && !hasBegun ? null : outcome;
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
      const { network, reason, final, notes } = outcome;
      if (network !== null) await log.networks.save(trial, network);
      const evaluation = network?.evaluation ?? null;
      const once = { ...(final && { final }), ...(notes && { notes }) };
      return log.commit({ type: 'trial-finished', ...of, reason, evaluation, ...once });
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
