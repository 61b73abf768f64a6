import type { MeanOverRepeats } from '../campaign/finding.js';
import { advantage, isBetter } from '../campaign/metric.js';
import type { Parameters } from '../campaign/parameters.js';
import { lowerMedian, mean, meanOverRepeats, pairedDifference } from '../campaign/statistics.js';
import { isStoppedEarly, type Settled, type TrialSpec } from '../campaign/trial.js';
import { scoredReport, trialScore } from '../campaign/trial-score.js';
import type { Comparison } from './comparison.js';
import { betterHalf } from './elimination/better-half.js';
import { pairedTests } from './elimination/paired-tests.js';
import { found, type Procedure } from './method.js';
import { byFront, frontOf } from './pareto/front.js';
import { hasSeveral, objectiveValues } from './pareto/objectives.js';

/** A setting in a race, and what its repeats said. */
export interface RaceEntry {
  readonly parameters: Parameters;
  /** Its place among the settings that started. */
  readonly index: number;
  /** The metric on repeat 1, 2, ...; the worst there is where a trial gave none. */
  readonly values: readonly number[];
  /** The epoch that counts, of each repeat that finished. */
  readonly epochs: readonly number[];
  /** How each repeat ended. */
  readonly states: readonly Settled['state'][];
  /** The values of all objectives on each repeat; left out where there is one objective. */
  readonly objectives?: readonly (readonly number[])[];
  /** Whether a repeat was stopped early. Such a setting cannot win, since nobody knows how good it would have been. */
  readonly isCut?: boolean;
}

/** What a race is run for. */
export interface RaceOptions {
  readonly stage: string;
  readonly because: string;
  readonly epochs: number;
  readonly comparison: Comparison;
  /** The best setting for which this holds stays to the end, so that others can be compared with it on all repeats. */
  readonly keeps?: (parameters: Parameters) => boolean;
}

/** Repeats that every setting of a race runs before the first of them leave. */
export function firstRepeats({ first, most, firstTest = 0 }: Comparison['repeats']): number {
  return Math.min(most, Math.max(first, firstTest));
}

/**
 * Compares settings with repeats where they matter. Every setting runs the first repeats; then the better half runs on
 * to twice as many, again and again up to the most, never fewer than two settings. With `repeats.firstTest` paired
 * tests say which settings leave, and the others run one more repeat, until one setting is left. Settings that ran the
 * same repeats are ranked by their means; ties go to the cheaper network, then to the lower index. Each round is a
 * batch, so that the order of completion decides nothing.
 *
 * Returns all settings, the winner first: those that ran longest in the order of their means, before those
 * that dropped out a round earlier, and so on.
 */
export function* race(settings: readonly Parameters[], options: RaceOptions): Procedure<RaceEntry[]> {
  const { comparison, keeps = () => false } = options;
  const { repeats } = comparison;
  let field: RaceEntry[] = settings.map((parameters, index) => ({
    parameters,
    index,
    values: [],
    epochs: [],
    states: [],
  }));
  const dropped: RaceEntry[][] = [];
  let because = options.because;
  for (let ran = 0, upTo = firstRepeats(repeats); ; ) {
    const from = ran;
    const specs = field.flatMap((runner) => repeatsOf(runner.parameters, from, upTo, options.epochs));
    const settled = yield { kind: 'batch', stage: options.stage, because, trials: specs };
    const each = upTo - from;
    field = field.map((runner, i) =>
      withResults(runner, settled.slice(i * each, (i + 1) * each), comparison),
    );
    field = ranked(field, comparison);
    ran = upTo;
    if (ran >= repeats.most || field.length < 2) break;
    const round =
      repeats.firstTest === undefined
        ? betterHalf(field, { min: frontSize(field, comparison), most: repeats.most })
        : pairedTests(field, comparison.metric.goal);
    const { kept, ended } = round;
    const isSpared = ended === null && !kept.some((one) => keeps(one.parameters));
    const spared = isSpared ? field.find((one) => keeps(one.parameters)) : undefined;
    const stays = spared === undefined ? [...kept] : [...kept, spared];
    const staying = new Set(stays);
    dropped.unshift(field.filter((one) => !staying.has(one)));
    because = round.because(
      stays.length,
      spared === undefined ? '' : ', and so does the best without dropout',
    );
    upTo = round.upTo;
    field = stays;
    if (ended === null) continue;
    yield* found({ kind: 'race-ended', ...ended, repeats: ran, because });
    break;
  }
  return [field, ...dropped].flat();
}

/** The specs of a setting's repeats after `from`, up to `upTo`. */
function repeatsOf(parameters: Parameters, from: number, upTo: number, epochs: number): TrialSpec[] {
  return Array.from({ length: upTo - from }, (_, i) => ({
    parameters,
    repeat: from + i + 1,
    epochs,
    until: null,
    finish: null,
  }));
}

/** The entry with the results of further repeats. */
export function withResults(
  runner: RaceEntry,
  settled: readonly Settled[],
  comparison: Comparison,
): RaceEntry {
  const epochs = settled.flatMap((trial) => {
    const report = trial.state === 'finished' ? scoredReport(trial, comparison) : null;
    return report === null ? [] : [report.epoch];
  });
  return {
    ...runner,
    values: [...runner.values, ...settled.map((trial) => trialScore(trial, comparison))],
    epochs: [...runner.epochs, ...epochs],
    states: [...runner.states, ...settled.map(({ state }) => state)],
    ...(hasSeveral(comparison) && {
      objectives: [
        ...(runner.objectives ?? []),
        ...settled.map((trial) => objectiveValues(trial, comparison)),
      ],
    }),
    isCut: runner.isCut === true || settled.some(isStoppedEarly),
  };
}

/** The entries, the best first: by their means, or those on the Pareto front of several objectives before others. */
function ranked(field: readonly RaceEntry[], comparison: Comparison): RaceEntry[] {
  if (hasSeveral(comparison)) return byFront(field, comparison);
  return [...field].sort((a, b) => byMean(a, b, comparison));
}

/** A race over several objectives leaves out no setting that is on the front. */
function frontSize(field: readonly RaceEntry[], comparison: Comparison): number {
  return hasSeveral(comparison) ? frontOf(field, comparison).length : 0;
}

/** Those of which a repeat was stopped early come last. */
const cutLast = (a: RaceEntry, b: RaceEntry): number => Number(a.isCut ?? false) - Number(b.isCut ?? false);

/** Orders entries by their means, the best first; ties go to the cheaper network, then to the lower index. */
export function byMean(a: RaceEntry, b: RaceEntry, comparison: Comparison): number {
  const { goal } = comparison.metric;
  if (cutLast(a, b) !== 0) return cutLast(a, b);
  const [meanA, meanB] = [mean(a.values), mean(b.values)];
  if (isBetter(goal, meanA, meanB)) return -1;
  if (isBetter(goal, meanB, meanA)) return 1;
  return comparison.cost(a.parameters) - comparison.cost(b.parameters) || a.index - b.index;
}

/** True where every repeat gave a number. */
export function isSound(runner: RaceEntry): boolean {
  return runner.values.every(Number.isFinite);
}

/** The mean of the metric over the repeats that a setting ran. */
export function validationOf(runner: RaceEntry): MeanOverRepeats {
  return meanOverRepeats(runner.values);
}

/** The lower median of the epochs that counted; the whole budget where no repeat finished. */
export function medianEpoch(runner: RaceEntry, budget: number): number {
  return runner.epochs.length === 0 ? budget : lowerMedian(runner.epochs);
}

/** Shared repeats below which an interval is too wide to say anything, where the race went that far. */
const REPEATS_TO_TELL = 4;

/**
 * The settings that cannot be distinguished from the best: those whose paired difference to it over their shared
 * repeats has 0 in its 95 % interval. Settings that left the race before the fourth repeat are not judged: over
 * two repeats hardly any settings can be distinguished. The cheapest network first; the best itself is not among them.
 */
export function tiesWith(
  best: RaceEntry,
  ranking: readonly RaceEntry[],
  comparison: Comparison,
): RaceEntry[] {
  return ranking
    .filter((other) => {
      if (other === best || other.isCut === true) return false;
      const shared = Math.min(best.values.length, other.values.length);
      const differences = best.values
        .slice(0, shared)
        .map((value, i) => advantage(comparison.metric.goal, value, other.values[i] ?? Number.NaN));
      const enough = Math.max(2, Math.min(REPEATS_TO_TELL, best.values.length));
      if (shared < enough || !differences.every(Number.isFinite)) return false;
      const { low } = pairedDifference(differences, comparison.overlap);
      return low !== null && low <= 0;
    })
    .sort((a, b) => comparison.cost(a.parameters) - comparison.cost(b.parameters) || a.index - b.index);
}
