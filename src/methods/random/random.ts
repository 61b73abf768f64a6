import { z } from 'zod';
import { drawSetting, freeParameters } from '../../campaign/search-space.js';
import { drawnBesides, firstAllowed } from '../allowed-settings.js';
import { method } from '../method.js';
import type { MethodKind } from '../method-kind.js';
import { search, searchPlan } from '../search.js';

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
    // A campaign that is concluded needs no draws.
    method('random', () => {
      const at = (index: number) => drawSetting(space, seed, index);
      const settings = firstAllowed(at, drawnBesides(options.trials, context.enqueue), context.allows);
      const varied = freeParameters(space);
      return search({ ...context, settings, varied }, 'Settings drawn at random');
    }),
};
