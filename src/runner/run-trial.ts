import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Outcome, Shortage } from '../campaign/outcome.js';
import { committeeMembers, type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { CheckpointStore } from '../execution/checkpoint-store.js';
import type { Executor } from '../execution/executor.js';
import { describeShortage } from '../execution/memory-shortage.js';
import {
  type AfterStop,
  type Attempt,
  type NetworkStore,
  recordOutcome,
  recordRetry,
  runAttempt,
} from '../execution/run-attempt.js';
import type { RetryPolicy } from './retry-policy.js';
import { findStartingPoint } from './starting-point.js';
import type { Store } from './store.js';

/** What running a trial needs. */
export interface TrialRun {
  readonly store: Store;
  readonly executor: Executor;
  readonly networks: NetworkStore;
  readonly checkpoints: CheckpointStore;
  /** Ends the attempt; `afterStop` says what becomes of the trial then. */
  readonly signal: AbortSignal;
  /**
   * Runs the work as soon as a slot is free and returns its outcome; null if the work may no longer start. The slot
   * is free again when the work is done, before the outcome is on disk.
   */
  readonly inSlot: (work: () => Promise<Outcome>) => Promise<Outcome | null>;
  readonly afterStop: () => AfterStop;
  /** True once the method asks for the trial. A speculative trial that fails does not count as a failure. */
  readonly isAsked: () => boolean;
  readonly failures: RetryPolicy;
}

/** Attempts that one run gives a trial whose worker dies each time. */
const ATTEMPTS_PER_RUN = 3;

/**
 * Runs a trial until it has an outcome, and journals each attempt. An attempt that is lost with its worker is
 * repeated; a trial that loses its worker every time has failed. A failure that may pass is repeated too, after a
 * pause.
 */
export async function runTrial(trial: TrialKey, spec: TrialSpec, run: TrialRun): Promise<void> {
  const { store, failures, checkpoints } = run;
  const log = { networks: run.networks, commit: store.commit };
  for (let lost = 0, retries = 0; ; ) {
    const number = (store.campaign.trials.get(trial)?.attempts ?? 0) + 1;
    const attempt: Attempt = { trial, spec, attempt: number };
    const ended = await run.inSlot(async () => {
      const start = await findStartingPoint(spec, store.campaign, checkpoints);
      const members = await readMembers(spec, run);
      return runAttempt(attempt, { ...run, log, start, members, keepCheckpoint: checkpoints.wants(spec) });
    });
    if (ended === null) {
      // A person stopped it while it waited for another attempt.
      if (run.afterStop() === 'person') await recordOutcome(attempt, { kind: 'stopped' }, 'person', log);
      return;
    }
    const outcome = lastAttempt(ended, lost);
    if (outcome.kind === 'finished' && outcome.checkpoint !== undefined)
      await checkpoints.save(spec, outcome.checkpoint);
    else await checkpoints.discard(spec);
    if (outcome.kind === 'lost' && outcome.shortage !== undefined) {
      await recordOutcome(attempt, outcome, run.afterStop(), log);
      // Else the executor now runs fewer trials at once.
      if (outcome.shortage.wasAlone) throw outOfMemory(outcome.shortage);
    } else if (outcome.kind === 'lost') {
      lost += 1;
      await recordOutcome(attempt, outcome, run.afterStop(), log);
    } else if (outcome.kind === 'failed' && failures.isRetryable(outcome, retries)) {
      await recordRetry(attempt, outcome, log);
      await failures.wait(retries, run.signal);
      retries += 1;
    } else {
      await recordOutcome(attempt, outcome, run.afterStop(), log);
      if (run.isAsked()) await failures.count(trial, outcome);
      return;
    }
  }
}

/** The networks of a committee's members; null if it is no committee, or the store cannot read. */
async function readMembers(spec: TrialSpec, { store, networks }: TrialRun): Promise<Uint8Array[] | null> {
  const members = committeeMembers(spec);
  if (members.length === 0 || networks.read === undefined) return null;
  const identity = store.campaign.facts?.identity ?? '';
  const read: Uint8Array[] = [];
  for (const member of members) read.push(await networks.read(trialKey(identity, member)));
  return read;
}

function lastAttempt(outcome: Outcome, lostBefore: number): Outcome {
  if (outcome.kind !== 'lost' || outcome.shortage !== undefined || lostBefore + 1 < ATTEMPTS_PER_RUN)
    return outcome;
  const message = `The worker died ${ATTEMPTS_PER_RUN} times: ${outcome.message}`;
  return { kind: 'failed', code: 'crash', message };
}

function outOfMemory({ bytes }: Shortage): FitfirstError {
  return new FitfirstError(
    'OUT_OF_MEMORY',
    `${describeShortage(bytes)} A single worker could not get that much. Free some memory or ` +
      'raise the limit that this ' +
      'machine sets (ulimit -v, the limit of the container), then run the same command again: the campaign resumes ' +
      'here. Or start another campaign with smaller networks or batches.',
  );
}
