import { advantage, type Metric } from '../campaign/metric.js';
import { lowerMedian, mean, type PairedDifference, pairedDifference } from '../campaign/statistics.js';
import {
  type ComparedMethod,
  contenders,
  FIT_FIRST,
  GRID,
  RANDOM_AT_COST,
  randomSearch,
} from './contenders.js';
import { type ReplayedMethod, type ReplayOptions, trainingCost } from './replay-draws.js';
import { type Verdict, verdictOf } from './verdict.js';

/** A replayed method with what a test part says of its choice, where there is one. */
export interface JudgedRun extends ReplayedMethod {
  /** The mean test score of the chosen setting on the repeats that judge; null where it was not measured. */
  readonly testScore: number | null;
  /** How much worse that is than the test score of the setting that the grid chose. */
  readonly testRegret: number | null;
}

/** A method over all draws: means, and differences to the grid with 95 % intervals. */
export interface MethodResult {
  readonly method: string;
  readonly repeats: ComparedMethod['repeats'];
  readonly trials: number;
  readonly epochs: number;
  readonly multiplyAdds: number;
  /** How many times less it trains than the grid. */
  readonly saving: number;
  readonly score: number;
  readonly regret: PairedDifference;
  /** null where the test part did not score it. */
  readonly testRegret: PairedDifference | null;
}

/** What a comparison found. */
export interface CompareResult {
  readonly metric: Metric;
  readonly testMetric: string | null;
  /** Settings, repeats and epochs of the table. */
  readonly table: { readonly settings: number; readonly repeats: number; readonly epochs: number };
  readonly draws: number;
  /** Repeats on which methods choose, and those that judge. */
  readonly selection: number;
  readonly judges: number;
  /** Whether costs are in multiply-adds; else they are in epochs. */
  readonly hasCosts: boolean;
  readonly methods: readonly MethodResult[];
  /** How much the best setting of the table is better than the median one, on all repeats. */
  readonly tuning: number;
  /** How much worse fit_first is than random search that costs as much, and as a difference on the test part. */
  readonly rival: PairedDifference;
  readonly testRival: PairedDifference | null;
  readonly verdict: Verdict;
}

/** Puts together what the runs say. `means` has the mean score of each setting of the table over all repeats. */
export function compareResult(
  runs: readonly JudgedRun[],
  means: readonly number[],
  testMetric: string | null,
  options: ReplayOptions,
): CompareResult {
  const { metric } = options.context.comparison;
  const { settings, repeats, epochs, selection, draws } = options;
  const judges = repeats - selection;
  const overlap = judges / selection;
  const of = (name: string): readonly JudgedRun[] => runs.filter(({ method }) => method === name);
  const interval = (values: readonly number[]): PairedDifference => pairedDifference(values, overlap);
  const testInterval = (values: readonly (number | null)[]): PairedDifference | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 || known.length < values.length ? null : interval(known);
  };
  const gridCost = mean(of(GRID).map(trainingCost));
  const methods = inOrder(options).map(({ name, repeats: rule }): MethodResult => {
    const own = of(name);
    return {
      method: name,
      repeats: rule,
      trials: mean(own.map((run) => run.trials)),
      epochs: mean(own.map((run) => run.epochs)),
      multiplyAdds: mean(own.map((run) => run.multiplyAdds)),
      saving: gridCost / mean(own.map(trainingCost)),
      score: mean(own.map((run) => run.score)),
      regret: interval(own.map((run) => run.regret)),
      testRegret: testInterval(own.map((run) => run.testRegret)),
    };
  });
  const [ours, theirs] = [of(FIT_FIRST), of(RANDOM_AT_COST)];
  const rival = interval(ours.map((run, i) => run.regret - (theirs[i]?.regret ?? Number.NaN)));
  const testRival = testInterval(
    ours.map(({ testRegret: own }, i) => {
      const other = theirs[i]?.testRegret ?? null;
      return own === null || other === null ? null : own - other;
    }),
  );
  const sorted = [...means].sort((a, b) => -advantage(metric.goal, a, b));
  const tuning = advantage(metric.goal, sorted[0] ?? Number.NaN, lowerMedian(sorted));
  const growing = methods.find(({ method }) => method === FIT_FIRST);
  if (growing === undefined) throw new TypeError('fit_first is missing in the comparison');
  return {
    metric,
    testMetric,
    table: { settings, repeats, epochs },
    draws,
    selection,
    judges,
    hasCosts: growing.multiplyAdds > 0,
    methods,
    tuning,
    rival,
    testRival,
    verdict: verdictOf({ metric: metric.name, growing, rival, tuning }),
  };
}

/** The methods as tables list them: random search at the cost of fit_first after fit_first. */
function inOrder(options: ReplayOptions): ComparedMethod[] {
  const others = contenders(options);
  const place = others.findIndex(({ name }) => !name.startsWith(FIT_FIRST));
  return others.toSpliced(place, 0, randomSearch(1, options));
}
