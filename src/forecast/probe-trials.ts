import type { FinishReason, Outcome } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Executor } from '../execution/executor.js';
import { type Attempt, type AttemptLog, recordOutcome, runAttempt } from '../execution/run-attempt.js';
import { SlotQueue } from '../execution/slot-queue.js';

/** A trial that ran to be timed, outside of the campaign. */
export interface ProbeTrial {
  readonly spec: TrialSpec;
  readonly reports: readonly Report[];
  readonly reason: FinishReason | 'failed';
  /** The epochs that it reached. */
  readonly epochs: number;
  readonly seconds: number;
  /** Why it failed; null if it did not. */
  readonly failure: string | null;
  /** What the trainer reported once, for the whole trial; left out if the trial did not finish. */
  readonly once?: Pick<Extract<Outcome, { kind: 'finished' }>, 'final' | 'notes'>;
}

/** Journals trials as a run does, so that they take as long as in a run. */
export interface ProbeRecorder extends AttemptLog {
  /** Resolves when the batch is on disk. */
  plan(specs: readonly TrialSpec[]): Promise<void>;
  /** The next attempt at a trial: it may be run more than once. */
  attemptAt(spec: TrialSpec): Attempt;
}

/** Trials that were run as a batch. */
export interface ProbeBatch {
  readonly tried: readonly ProbeTrial[];
  /** Seconds of the batch besides its trials: until it was planned, and until everything was on disk. */
  readonly latency: number;
}

/**
 * Runs trials in all slots of the executor and times them. Trials that the signal ends before their first report are
 * left out.
 */
export async function runProbeTrials(
  executor: Executor,
  specs: readonly TrialSpec[],
  signal: AbortSignal,
  recorder: ProbeRecorder,
): Promise<ProbeBatch> {
  const begun = performance.now();
  using queue = new SlotQueue(executor);
  await recorder.plan(specs);
  const recorded: Promise<void>[] = [];
  const all = await Promise.all(
    specs.map((spec) =>
      queue.add(async () => {
        if (signal.aborted) return null;
        const attempt = recorder.attemptAt(spec);
        const { tried, outcome } = await runProbe(attempt, executor, signal, recorder);
        recorded.push(recordOutcome(attempt, outcome, 'waiting', recorder));
        return tried;
      }),
    ),
  );
  await Promise.all(recorded);
  const seconds = (performance.now() - begun) / 1000;
  const tried = all.filter((one) => one !== null);
  const latency =
    seconds -
    makespan(
      tried.map((one) => one.seconds),
      executor.slots,
    );
  return { tried, latency: Math.max(0, latency) };
}

/** Seconds until trials of these durations are done, if each starts in order in the slot that is free first. */
export function makespan(seconds: readonly number[], slots: number): number {
  const until = new Array<number>(Math.max(1, Math.min(slots, seconds.length))).fill(0);
  for (const each of seconds) {
    const first = until.indexOf(Math.min(...until));
    until[first] = (until[first] ?? 0) + each;
  }
  return Math.max(...until);
}

interface ProbeRun {
  /** Null if it was stopped before its first report. */
  readonly tried: ProbeTrial | null;
  readonly outcome: Outcome;
}

async function runProbe(
  attempt: Attempt,
  executor: Executor,
  signal: AbortSignal,
  log: AttemptLog,
): Promise<ProbeRun> {
  const { spec } = attempt;
  const reports: Report[] = [];
  const started = performance.now();
  let lastReport = started;
  const onReport = (report: Report): void => {
    reports.push(report);
    lastReport = performance.now();
  };
  const outcome = await runAttempt(attempt, { executor, signal, log, onReport });
  const epochs = reports.at(-1)?.epoch ?? 0;
  const ended = (
    reason: ProbeTrial['reason'],
    failure: string | null,
    until = performance.now(),
  ): ProbeRun => ({
    tried: { spec, reports, epochs, reason, failure, seconds: (until - started) / 1000 },
    outcome,
  });
  switch (outcome.kind) {
    case 'finished': {
      const { reason, final, notes } = outcome;
      const { tried } = ended(reason, null);
      const once = { ...(final && { final }), ...(notes && { notes }) };
      return { tried: tried && { ...tried, once }, outcome };
    }
    case 'stopped':
      // The epochs that it has done count.
      return epochs === 0 ? { tried: null, outcome } : ended('complete', null, lastReport);
    case 'diverged':
      return ended('failed', 'it diverged');
    case 'failed':
    case 'lost':
      return ended('failed', outcome.message);
    default:
      return outcome satisfies never;
  }
}
