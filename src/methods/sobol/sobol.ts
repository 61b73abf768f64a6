import { z } from 'zod';
import { freeParameters } from '../../campaign/search-space.js';
import { sobolSetting } from '../../campaign/space/sobol-setting.js';
import { drawnBesides, firstAllowed } from '../allowed-settings.js';
import { method } from '../method.js';
import type { MethodKind } from '../method-kind.js';
import { search, searchPlan } from '../search.js';

interface SobolOptions {
  readonly [name: string]: number;
  /** Settings to try. */
  readonly trials: number;
}

/** Settings that fill the search space evenly, raced. */
export const sobolMethod: MethodKind<SobolOptions, SobolOptions> = {
  name: 'sobol',
  description: 'settings that fill the search space evenly',
  form: { kind: 'mapping', missing: 'Say how many settings: {sobol: {trials: 64}}.' },
  supports: ['enqueue', 'stop', 'stop_early', 'confirm', 'objectives', 'prior'],
  schema: () =>
    z
      .strictObject({
        trials: z
          .int()
          .min(1)
          .max(100_000)
          .describe('Number of settings. Powers of 2 fill the space most evenly.'),
      })
      .describe('Search by points of a scrambled Sobol sequence.'),
  resolve: ({ trials }) => searchPlan({ trials }),
  create: ({ options }, { space, seed, ...context }) =>
    // A campaign that is concluded needs no points.
    method('sobol', () => {
      const at = (index: number) => sobolSetting(space, seed, index);
      const settings = firstAllowed(at, drawnBesides(options.trials, context.enqueue), context.allows);
      const varied = freeParameters(space);
      return search({ ...context, settings, varied }, 'Settings that fill the search space evenly');
    }),
};
