import { z } from 'zod';
import { method } from '../method.js';
import type { MethodKind } from '../method-kind.js';
import { searchPlan } from '../search.js';
import { type Bracket, halvingBracket } from './brackets.js';
import { hyperbandSearch } from './hyperband-search.js';
import {
  bracketOptions,
  describeBrackets,
  type RungInput,
  type RungPlan,
  rangeOf,
  resolveRungs,
  rungSchema,
  samplerSchema,
} from './options.js';

interface HalvingInput extends RungInput {
  readonly trials: number;
}

type HalvingPlan = RungPlan & { readonly trials: number };

/** Many settings with few epochs, of which the best go on, again and again. */
export const halvingMethod: MethodKind<HalvingInput, HalvingPlan> = {
  name: 'halving',
  description: 'many settings with few epochs, of which the best go on',
  form: { kind: 'mapping', missing: 'Say how many settings: {halving: {trials: 81}}.' },
  supports: ['confirm', 'prior'],
  schema: () =>
    z
      .strictObject({
        trials: z.int().min(2).max(100_000).describe('Number of settings to start with.'),
        ...rungSchema,
        sampler: samplerSchema('random'),
      })
      .describe('Successive halving.'),
  resolve(input, context, diagnostics) {
    const { trials } = input;
    if (trials < input.eta) {
      const sentence = `halving.trials is ${trials}; expected at least eta, ${input.eta}, so that the best can go on.`;
      diagnostics.report(['trials'], sentence);
    }
    return searchPlan({ trials, ...resolveRungs('halving', input, context, diagnostics) });
  },
  describe: ({ options }) => describeBrackets([bracketOf(options)]),
  create: ({ options }, context) =>
    method('halving', () => hyperbandSearch(bracketOptions([bracketOf(options)], options, context))),
};

const bracketOf = (options: HalvingPlan): Bracket => halvingBracket(options.trials, rangeOf(options));
