import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Parameters } from '../../campaign/parameters.js';
import { gridSize, type SearchSpace } from '../../campaign/search-space.js';
import { sobolSetting } from '../../campaign/space/sobol-setting.js';
import { mean } from '../../campaign/statistics.js';
import type { Settled } from '../../campaign/trial.js';
import { trialScore } from '../../campaign/trial-score.js';
import { keyedStream } from '../../numeric/keyed-stream.js';
import type { Conclusion, Procedure } from '../method.js';
import { countOnFront, placesOf } from '../pareto/front.js';
import { hasSeveral, objectiveValues } from '../pareto/objectives.js';
import { type SearchOptions, search } from '../search.js';
import { createStopWatch } from '../stop-rule.js';
import { acceptance, axesOf, coordinatesOf, settingAt } from './coordinates.js';
import { propose } from './propose.js';

/** What a search by a tree-structured Parzen estimator goes by. */
export interface TpeOptions extends Omit<SearchOptions, 'settings'> {
  readonly space: SearchSpace;
  readonly seed: number;
  /** Whether the constraints of the config allow a setting; left out where there are none. */
  readonly allows?: (parameters: Parameters) => boolean;
  /** Settings to ask for; a setting that is proposed again counts again. */
  readonly trials: number;
  /** Settings of the quasi-random start. */
  readonly start: number;
  /** Proposal i knows the answers up to i - window. */
  readonly window: number;
}

interface Tried {
  readonly parameters: Parameters;
  readonly point: readonly number[];
  /** Repeats that were asked for. */
  asked: number;
  readonly scores: number[];
  /** The values of all objectives on each repeat; empty where there is one objective. */
  readonly objectives: number[][];
}

/** Further points of the start that are looked through for a setting which is not known yet. */
const MAX_SPARE_POINTS = 64;
/** The same for settings that the constraints refuse. */
const MAX_REFUSED_POINTS = 100_000;
/** The best quarter of the settings races at the end, and at most 32 of them. */
const RACED_SHARE = 4;
const MAX_RACED = 32;

/** Proposes settings one by one, and races the best of them. */
export function* tpeSearch(options: TpeOptions): Procedure<Conclusion> {
  const { space, seed, comparison, epochs, allows = () => true, enqueue = [] } = options;
  const { first, most } = comparison.repeats;
  const axes = axesOf(space);
  const size = gridSize(space);
  const accept = acceptance(space, axes, options.allows);
  const tried = new Map<string, Tried>();
  const open: Tried[] = [];
  const watch = createStopWatch(options.stop, comparison.metric);
  const isSeveral = hasSeveral(comparison);
  const goal = isSeveral ? 'minimize' : comparison.metric.goal;
  const worst = goal === 'minimize' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const scoreOf = ({ scores }: Tried): number => (scores.length === 0 ? worst : mean(scores));
  /** Several objectives are scored by the place in the order of merit. */
  const scoresOf = (all: readonly Tried[]): number[] =>
    isSeveral ? placesOf(all, comparison) : all.map(scoreOf);
  const learn = (settled: readonly Settled[]): void => {
    for (const trial of settled) {
      const setting = open.shift();
      setting?.scores.push(trialScore(trial, comparison));
      if (isSeveral) setting?.objectives.push(objectiveValues(trial, comparison));
      if (setting?.scores.length === first) watch.observe(scoreOf(setting));
    }
  };
  /** The setting as one to run: new, or known and with a repeat left; undefined where nothing is left of it. */
  const usable = (parameters: Parameters): Tried | undefined => {
    const text = canonicalJson(parameters);
    const known = tried.get(text);
    if (known !== undefined) return known.asked < most ? known : undefined;
    const fresh = {
      parameters,
      point: coordinatesOf(axes, parameters),
      asked: 0,
      scores: [],
      objectives: [],
    };
    tried.set(text, fresh);
    return fresh;
  };
  let spare = 0;
  const quasiRandom = (): Tried | undefined => {
    for (let known = 0, refused = 0; known < MAX_SPARE_POINTS && refused < MAX_REFUSED_POINTS; ) {
      const parameters = sobolSetting(space, seed, spare++);
      if (!allows(parameters)) {
        refused += 1;
        continue;
      }
      known += 1;
      const isKnown = tried.has(canonicalJson(parameters));
      if (!isKnown || size === null || tried.size >= size) return usable(parameters);
    }
    return undefined;
  };
  const next = (index: number): Tried | undefined => {
    const known = enqueue[index];
    if (known !== undefined) return usable(known);
    if (index < options.start) return quasiRandom();
    const all = [...tried.values()];
    const scores = scoresOf(all);
    const observed = all.map(({ point }, i) => ({ point, score: scores[i] ?? worst }));
    const stream = keyedStream('tpe', seed, index);
    for (const point of propose(axes, observed, goal, stream, accept)) {
      const found = usable(settingAt(space, axes, point));
      if (found !== undefined) return found;
    }
    return quasiRandom();
  };
  for (let index = 0; index < options.trials && watch.reason === null; index++) {
    const setting = next(index);
    if (setting === undefined) break;
    const repeats = setting.asked === 0 ? first : 1;
    const trials = Array.from({ length: repeats }, (_, i) => ({
      parameters: setting.parameters,
      repeat: setting.asked + i + 1,
      epochs,
      until: null,
      finish: null,
    }));
    setting.asked += repeats;
    for (const _ of trials) open.push(setting);
    // The first proposal knows the whole start: one wait, which the proposals after it gain much from.
    const window = index === options.start - 1 ? 1 : (options.window - 1) * first + 1;
    learn(yield { kind: 'ask', stage: 'search', because: BECAUSE, trials, window });
  }
  learn(yield { kind: 'collect' });
  const all = [...tried.values()];
  const scores = scoresOf(all);
  const ranked = [...all.keys()].sort((a, b) => {
    const [scoreA = worst, scoreB = worst] = [scores[a], scores[b]];
    return scoreA === scoreB ? 0 : scoreA < scoreB === (goal === 'minimize') ? -1 : 1;
  });
  const onFront = isSeveral ? countOnFront(all, comparison) : 0;
  const quarter = Math.ceil(ranked.length / RACED_SHARE);
  const raced = Math.min(MAX_RACED, Math.max(RACED_SHARE, quarter, onFront));
  const settings = ranked.slice(0, raced).flatMap((place) => {
    const one = all[place];
    return one === undefined ? [] : [one.parameters];
  });
  const how = `${watch.reason === null ? '' : `${watch.reason} `}The best settings of the search`;
  return yield* search({ ...options, settings, enqueue: [], stop: null }, how);
}

const BECAUSE =
  'After an even start, each setting is drawn where good settings are denser than others, as far as is known.';
