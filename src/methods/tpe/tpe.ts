import { z } from 'zod';
import { freeParameters } from '../../campaign/search-space.js';
import { method } from '../method.js';
import type { MethodKind } from '../method-kind.js';
import { searchPlan } from '../search.js';
import { tpeSearch } from './tpe-search.js';
import { windowSchema } from './window-schema.js';

interface TpeInput {
  readonly trials: number;
  readonly start: number;
  readonly window: number;
}

type TpePlanOptions = TpeInput & { readonly [name: string]: number };

/** Settings that earlier results suggest, by a tree-structured Parzen estimator. */
export const tpeMethod: MethodKind<TpeInput, TpePlanOptions> = {
  name: 'tpe',
  description: 'settings that earlier results suggest',
  form: { kind: 'mapping', missing: 'Say how many settings: {tpe: {trials: 60}}.' },
  supports: ['enqueue', 'stop', 'stop_early', 'confirm', 'objectives', 'prior'],
  schema: () =>
    z
      .strictObject({
        trials: z.int().min(1).max(100_000).describe('Number of settings to propose.'),
        start: z
          .int()
          .min(1)
          .max(100_000)
          .default(8)
          .describe('Number of settings at the start that fill the search space evenly.'),
        window: windowSchema(
          'A proposal knows the results of all settings but the last `window` - 1. So this many',
        ),
      })
      .describe('Search by a multivariate tree-structured Parzen estimator.'),
  resolve: ({ trials, start, window }) => searchPlan({ trials, start, window }),
  create: ({ options }, context) => {
    const { trials, start, window } = options;
    const varied = freeParameters(context.space);
    return method('tpe', () => tpeSearch({ ...context, varied, trials, start, window }));
  },
};
