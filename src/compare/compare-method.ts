import type { Campaign } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import { advantage, neverReached } from '../campaign/metric.js';
import type { Parameters } from '../campaign/parameters.js';
import { metricIn } from '../campaign/report.js';
import { mean } from '../campaign/statistics.js';
import { isSettled, type Settled, type TrialSpec, trialKey } from '../campaign/trial.js';
import { scoredReport, trialScore } from '../campaign/trial-score.js';
import { finish } from '../methods/finish.js';
import { type Conclusion, type Method, method, type Procedure } from '../methods/method.js';
import { endingWithoutChoice } from '../methods/nothing-chosen.js';
import { byMean, isSound, type RaceEntry, withResults } from '../methods/race.js';
import { reportChoice } from '../methods/search.js';
import { formatCount } from '../text/number.js';
import { type CompareResult, compareResult, type JudgedRun } from './compare-result.js';
import { FIT_FIRST, GRID, RANDOM_AT_COST, STRICT } from './contenders.js';
import type { ReplayedMethod, ReplayOptions } from './replay-draws.js';
import { createReplays } from './replays.js';

/** What a comparison trains and replays. */
interface CompareOptions extends ReplayOptions {
  readonly all: readonly Parameters[];
  /** Names of the parameters that vary. */
  readonly varied: readonly string[];
  /** The metric of the test part; null where there is none, or the trainer does not know it by name. */
  readonly testMetric: string | null;
}

/** A comparison as a method that a campaign runs, and its result as soon as the trials that it needs have settled. */
export interface CompareMethod extends Method {
  readonly options: CompareOptions;
  prepare(campaign: Campaign, signal: AbortSignal): Promise<void>;
  /** Null while trials of the table, or of the test part, are missing. */
  result(find: (spec: TrialSpec) => Settled | undefined): JudgedComparison | null;
}

/** A result with the runs that it rests on. */
export interface JudgedComparison {
  readonly result: CompareResult;
  readonly runs: readonly JudgedRun[];
}

/** Methods whose choices the test part scores: it costs training, so that the others go without. */
const ON_TEST: readonly string[] = [FIT_FIRST, STRICT, RANDOM_AT_COST, GRID];

/**
 * Trains every setting of the table on every repeat, replays the methods on the results, scores their choices on the
 * test part, and trains the best setting of the table once more.
 */
export function compareMethod(options: CompareOptions): CompareMethod {
  const replays = createReplays(options);
  const runsOf = (trials: readonly Settled[]) => replays.finish(trials);
  const specs = tableSpecs(options);
  const compared = (trials: readonly Settled[], tests: readonly Settled[]): JudgedComparison => {
    const runs = judgedRuns(runsOf(trials), tests, options);
    return { result: compareResult(runs, meansOf(trials, options), options.testMetric, options), runs };
  };
  return {
    options,
    ...method('compare', () => procedure(options, specs, runsOf, compared)),
    async prepare(campaign, signal) {
      const { identity = '' } = campaign.facts ?? {};
      const trials = allOf(specs, (spec) => {
        const trial = campaign.trials.get(trialKey(identity, spec));
        return isSettled(trial) ? trial : undefined;
      });
      if (trials !== null) await replays.advance(trials, signal);
    },
    result(find) {
      const trials = allOf(specs, find);
      if (trials === null) return null;
      const tests = allOf(testSpecs(runsOf(trials), options), find);
      return tests && compared(trials, tests);
    },
  };
}

function* procedure(
  options: CompareOptions,
  specs: readonly TrialSpec[],
  runsOf: (trials: readonly Settled[]) => readonly ReplayedMethod[],
  compared: (trials: readonly Settled[], tests: readonly Settled[]) => JudgedComparison,
): Procedure<Conclusion> {
  const { comparison, finish: finishing } = options.context;
  const trials = yield {
    kind: 'batch',
    stage: 'table',
    because:
      `All ${formatCount(options.all.length, 'setting')} of the table run on ` +
      `${formatCount(options.repeats, 'repeat')} each; methods are replayed on them.`,
    trials: specs,
  };
  const ranking = rankingOf(trials, options);
  const [best] = ranking;
  if (best === undefined || !isSound(best)) {
    const ending = endingWithoutChoice(trials.map(({ state }) => state));
    const because = `No setting gave ${comparison.metric.name} on all of its repeats.`;
    return { kind: 'conclusion', ending, chosen: null, because };
  }
  yield* reportChoice(best, ranking, options.epochs, comparison, options.varied);
  const onTest = testSpecs(runsOf(trials), options);
  const tests =
    onTest.length === 0
      ? []
      : yield {
          kind: 'batch',
          stage: 'test',
          because:
            'The settings that fit_first, random search and the grid chose are scored on the test part.',
          trials: onTest,
        };
  const { result } = compared(trials, tests);
  const ended = yield* finish(best, null, options.epochs, finishing);
  return { kind: 'conclusion', ...ended, because: result.verdict.sentence };
}

/** Every setting on every repeat, with all epochs. */
function tableSpecs({ all, repeats, epochs }: CompareOptions): TrialSpec[] {
  return all.flatMap((parameters) =>
    Array.from({ length: repeats }, (_, i) => ({
      parameters,
      repeat: i + 1,
      epochs,
      until: null,
      finish: null,
    })),
  );
}

/**
 * The trials of the table once more for settings that were chosen, with the test part scored in each epoch: a trial
 * reports the metric that it would end by, here one that no epoch reaches.
 */
function testSpecs(runs: readonly ReplayedMethod[], options: CompareOptions): TrialSpec[] {
  const { testMetric: metric, epochs, all } = options;
  if (metric === null) return [];
  const { goal } = options.context.comparison.metric;
  const until = neverReached(metric, goal);
  const onTest = runs.filter(({ method: name }) => ON_TEST.includes(name));
  return all.flatMap((parameters) => {
    const judging = onTest.filter(
      ({ chosen }) => chosen !== null && canonicalJson(chosen) === canonicalJson(parameters),
    );
    const repeats = [...new Set(judging.flatMap(({ judges }) => judges))].sort((a, b) => a - b);
    return repeats.map((repeat) => ({
      parameters,
      repeat,
      epochs,
      until,
      finish: null,
    }));
  });
}

/** Scores the choices on the test part, at the epochs that count on validation. */
function judgedRuns(
  runs: readonly ReplayedMethod[],
  tests: readonly Settled[],
  { testMetric, context: { comparison } }: CompareOptions,
): JudgedRun[] {
  const scores = new Map<string, number>();
  for (const trial of tests) {
    const report = trial.state === 'finished' ? scoredReport(trial, comparison) : null;
    const score = metricIn(report?.metrics, testMetric ?? '') ?? Number.NaN;
    scores.set(`${trial.spec.repeat} ${canonicalJson(trial.spec.parameters)}`, score);
  }
  const testScore = ({ chosen, judges, method: name }: ReplayedMethod): number | null => {
    if (testMetric === null || !ON_TEST.includes(name) || chosen === null) return null;
    return mean(judges.map((repeat) => scores.get(`${repeat} ${canonicalJson(chosen)}`) ?? Number.NaN));
  };
  const references = new Map(
    runs.flatMap((run) => (run.method === GRID ? [[run.draw, testScore(run)] as const] : [])),
  );
  return runs.map((run) => {
    const own = testScore(run);
    const reference = references.get(run.draw) ?? null;
    const testRegret =
      own === null || reference === null ? null : advantage(comparison.metric.goal, reference, own);
    return { ...run, testScore: own, testRegret };
  });
}

function rankingOf(trials: readonly Settled[], { all, repeats, context }: CompareOptions): RaceEntry[] {
  const { comparison } = context;
  return all
    .map((parameters, index) =>
      withResults(
        { parameters, index, values: [], epochs: [], states: [] },
        trials.slice(index * repeats, (index + 1) * repeats),
        comparison,
      ),
    )
    .sort((a, b) => byMean(a, b, comparison));
}

function meansOf(trials: readonly Settled[], { all, repeats, context }: CompareOptions): number[] {
  return all.map((_, i) =>
    mean(trials.slice(i * repeats, (i + 1) * repeats).map((trial) => trialScore(trial, context.comparison))),
  );
}

function allOf(
  specs: readonly TrialSpec[],
  find: (spec: TrialSpec) => Settled | undefined,
): readonly Settled[] | null {
  const found = specs.flatMap((spec) => find(spec) ?? []);
  return found.length === specs.length ? found : null;
}
