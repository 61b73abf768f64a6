import { TrialEnd } from '../campaign/early-end/trial-end.js';
import type { FailureCode, Outcome, TrainedNetwork, TrialCheckpoint } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import { errorMessage } from '../text/error-message.js';
import { lostToShortage, MemoryShortage } from './memory-shortage.js';
import { readReport } from './reports/read-report.js';
import type { ReportListener } from './reports/report-listener.js';
import type { ReportedOnce, Trainer, TrainerContext } from './trainer.js';
import { TrialFailure, TrialLost } from './trial-errors.js';

/** What a trainer is run with. */
export interface RunContext extends Omit<TrainerContext, 'from' | 'onCheckpoint' | 'onceReported'> {
  /** Where the trial goes on from; by default it trains from the start. */
  readonly from?: TrialCheckpoint | null | undefined;
  /** Whether the outcome of a finished trial has its checkpoint; false by default. */
  readonly keepCheckpoint?: boolean | undefined;
}

/** Why a trainer is closed before it has done all of its epochs. */
export type EarlyEnd = 'fit' | 'stopped-early' | 'patience' | 'diverged' | 'bad-report';

/**
 * Runs a trainer and returns how it ended. Every executor uses this function, so a trial ends in the same way
 * wherever it runs: reports are checked before they are passed on, the first one that reaches `spec.until` is the
 * last, as is one that falls behind `spec.bounds` or exhausts `spec.patience`, and a number that is not finite ends the
 * trial as diverged. The trainer continues when a promise that `onReport` returns has resolved. `onEarlyEnd` is called
 * before the trainer is closed for such a reason. Rejects only with errors of `onReport`.
 */
export async function runTrainer(
  trainer: Trainer,
  spec: TrialSpec,
  context: RunContext,
  onReport: ReportListener,
  onEarlyEnd: (reason: EarlyEnd) => void = () => {},
): Promise<Outcome> {
  let checkpoint: TrialCheckpoint | null = null;
  const { from = null, keepCheckpoint = false, ...rest } = context;
  const onCheckpoint = keepCheckpoint
    ? (kept: TrialCheckpoint): void => {
        checkpoint = kept;
      }
    : null;
  let once: ReportedOnce | null = null;
  const onceReported = (reported: ReportedOnce): void => {
    once = reported;
  };
  const training = await attempt(() => trainer.train(spec, { ...rest, from, onCheckpoint, onceReported }));
  if ('thrown' in training) return afterThrow(training.thrown, context);
  const reports = training.value;
  const reported = new Set<string>();
  const ending = new TrialEnd(spec, context.metric);
  let epoch = 0;

  for (;;) {
    let step: IteratorResult<Report, TrainedNetwork | null>;
    try {
      step = await reports.next();
    } catch (thrown) {
      return afterThrow(thrown, context);
    }
    if (step.done === true) return afterEnd(step.value, { spec, context, epoch, reported, checkpoint, once });
    const reading = readReport(step.value, epoch, spec.epochs);
    switch (reading.kind) {
      case 'bad':
        onEarlyEnd('bad-report');
        return endWith(reports, failed('bad-report', reading.message));
      case 'diverged':
        onEarlyEnd('diverged');
        return endWith(reports, { kind: 'diverged', epoch: reading.epoch });
      case 'report':
        break;
      default:
        return reading satisfies never;
    }
    epoch = reading.report.epoch;
    for (const name in reading.report.metrics) reported.add(name);
    const dealtWith = onReport(reading.report);
    if (dealtWith !== undefined) await dealtWith;
    const reason = ending.after(reading.report);
    if (reason !== null) {
      onEarlyEnd(reason);
      return endWith(reports, { kind: 'finished', reason, network: null });
    }
    // A trial that has done all of its epochs only has to return, which is quicker than repeating them.
    if (context.shouldStop() && epoch < spec.epochs) return endWith(reports, { kind: 'stopped' });
  }
}

type Attempt<T> = { readonly value: T } | { readonly thrown: unknown };

async function attempt<T>(action: () => T | Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await action() };
  } catch (thrown) {
    return { thrown };
  }
}

/** Lets the trainer clean up before the outcome is returned. */
async function endWith(
  reports: AsyncGenerator<Report, TrainedNetwork | null, void>,
  outcome: Outcome,
): Promise<Outcome> {
  const closing = await attempt(() => reports.return(null));
  return 'thrown' in closing && outcome.kind === 'finished'
    ? failed('error', errorMessage(closing.thrown))
    : outcome;
}

/** A trainer that is asked to stop may do so by throwing. */
function afterThrow(thrown: unknown, context: RunContext): Outcome {
  if (context.shouldStop()) return { kind: 'stopped' };
  if (thrown instanceof MemoryShortage) return lostToShortage(thrown);
  if (thrown instanceof TrialLost) return { kind: 'lost', message: thrown.message };
  return failed(thrown instanceof TrialFailure ? thrown.code : 'error', errorMessage(thrown));
}

interface Course {
  readonly spec: TrialSpec;
  readonly context: RunContext;
  /** The last epoch that was reported; 0 if none was. */
  readonly epoch: number;
  /** The names of all metrics that were reported. */
  readonly reported: ReadonlySet<string>;
  /** What the trainer gave to go on from; null if nothing. */
  readonly checkpoint: TrialCheckpoint | null;
  /** What the trainer said of the whole trial; null if nothing. */
  readonly once: ReportedOnce | null;
}

function afterEnd(network: TrainedNetwork | null, course: Course): Outcome {
  const { spec, context, epoch, reported, checkpoint } = course;
  const { metrics: final, notes } = course.once ?? { metrics: {}, notes: [] };
  const whole = epoch === spec.epochs && (spec.finish === null || network !== null);
  if (context.shouldStop() && !whole) return { kind: 'stopped' };
  if (reported.size === 0 && Object.keys(final).length === 0)
    return failed('no-metric', 'The trainer ended without a report.');
  if (Object.values(final).some((value) => !Number.isFinite(value)))
    return { kind: 'diverged', epoch: Math.max(1, epoch) };
  const known = (name: string): boolean => reported.has(name) || Object.hasOwn(final, name);
  const missing = expectedMetrics(spec, context).find((name) => !known(name));
  if (missing !== undefined) {
    const found = [...reported, ...Object.keys(final)].map((name) => `"${name}"`).join(', ');
    return failed(
      'no-metric',
      `The trainer ended without having reported "${missing}". It reported ${found}.`,
    );
  }
  const kept = checkpoint !== null && epoch === spec.epochs ? { checkpoint } : {};
  const once = {
    ...(Object.keys(final).length > 0 && { final }),
    ...(notes.length > 0 && { notes }),
  };
  return { kind: 'finished', reason: 'complete', network, ...kept, ...once };
}

/** Trials of the search must report the campaign's metric. The finish may have no validation part. */
function expectedMetrics(spec: TrialSpec, context: RunContext): readonly string[] {
  if (spec.finish !== null) return [];
  return spec.until === null ? [context.metric.name] : [context.metric.name, spec.until.metric];
}

function failed(code: FailureCode, message: string): Outcome {
  return { kind: 'failed', code, message };
}
