import { lastEpochAfter } from '../campaign/early-end/patience.js';
import { isBetter, type Metric } from '../campaign/metric.js';
import { metricIn, type Report, reachesTarget } from '../campaign/report.js';
import { type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import { type GrowthPlan, isOff, sizeOf } from './growth-plan.js';
import type { ProbeTrial } from './probe-trials.js';
import type { OutcomeModel, SimulatedEnding } from './simulate.js';

/** Without results, growing trials fit after this share of their epochs. */
const USUAL_FIT = 0.6;
/** Without results, the best epoch is at this share of the epochs. */
const USUAL_BEST = 0.7;

/** What is known of a campaign that is simulated. */
export interface Known {
  readonly identity: string;
  readonly metric: Metric;
  readonly growing: GrowthPlan | null;
  /** Trials that have run as the campaign asks for them. */
  readonly tried: ReadonlyMap<TrialKey, ProbeTrial>;
}

/**
 * Predicts how trials end. A trial that has run ends as it did then; another one ends like the nearest trial of its
 * kind (with or without dropout, of the nearest size). If none of its kind has run, sizes fit from the middle of the
 * range on, the next size is the best on validation, and dropout helps.
 */
export function likelyOutcomes(known: Known): OutcomeModel {
  const all = [...known.tried.values()];
  return (spec, stage) => {
    const own = known.tried.get(trialKey(known.identity, spec));
    if (own !== undefined) return endingOf(own, spec, known.metric);
    const near = nearest(spec, all, known.growing);
    return near === null ? guessed(spec, stage, known) : endingOf(near, spec, known.metric);
  };
}

function nearest(spec: TrialSpec, all: readonly ProbeTrial[], growing: GrowthPlan | null): ProbeTrial | null {
  let best: { tried: ProbeTrial; away: number } | null = null;
  for (const tried of all) {
    if ((tried.spec.until === null) !== (spec.until === null)) continue;
    if (isOff(tried.spec, growing) !== isOff(spec, growing)) continue;
    const differing = Object.entries(spec.parameters).filter(
      ([name, value]) =>
        name !== growing?.parameter &&
        name !== growing?.depth?.parameter &&
        tried.spec.parameters[name] !== value,
    ).length;
    const away =
      100 * Math.abs(sizeOf(tried.spec, growing) - sizeOf(spec, growing)) +
      10 * differing +
      Math.abs(Math.log(tried.spec.epochs / spec.epochs)) +
      (tried.spec.repeat === spec.repeat ? 0 : 0.1);
    if (best === null || away < best.away) best = { tried, away };
  }
  return best?.tried ?? null;
}

/** The ending of a trial from the decisive reports of another one, stretched to its epochs. */
function endingOf(tried: ProbeTrial, spec: TrialSpec, metric: Metric): SimulatedEnding {
  const { reports } = tried;
  const fit = reports.find((report) => reachesTarget(spec.until, report));
  if (fit !== undefined) return { reason: 'fit', reports: [fit] };
  const stretch = spec.epochs / tried.spec.epochs;
  // A trial whose loss falls at its end may go on. Whether a longer one than any that was tried falls too, nobody
  // knows.
  const nearEnd = stretch > 1 ? undefined : reports[Math.floor((reports.length - 1) * 0.9)];
  const kept = [bestOf(reports, metric), nearEnd, reports.at(-1)].filter((report) => report !== undefined);
  const stretched = [...new Set(kept)]
    .sort((a, b) => a.epoch - b.epoch)
    .map((report) => ({
      ...report,
      epoch: Math.min(spec.epochs, Math.max(1, Math.round(report.epoch * stretch))),
      ...(stretch > 1 && { metrics: withoutLoss(report.metrics) }),
    }));
  return cutByPatience(spec, stretched, metric);
}

/** The ending of a trial that would give these reports if it had no patience. */
function cutByPatience(spec: TrialSpec, reports: readonly Report[], metric: Metric): SimulatedEnding {
  const best = bestOf(reports, metric)?.epoch;
  const last = reports.at(-1);
  if (spec.patience === undefined || best === undefined || last === undefined)
    return { reason: 'complete', reports };
  const end = lastEpochAfter(best, spec.patience);
  if (end >= last.epoch) return { reason: 'complete', reports };
  const before = reports.filter(({ epoch }) => epoch < end);
  return { reason: 'patience', reports: [...before, { ...last, epoch: end }] };
}

/** Without the loss by which a trial goes on. */
function withoutLoss({ train_loss: _, ...metrics }: Report['metrics']): Report['metrics'] {
  return metrics;
}

function bestOf(reports: readonly Report[], { name, goal }: Metric): Report | undefined {
  let best: Report | undefined;
  for (const report of reports) {
    const value = metricIn(report.metrics, name);
    if (value === undefined) continue;
    if (best === undefined || isBetter(goal, value, metricIn(best.metrics, name) ?? Number.NaN))
      best = report;
  }
  return best;
}

function guessed(spec: TrialSpec, stage: string, { growing, metric }: Known): SimulatedEnding {
  const size = sizeOf(spec, growing);
  const middle = Math.floor((growing?.sizes.length ?? 1) / 2);
  const at = (share: number): number => Math.max(1, Math.round(share * spec.epochs));
  if (spec.until !== null) {
    const { metric: name, goal, bound } = spec.until;
    if (size >= middle) {
      return { reason: 'fit', reports: [{ epoch: at(USUAL_FIT), metrics: { [name]: bound } }] };
    }
    const away = 10 ** (middle - size);
    const value = bound + (goal === 'maximize' ? -away : away);
    return { reason: 'complete', reports: [{ epoch: spec.epochs, metrics: { [name]: value } }] };
  }
  const score = growing?.stages.includes(stage)
    ? -Math.abs(size - (middle + 1))
    : isOff(spec, growing)
      ? 0
      : 1;
  const value = (score: number): number => (metric.goal === 'maximize' ? score : -score);
  const best: Report = { epoch: at(USUAL_BEST), metrics: { [metric.name]: value(score) } };
  const last: Report = { epoch: spec.epochs, metrics: { [metric.name]: value(score - 0.5) } };
  return cutByPatience(spec, best.epoch === spec.epochs ? [best] : [best, last], metric);
}
