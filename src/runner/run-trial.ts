import type { Outcome, TrainedNetwork } from '../campaign/outcome.js';
import { type Report, reachesTarget } from '../campaign/report.js';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import type { Executor } from '../execution/executor.js';
import type { RetryPolicy } from './retry-policy.js';
import type { Store } from './store.js';

/** Where the networks of finished trials are kept. */
export interface NetworkStore {
  /** Resolves when the network is durable. */
  save(trial: TrialKey, network: TrainedNetwork): Promise<void>;
}

/** What becomes of a trial whose attempt was ended from outside: it waits for another one, or is stopped for good. */
export type AfterStop = 'waiting' | 'not-needed' | 'person';

/** What running a trial needs. */
export interface TrialRun {
  readonly store: Store;
  readonly executor: Executor;
  readonly networks: NetworkStore;
  /** Ends the attempt; what becomes of the trial then is said by `afterStop`. */
  readonly signal: AbortSignal;
  /**
   * Runs the work as soon as there is room for it and gives what came of it; null where it is not to begin any
   * more. The room is free again when the work is done, not when its outcome is on disk.
   */
  readonly inSlot: (work: () => Promise<Outcome>) => Promise<Outcome | null>;
  readonly afterStop: () => AfterStop;
  /** True once a batch asks for the trial: the failures of others are nobody's business. */
  readonly asked: () => boolean;
  readonly failures: RetryPolicy;
}

/** Attempts that one run gives a trial whose worker keeps dying under it. */
const ATTEMPTS_PER_RUN = 3;

/**
 * Runs a trial until it has an outcome, and journals all of it. An attempt lost with its worker is tried
 * again; a trial that kills its worker every time has failed. A failure that may pass is tried again too,
 * after a while.
 */
export async function runTrial(key: TrialKey, spec: TrialSpec, run: TrialRun): Promise<void> {
  const { failures } = run;
  for (let lost = 0, retries = 0; ; ) {
    const attempt = (run.store.campaign.trials.get(key)?.attempts ?? 0) + 1;
    const ended = await run.inSlot(() => attemptTrial(key, spec, attempt, run));
    if (ended === null) {
      // Stopped by a person while it waited for another attempt.
      if (run.afterStop() === 'person') await record(key, attempt, { kind: 'stopped' }, run);
      return;
    }
    const outcome = lastAttempt(ended, lost);
    if (outcome.kind === 'lost') {
      lost += 1;
      await record(key, attempt, outcome, run);
    } else if (outcome.kind === 'failed' && failures.isRetryable(outcome, retries)) {
      const { code, message } = outcome;
      await run.store.commit({ type: 'attempt-failed', trial: key, attempt, code, message });
      await failures.wait(retries, run.signal);
      retries += 1;
    } else {
      await record(key, attempt, outcome, run);
      if (run.asked()) await failures.count(key, outcome);
      return;
    }
  }
}

function lastAttempt(outcome: Outcome, lostBefore: number): Outcome {
  if (outcome.kind !== 'lost' || lostBefore + 1 < ATTEMPTS_PER_RUN) return outcome;
  const message = `The worker died ${ATTEMPTS_PER_RUN} times: ${outcome.message}`;
  return { kind: 'failed', code: 'crash', message };
}

/** One attempt: the first report that meets `until` ends the trial, and later ones are dropped. */
async function attemptTrial(
  key: TrialKey,
  spec: TrialSpec,
  attempt: number,
  run: TrialRun,
): Promise<Outcome> {
  const { store, executor, signal } = run;
  const fit = new AbortController();
  const onReport = (report: Report): void => {
    if (fit.signal.aborted) return;
    void store.commit({ type: 'trial-reported', trial: key, attempt, report });
    if (reachesTarget(spec.until, report)) fit.abort();
  };
  void store.commit({ type: 'trial-started', trial: key, attempt }); // its place in the order is enough
  const outcome = await executor.run(spec, { signal: AbortSignal.any([signal, fit.signal]), onReport });
  const ended = outcome.kind === 'finished' || outcome.kind === 'stopped';
  return fit.signal.aborted && ended ? { kind: 'finished', reason: 'fit', network: null } : outcome;
}

async function record(key: TrialKey, attempt: number, outcome: Outcome, run: TrialRun): Promise<void> {
  const { store } = run;
  const of = { trial: key, attempt };
  switch (outcome.kind) {
    case 'finished': {
      const { network, reason } = outcome;
      if (network !== null) await run.networks.save(key, network);
      return store.commit({ type: 'trial-finished', ...of, reason, evaluation: network?.evaluation ?? null });
    }
    case 'stopped': {
      const reason = run.afterStop();
      return reason === 'waiting'
        ? store.commit({ type: 'attempt-lost', ...of, message: 'The run was interrupted.' })
        : store.commit({ type: 'trial-stopped', trial: key, reason });
    }
    case 'diverged':
      return store.commit({ type: 'trial-diverged', ...of, epoch: outcome.epoch });
    case 'failed':
      return store.commit({ type: 'trial-failed', ...of, code: outcome.code, message: outcome.message });
    case 'lost':
      return store.commit({ type: 'attempt-lost', ...of, message: outcome.message });
    default:
      return outcome satisfies never;
  }
}
