import type { Parameters } from '../campaign/parameters.js';

/** Draws for each setting that is wanted: constraints that allow fewer than one in a thousand are refused before. */
const MAX_DRAWS = 100_000;

/** The first settings of a sequence that the constraints allow; fewer where hardly any are. */
export function firstAllowed(
  at: (index: number) => Parameters,
  count: number,
  allows: (setting: Parameters) => boolean = () => true,
): Parameters[] {
  const settings: Parameters[] = [];
  for (let index = 0, refused = 0; settings.length < count && refused < MAX_DRAWS; index++) {
    const setting = at(index);
    if (allows(setting)) settings.push(setting);
    else refused += 1;
  }
  return settings;
}

/** How many settings are drawn where some are asked for first. */
export const drawnBesides = (trials: number, enqueue: readonly Parameters[] = []): number =>
  Math.max(0, trials - enqueue.length);
