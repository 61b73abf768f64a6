import type { CampaignFacts } from '../campaign/event.js';
import type { Metric } from '../campaign/metric.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Method } from '../methods/method.js';
import { type Growing, isOff, sizeOf } from './growing.js';
import { type Ending, epochsOf, type Imagine, type Rehearsal, rehearse, trialsOf } from './rehearsal.js';

/** What decides how long a campaign becomes. */
interface World {
  /** The place of the first size that fits; null for none. */
  readonly fitsFrom: number | null;
  /** The place of the size that is best on validation. */
  readonly bestAt: number;
  /** Trials fit in their first epoch, and the first is the best of the others; else the last. */
  readonly isQuick: boolean;
}

/** The rehearsals with the fewest and the most epochs that a campaign can come to; equal where no result decides. */
export interface Extremes {
  readonly fewest: Rehearsal;
  readonly most: Rehearsal;
}

/** Goes through a campaign as it would be in the best case and in the worst. */
export function extremesOf(method: Method, facts: CampaignFacts, growing: Growing | null): Extremes {
  const last = (growing?.sizes.length ?? 1) - 1;
  const inWorld = (world: World): Rehearsal =>
    rehearse(method, facts, imagineIn(world, facts.metric, growing));
  const quick = [0, null].map((fitsFrom) => inWorld({ fitsFrom, bestAt: 0, isQuick: true }));
  const slow = [
    ...Array.from({ length: last + 1 }, (_, fitsFrom) => inWorld({ fitsFrom, bestAt: last, isQuick: false })),
    inWorld({ fitsFrom: null, bestAt: 0, isQuick: false }),
  ];
  return { fewest: leastOf(quick, 1), most: leastOf(slow, -1) };
}

function leastOf(rehearsals: readonly Rehearsal[], sign: 1 | -1): Rehearsal {
  const [first, ...others] = rehearsals;
  if (first === undefined) throw new RangeError('there is always a case');
  return others.reduce((least, one) => (sign * (sizeIn(one) - sizeIn(least)) < 0 ? one : least), first);
}

const sizeIn = (rehearsal: Rehearsal): number => epochsOf(rehearsal) + 1e-6 * trialsOf(rehearsal).length;

function imagineIn(world: World, metric: Metric, growing: Growing | null): Imagine {
  const sizes = growing?.sizes.length ?? 1;
  return (spec, stage) => {
    const size = sizeOf(spec, growing);
    if (spec.until === null) return judged(spec, scoreIn(world, spec, stage, size, growing), world, metric);
    // A repeat that fits where its size does not keeps the next repeats running.
    const isNear = !world.isQuick && growing !== null && spec.repeat < growing.quorum;
    const fits = isNear || (world.fitsFrom !== null && size >= world.fitsFrom);
    const { metric: name, goal, bound } = spec.until;
    // Where training improves from size to size, growing goes on; where it does not, it ends after two.
    const away = world.isQuick ? 1 : 10 ** (sizes - size);
    const value = fits ? bound : bound + (goal === 'maximize' ? -away : away);
    const epoch = fits && world.isQuick ? 1 : spec.epochs;
    const report = { epoch, metrics: { [name]: value, [metric.name]: signed(-size, metric) } };
    return { reason: fits ? 'fit' : 'complete', reports: [report] };
  };
}

function scoreIn(
  world: World,
  spec: TrialSpec,
  stage: string,
  size: number,
  growing: Growing | null,
): number {
  if (stage === 'grow') return -Math.abs(size - world.bestAt);
  return isOff(spec, growing) === world.isQuick ? 1 : 0;
}

function judged(spec: TrialSpec, score: number, world: World, metric: Metric): Ending {
  const patience = Number(spec.parameters.patience ?? 0);
  const last = world.isQuick && patience > 0 ? Math.min(spec.epochs, 1 + patience) : spec.epochs;
  const report = (epoch: number, value: number): Report => ({
    epoch,
    metrics: { [metric.name]: signed(value, metric) },
  });
  const best = world.isQuick ? 1 : last;
  const reports = best < last ? [report(best, score), report(last, score - 1)] : [report(last, score)];
  return { reason: 'complete', reports };
}

const signed = (score: number, { goal }: Metric): number => (goal === 'maximize' ? score : -score);
