import type { Campaign } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import { lastEpochAfter } from '../campaign/early-end/patience.js';
import type { Metric } from '../campaign/metric.js';
import { type Report, reachesTarget } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import { type GrowthPlan, isOff, sizeOf, sizesIn } from './growth-plan.js';
import { type ScoreRange, scoreRange } from './score-range.js';
import {
  epochsOf,
  type OutcomeModel,
  type SimulatedEnding,
  type Simulation,
  type SimulationInput,
  simulate,
} from './simulate.js';

/** What decides how long a campaign takes. */
interface World {
  /** The index of the first size that fits; null if none does. */
  readonly fitsFrom: number | null;
  /** Whether every larger size improves validation beyond all earlier results; else none does. */
  readonly improves: boolean;
  /** Whether trials fit in their first epoch, and the first epoch of the others is the best; else it is the last. */
  readonly isQuick: boolean;
}

/**
 * The rest of a campaign in the cases that can be the shortest and the longest. The case with the fewest trials may
 * not be the one with the fewest epochs. All are equal if no result decides.
 */
export interface ForecastBounds {
  readonly short: readonly Simulation[];
  /** The one with the most epochs first. */
  readonly long: readonly Simulation[];
}

/** Simulates the rest of a campaign in the best cases and in the worst. */
export function computeBounds(
  rehearsed: SimulationInput,
  metric: Metric,
  growing: GrowthPlan | null,
): ForecastBounds {
  const last = (growing?.sizes.length ?? 1) - 1;
  const span = scoreRange(rehearsed.start, metric);
  const inWorld = (world: World): Simulation =>
    simulate(rehearsed, imagineIn({ world, metric, growing, span }));
  const short = [0, null].map((fitsFrom) => inWorld({ fitsFrom, improves: false, isQuick: true }));
  const long = [
    ...Array.from({ length: last + 1 }, (_, fitsFrom) =>
      inWorld({ fitsFrom, improves: true, isQuick: false }),
    ),
    ...[true, false].map((improves) => inWorld({ fitsFrom: null, improves, isQuick: false })),
  ];
  return { short, long: long.toSorted((a, b) => epochsOf(b) - epochsOf(a)) };
}

interface Setting {
  readonly world: World;
  readonly metric: Metric;
  readonly growing: GrowthPlan | null;
  readonly span: ScoreRange;
}

function imagineIn(setting: Setting): OutcomeModel {
  const { world, metric, growing, span } = setting;
  return (spec, stage, campaign) => {
    const size = sizeOf(spec, growing);
    if (spec.until === null) return judged(spec, scoreIn(setting, spec, stage, size), setting);
    if (!world.isQuick && spec.epochs < (growing?.maxEpochs ?? 0)) return stillFalling(spec);
    // A repeat that fits at a size that does not keeps the next repeats running.
    const isNear = !world.isQuick && growing !== null && fitsBefore(campaign, spec) < growing.quorum - 1;
    const fits = isNear || (world.fitsFrom !== null && size >= world.fitsFrom);
    const { metric: name, goal, bound } = spec.until;
    // Growing continues while training improves from size to size, and ends after two sizes without a gain.
    const away = world.isQuick ? span.farthestFromFit : (span.nearestToFit / 1000) * 0.5 ** size;
    const value = fits ? bound : bound + (goal === 'maximize' ? -away : away);
    const epoch = fits && world.isQuick ? 1 : spec.epochs;
    // If no size fits, the largest comes nearest. Another one may be the best on validation, which makes two sizes.
    const validation = signed(world.improves ? span.best - size : span.worst - size, metric);
    return {
      reason: fits ? 'fit' : 'complete',
      reports: [{ epoch, metrics: { [metric.name]: validation, [name]: value } }],
    };
  };
}

/** A trial that does not fit and goes on, by its loss. */
function stillFalling({ epochs }: TrialSpec): SimulatedEnding {
  const report = (epoch: number, loss: number): Report => ({ epoch, metrics: { train_loss: loss } });
  const last = report(epochs, 1);
  return { reason: 'complete', reports: epochs === 1 ? [last] : [report(1, 2), last] };
}

/** Earlier repeats of the setting that fitted. */
function fitsBefore({ trials }: Campaign, spec: TrialSpec): number {
  const setting = canonicalJson(spec.parameters);
  return trials.count(
    ({ spec: other, reports }) =>
      other.until !== null &&
      other.repeat < spec.repeat &&
      canonicalJson(other.parameters) === setting &&
      reports.toArray().some((report) => reachesTarget(other.until, report)),
  );
}

/** Larger is better. Growth has run some trials of the race already, so the campaign is shorter if those win. */
function scoreIn({ world, growing, span }: Setting, spec: TrialSpec, stage: string, size: number): number {
  if (growing?.stages.includes(stage)) return world.improves ? span.best + size : span.worst - size;
  const beyond = 1 + (growing === null ? 0 : sizesIn(growing));
  if (world.isQuick) return span.worst - (isOff(spec, growing) ? beyond : 2 * beyond);
  if (isOff(spec, growing)) return span.worst - beyond;
  // Where the largest dropout is the best, its range may go on, which is longer.
  return span.best + beyond + strengthOf(spec, growing);
}

/** The sum of the regularisers that are numbers. */
function strengthOf({ parameters }: TrialSpec, growing: GrowthPlan | null): number {
  const values = Object.keys(growing?.off ?? {}).map((name) => Number(parameters[name] ?? 0));
  return values.filter(Number.isFinite).reduce((sum, value) => sum + value, 0);
}

function judged(spec: TrialSpec, score: number, { world, metric }: Setting): SimulatedEnding {
  const last = world.isQuick ? soonestEnd(spec) : spec.epochs;
  const report = (epoch: number, value: number): Report => ({
    epoch,
    metrics: { [metric.name]: signed(value, metric) },
  });
  const best = world.isQuick ? 1 : last;
  const reports = best < last ? [report(best, score), report(last, score - 1)] : [report(last, score)];
  return { reason: 'complete', reports };
}

/** The last epoch of a trial whose first epoch is its best. */
function soonestEnd({ epochs, parameters, patience }: TrialSpec): number {
  const ownPatience = Number(parameters.patience ?? 0);
  return Math.min(
    epochs,
    ownPatience > 0 ? 1 + ownPatience : epochs,
    patience === undefined ? epochs : lastEpochAfter(1, patience),
  );
}

const signed = (score: number, { goal }: Metric): number => (goal === 'maximize' ? score : -score);
