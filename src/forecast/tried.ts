import PQueue from 'p-queue';
import type { Report } from '../campaign/report.js';
import { meets } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Executor } from '../execution/executor.js';

/** A trial that was run to be timed, in no journal. */
export interface Tried {
  readonly spec: TrialSpec;
  readonly reports: readonly Report[];
  readonly reason: 'complete' | 'fit' | 'failed';
  /** Epochs that it came to. */
  readonly epochs: number;
  readonly seconds: number;
  /** Why it failed; null where it did not. */
  readonly failure: string | null;
}

/** Runs trials, as many at once as the executor can, and times them. Those that the signal ends are left out. */
export async function tryTrials(
  executor: Executor,
  specs: readonly TrialSpec[],
  signal: AbortSignal,
  onReport: () => void,
): Promise<readonly Tried[]> {
  const queue = new PQueue({ concurrency: executor.slots });
  const tried = await Promise.all(
    specs.map((spec) => queue.add(() => tryTrial(executor, spec, signal, onReport))),
  );
  return tried.filter((one) => one !== null);
}

async function tryTrial(
  executor: Executor,
  spec: TrialSpec,
  signal: AbortSignal,
  onReport: () => void,
): Promise<Tried | null> {
  if (signal.aborted) return null;
  const reports: Report[] = [];
  const started = performance.now();
  let lastReport = started;
  const outcome = await executor.run(spec, {
    signal,
    onReport: (report) => {
      reports.push(report);
      lastReport = performance.now();
      onReport();
    },
  });
  const epochs = reports.at(-1)?.epoch ?? 0;
  const of = { spec, reports, epochs };
  switch (outcome.kind) {
    case 'finished': {
      const isFit = reports.some((report) => meets(spec.until, report));
      const seconds = (performance.now() - started) / 1000;
      return { ...of, seconds, reason: isFit ? 'fit' : 'complete', failure: null };
    }
    case 'stopped':
      // What it came to is worth something all the same.
      return epochs === 0
        ? null
        : { ...of, seconds: (lastReport - started) / 1000, reason: 'complete', failure: null };
    case 'diverged':
      return {
        ...of,
        seconds: (performance.now() - started) / 1000,
        reason: 'failed',
        failure: 'it diverged',
      };
    case 'failed':
    case 'lost':
      return {
        ...of,
        seconds: (performance.now() - started) / 1000,
        reason: 'failed',
        failure: outcome.message,
      };
    default:
      return outcome satisfies never;
  }
}
