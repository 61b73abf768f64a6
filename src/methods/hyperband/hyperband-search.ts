import type { Conclusion, Procedure } from '../method.js';
import { endingWithoutChoice } from '../nothing-chosen.js';
import { isSound } from '../race.js';
import { search } from '../search.js';
import { type BracketOptions, runBrackets } from './run-brackets.js';

/** A race of a single setting would compare nothing. */
const MIN_FINALISTS = 2;

/** Runs brackets, and races the settings that ran with all epochs: at least two, so that there is a comparison. */
export function* hyperbandSearch(options: BracketOptions): Procedure<Conclusion> {
  const ranking = yield* runBrackets(options);
  const sound = ranking.filter(isSound);
  if (sound.length === 0) {
    return {
      kind: 'conclusion',
      ending: endingWithoutChoice(ranking.flatMap(({ states }) => states)),
      chosen: null,
      because: `No setting gave ${options.comparison.metric.name}.`,
    };
  }
  const whole = sound.filter(({ epochsOfRung }) => epochsOfRung === options.epochs);
  const finalists = sound.slice(0, Math.max(MIN_FINALISTS, whole.length));
  const settings = finalists.map(({ parameters }) => parameters);
  return yield* search({ ...options, settings }, 'The settings that got furthest');
}
