import { advantage } from '../campaign/metric.js';
import type { Parameters } from '../campaign/parameters.js';
import { mean } from '../campaign/statistics.js';
import type { TrialSpec } from '../campaign/trial.js';
import { trialScore } from '../campaign/trial-score.js';
import type { MethodContext } from '../methods/method-kind.js';
import { keyedStream, shuffle } from '../numeric/keyed-stream.js';
import {
  type ComparedMethod,
  type ComparedMethodOptions,
  contenders,
  FIT_FIRST,
  GRID,
  randomSearch,
} from './contenders.js';
import { type ReplayedRun, replay } from './replay.js';
import type { ResultsTable } from './results-table.js';

/** What a method chose on one draw of repeats. */
export interface ReplayedChoice {
  readonly method: string;
  /** The number of the draw, from 1. */
  readonly draw: number;
  readonly chosen: Parameters | null;
  readonly trials: number;
  readonly epochs: number;
  /** Weights x training rows x epochs; 0 where the trainer does not say how large its networks are. */
  readonly multiplyAdds: number;
  /** Epochs of each setting that it trained, by its text. */
  readonly epochsOf: ReadonlyMap<string, number>;
  /** The mean score of the chosen setting on the repeats that judge; NaN where there is none. */
  readonly score: number;
  /** The repeats of the table that judge. */
  readonly judges: readonly number[];
}

/** A method on one draw of repeats, held against the grid. */
export interface ReplayedMethod extends ReplayedChoice {
  /** How much worse its score is than that of the setting that the grid chose. */
  readonly regret: number;
}

/** What is replayed. */
export interface ReplayOptions extends ComparedMethodOptions {
  readonly draws: number;
  /** Repeats of the table. */
  readonly repeats: number;
  /** What methods work with. Each draw has a seed and repeats of its own. */
  readonly context: MethodContext;
}

/** Replays that are under way. Each step takes milliseconds, so the caller can do other work between two steps. */
export type ReplaysUnderWay = Generator<undefined, ReplayedMethod[]>;

/**
 * Replays methods on the table, by default all, once for each draw of repeats; in the order of the draws. Random search
 * at the cost of fit_first comes last in each.
 */
export function* replayDraws(
  table: ResultsTable,
  options: ReplayOptions,
  all: readonly ComparedMethod[] = contenders(options),
): ReplaysUnderWay {
  const runs: ReplayedMethod[] = [];
  for (let draw = 1; draw <= options.draws; draw++) {
    runs.push(...(yield* replayDraw(draw, all, table, options)));
  }
  return runs;
}

/** The repeats of the table in the order of a draw: methods get the first of them, the last ones judge. */
function repeatsOf(draw: number, repeats: number, seed: number): readonly number[] {
  const order = Uint32Array.from({ length: repeats }, (_, i) => i + 1);
  return Array.from(shuffle(order, keyedStream('repeats of a comparison', seed, draw)));
}

const SEEDS = 2 ** 31;

function* replayDraw(
  draw: number,
  all: readonly ComparedMethod[],
  table: ResultsTable,
  options: ReplayOptions,
): ReplaysUnderWay {
  const replayed = replayerOf(draw, table, options);
  const entries: ReplayedChoice[] = [];
  for (const contender of all) {
    entries.push(replayed(contender));
    yield;
  }
  const growing = entries.find(({ method }) => method === FIT_FIRST);
  const atCost = yield* cheapestFrom(
    growing === undefined ? 0 : trainingCost(growing),
    4 * options.settings,
    (count) => replayed(randomSearch(count, options)),
  );
  const reference = entries.find(({ method }) => method === GRID)?.score ?? Number.NaN;
  const { goal } = options.context.comparison.metric;
  return [...entries, atCost].map((one) => ({ ...one, regret: advantage(goal, reference, one.score) }));
}

/** Replays single methods on a draw of repeats. */
export function replayerOf(
  draw: number,
  table: ResultsTable,
  { context, repeats, selection }: ReplayOptions,
): (contender: ComparedMethod) => ReplayedChoice {
  const { comparison } = context;
  const order = repeatsOf(draw, repeats, context.seed);
  const judges = order.slice(selection).sort((a, b) => a - b);
  const repeatAt = (repeat: number): number => {
    const found = order[repeat - 1];
    if (found === undefined || repeat > selection) throw new RangeError(`no method has a repeat ${repeat}`);
    return found;
  };
  const own: MethodContext = {
    ...context,
    seed: keyedStream('search of a comparison', context.seed, draw).below(SEEDS),
    fitCeiling: (repeat) => context.fitCeiling(repeatAt(repeat)),
  };
  const run = (contender: ComparedMethod): ReplayedRun => {
    const { procedure } = contender.create(own);
    if (procedure === undefined) throw new TypeError(`the method ${contender.name} cannot be replayed`);
    const settle = (spec: TrialSpec) => table.settle(spec, repeatAt(spec.repeat));
    return replay(procedure(), { settle, textOf: (parameters) => table.textOf(parameters) });
  };
  const judge = (parameters: Parameters): number =>
    mean(judges.map((repeat) => trialScore(table.wholeTrial(parameters, repeat), comparison)));
  return (contender) => {
    const { chosen, trials } = run(contender);
    const epochsOf = new Map<string, number>();
    let [epochs, multiplyAdds] = [0, 0];
    for (const { trial, epochs: trained } of trials) {
      const { parameters } = trial.spec;
      const text = table.textOf(parameters);
      epochsOf.set(text, (epochsOf.get(text) ?? 0) + trained);
      epochs += trained;
      multiplyAdds += trained * comparison.cost(parameters) * context.trainingRows;
    }
    const score = chosen === null ? Number.NaN : judge(chosen);
    const method = contender.name;
    return { method, draw, chosen, trials: trials.length, epochs, multiplyAdds, epochsOf, score, judges };
  };
}

/** What a run trained: multiply-adds, or epochs where the trainer does not say how large its networks are. */
export function trainingCost({
  multiplyAdds,
  epochs,
}: Pick<ReplayedMethod, 'multiplyAdds' | 'epochs'>): number {
  return multiplyAdds > 0 ? multiplyAdds : epochs;
}

/** The search over the fewest settings that costs at least as much; over the most, if none does. */
function* cheapestFrom<Run extends Pick<ReplayedMethod, 'multiplyAdds' | 'epochs'>>(
  cost: number,
  most: number,
  search: (settings: number) => Run,
): Generator<undefined, Run> {
  let [below, enough] = [0, most];
  let found = search(most);
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2);
    yield;
    const tried = search(middle);
    if (trainingCost(tried) >= cost) [enough, found] = [middle, tried];
    else below = middle;
  }
  return found;
}
