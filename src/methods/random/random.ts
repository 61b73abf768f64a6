import { z } from 'zod';
import { drawSetting, freeParameters } from '../../campaign/search-space.js';
import { drawnBesides, firstAllowed } from '../allowed-settings.js';
import { type Method, method } from '../method.js';
import type { MethodKind } from '../method-kind.js';
import { type SearchOptions, search, searchPlan } from '../search.js';

interface RandomOptions {
  readonly [name: string]: number;
  /** Settings to draw. */
  readonly trials: number;
}

/** Settings drawn at random, raced. */
export const randomMethod: MethodKind<RandomOptions, RandomOptions> = {
  name: 'random',
  description: 'settings drawn at random',
  form: { kind: 'mapping', missing: 'Say how many settings: {random: {trials: 50}}.' },
  supports: ['enqueue', 'stop', 'stop_early', 'confirm', 'objectives', 'prior'],
  schema: () =>
    z
      .strictObject({ trials: z.int().min(1).max(100_000).describe('Number of settings to draw.') })
      .describe('Random search.'),
  resolve: ({ trials }) => searchPlan({ trials }),
  create: ({ options }, { space, seed, ...context }) =>
    randomSearch({
      ...context,
      settings: firstAllowed(
        (index) => drawSetting(space, seed, index),
        drawnBesides(options.trials, context.enqueue),
        context.allows,
      ),
      varied: freeParameters(space),
    }),
};

const randomSearch = (options: SearchOptions): Method =>
  method('random', () => search(options, 'Settings drawn at random'));
