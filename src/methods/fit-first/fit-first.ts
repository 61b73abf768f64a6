import { formatSetting } from '../../campaign/format-setting.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { Settled } from '../../campaign/trial.js';
import { type Conclusion, type Method, method, type Procedure } from '../method.js';
import { endingWithoutChoice } from '../nothing-chosen.js';
import { choose } from './choose.js';
import { optionsAfterGrowth } from './growth/after-growth.js';
import { growUntilFit } from './growth/grow.js';
import { growFurther } from './growth/grow-further.js';
import type { Growth } from './growth/growth.js';
import type { SizeResult } from './growth/judge-size.js';
import { smallestNearBest } from './growth/nothing-fits.js';
import { endsAtAcceptedPlateau, reportFit } from './growth/report-fit.js';
import { type FitFirstOptions, formatSizeOf } from './options.js';
import { tuneDropout } from './race/tune-dropout.js';

/**
 * Fit first, then drop out (Hinton's advice): grow the hidden size with dropout off until the network fits
 * the training data, then tune dropout at that size, confirm the choice on fresh repeats, and train the
 * network that is handed over.
 */
export function fitFirst(options: FitFirstOptions): Method {
  return method('fit_first', () => procedure(options));
}

function* procedure(given: FitFirstOptions): Procedure<Conclusion> {
  const growth = yield* growUntilFit(given);
  const start = growth.fitted ?? smallestNearBest(growth, given);
  const options = start === null ? given : atDepthOf(start, optionsAfterGrowth(start, given));
  yield* reportFit(growth, start, options);
  if (growth.fitted === null && !endsAtAcceptedPlateau(growth, options) && options.ifNothingFits === 'stop') {
    const because = 'Nothing fits, and the config says to stop then.';
    const ending = start === null ? endingWithoutChoice(statesIn(growth)) : 'nothing-fits';
    return { kind: 'conclusion', ending, chosen: null, because };
  }
  if (start === null) {
    const because =
      growth.visited.length === 0 && growth.ended.because !== null
        ? growth.ended.because
        : 'No trial without dropout finished, at any size.';
    return { kind: 'conclusion', ending: endingWithoutChoice(statesIn(growth)), chosen: null, because };
  }
  const grown = yield* growFurther(growth, start, options);
  const ranking = yield* tuneDropout(start, grown, growth.fitted !== null, options);
  const ended = yield* choose(ranking, start.best.parameters, options);
  if (ended.setting === null) return { kind: 'conclusion', ...ended.conclusion };
  const because = conclusion(growth, ended.setting, options);
  return { kind: 'conclusion', ...ended.conclusion, because };
}

/** The options for the later stages, which train at the depth of the size that growth ended with. */
function atDepthOf(start: SizeResult, options: FitFirstOptions): FitFirstOptions {
  const { depth = null } = options;
  return depth === null ? options : { ...options, layers: Number(start.best.parameters[depth.parameter]) };
}

function statesIn(growth: Growth): Settled['state'][] {
  const candidates = growth.visited.flatMap((result) => result.candidates);
  return candidates.flatMap(({ trials }) => trials.map(({ state }) => state));
}

function conclusion(growth: Growth, chosen: Parameters, options: FitFirstOptions): string {
  const fit = growth.fitted;
  const words = formatSizeOf(options, chosen);
  const dropout = formatSetting(chosen, Object.keys(options.off));
  if (fit === null)
    return `${withoutFit(growth, options)}. ${words}, ${dropout} is the best on validation of what was tried.`;
  const fitted = formatSizeOf(options, fit.best.parameters);
  const further = words === fitted ? '' : `, ${words} is better on validation`;
  return `${fitted} is the smallest size that fits${further}, and ${dropout} is the best there.`;
}

function withoutFit(growth: Growth, options: FitFirstOptions): string {
  return endsAtAcceptedPlateau(growth, options) ? 'Growth reached a plateau' : 'No size fits';
}
