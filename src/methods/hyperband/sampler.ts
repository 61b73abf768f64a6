import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Goal } from '../../campaign/metric.js';
import type { Parameters } from '../../campaign/parameters.js';
import { drawSetting, gridSize, type SearchSpace } from '../../campaign/search-space.js';
import { sobolSetting } from '../../campaign/space/sobol-setting.js';
import { keyedStream } from '../../numeric/keyed-stream.js';
import { acceptance, axesOf, coordinatesOf, settingAt } from '../tpe/coordinates.js';
import { type Observed, propose } from '../tpe/propose.js';

/** Where the settings of a bracket are from. */
export const samplers = ['random', 'sobol', 'tpe'] as const;

export type SamplerName = (typeof samplers)[number];

/** What is known of a setting: its mean after a number of epochs. */
export interface KnownResult {
  readonly parameters: Parameters;
  readonly epochs: number;
  readonly score: number;
}

/**
 * Draws settings that were not drawn before, as long as the space has some. Those of `returning` may be drawn again: a
 * bracket stopped them with fewer epochs than the next one starts with.
 */
export interface Sampler {
  draw(count: number, known: readonly KnownResult[], returning: readonly Parameters[]): Parameters[];
}

/** Further draws that are looked through for a setting which is not known yet. */
const MAX_SPARE_DRAWS = 64;
/** The same for draws that the constraints refuse. */
const MAX_REFUSED_DRAWS = 100_000;
/** Every third setting is drawn evenly, so that a wrong estimate cannot hide a part of the space. */
const EVEN_SHARE = 3;
/** An estimate needs this many results more than there are parameters. */
const RESULTS_BEYOND_PARAMETERS = 3;

/**
 * A sampler of settings that the constraints allow. `tpe` learns from the results with the most epochs of which there
 * are enough, and draws evenly before.
 *
 * Source of `tpe`: Falkner et al. 2018, "BOHB: Robust and efficient hyperparameter optimization at scale".
 */
export function createSampler(
  name: SamplerName,
  space: SearchSpace,
  seed: number,
  goal: Goal,
  allows: (setting: Parameters) => boolean = () => true,
): Sampler {
  const drawn = new Set<string>();
  const size = gridSize(space);
  const axes = axesOf(space);
  const worst = goal === 'minimize' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const accept = acceptance(space, axes, allows);
  let index = 0;
  let proposals = 0;
  const isExhausted = (): boolean => size !== null && drawn.size >= size;
  const take = (parameters: Parameters): Parameters | null => {
    const text = canonicalJson(parameters);
    if (drawn.has(text)) return null;
    drawn.add(text);
    return parameters;
  };
  const even = (): Parameters | null => {
    for (let known = 0, refused = 0; known < MAX_SPARE_DRAWS && refused < MAX_REFUSED_DRAWS; ) {
      if (isExhausted()) return null;
      const next = index++;
      const setting = name === 'random' ? drawSetting(space, seed, next) : sobolSetting(space, seed, next);
      if (!allows(setting)) {
        refused += 1;
        continue;
      }
      const found = take(setting);
      if (found !== null) return found;
      known += 1;
    }
    return null;
  };
  const suggested = (observed: readonly Observed[]): Parameters | null => {
    const stream = keyedStream('hyperband', seed, proposals);
    for (const point of propose(axes, observed, goal, stream, accept)) {
      const found = take(settingAt(space, axes, point));
      if (found !== null) return found;
    }
    return null;
  };
  return {
    draw(count, known, returning) {
      for (const setting of returning) drawn.delete(canonicalJson(setting));
      const observed: Observed[] = decisive(known, axes.length + RESULTS_BEYOND_PARAMETERS).map(
        ({ parameters, score }) => ({ point: coordinatesOf(axes, parameters), score }),
      );
      const isInformed = name === 'tpe' && observed.length > 0;
      const settings: Parameters[] = [];
      while (settings.length < count) {
        proposals += 1;
        const isEven = !isInformed || proposals % EVEN_SHARE === 0;
        const setting = (isEven ? null : suggested(observed)) ?? even();
        if (setting === null) break;
        settings.push(setting);
        // Without a result it counts as a bad one, so that the settings of a bracket differ.
        if (isInformed) observed.push({ point: coordinatesOf(axes, setting), score: worst });
      }
      for (const setting of returning) drawn.add(canonicalJson(setting));
      return settings;
    },
  };
}

/** The results after the most epochs of which there are enough; none if there are too few. */
function decisive(known: readonly KnownResult[], enough: number): readonly KnownResult[] {
  const lengths = [...new Set(known.map(({ epochs }) => epochs))].sort((a, b) => b - a);
  for (const epochs of lengths) {
    const results = known.filter((one) => one.epochs === epochs);
    if (results.filter(({ score }) => Number.isFinite(score)).length >= enough) return results;
  }
  return [];
}
