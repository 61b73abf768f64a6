import { z } from 'zod';
import { method } from '../method.js';
import type { MethodKind } from '../method-kind.js';
import { searchPlan } from '../search.js';
import { windowSchema } from '../tpe/window-schema.js';
import { type Bracket, hyperbandBrackets } from './brackets.js';
import { hyperbandSearch } from './hyperband-search.js';
import {
  bracketOptions,
  describeBrackets,
  type RungInput,
  type RungPlan,
  rangeOf,
  refuseTooMany,
  resolveRungs,
  rungSchema,
  samplerSchema,
} from './options.js';

interface HyperbandInput extends RungInput {
  readonly rounds: number;
  readonly window: number;
}

type HyperbandPlan = RungPlan & { readonly rounds: number; readonly window: number };

/** Successive halving several times, with different numbers of epochs at the start. */
export const hyperbandMethod: MethodKind<HyperbandInput, HyperbandPlan> = {
  name: 'hyperband',
  description: 'successive halving from different numbers of epochs',
  form: { kind: 'mapping', missing: 'Say how settings are drawn: {hyperband: {sampler: tpe}}.' },
  supports: ['confirm', 'prior'],
  schema: () =>
    z
      .strictObject({
        ...rungSchema,
        sampler: samplerSchema('tpe'),
        rounds: z
          .int()
          .min(1)
          .max(1000)
          .default(1)
          .describe('How often all brackets run, with new settings.'),
        window: windowSchema('A bracket begins when fewer trials than this are open. So about this many'),
      })
      .describe('Hyperband: brackets of successive halving.'),
  resolve(input, context, diagnostics) {
    const { rounds, window } = input;
    const options = { ...resolveRungs('hyperband', input, context, diagnostics), rounds, window };
    refuseTooMany('hyperband', bracketsOf(options), diagnostics);
    return searchPlan(options);
  },
  describe: ({ options }) => describeBrackets(hyperbandBrackets(rangeOf(options))),
  create: ({ options }, context) =>
    method('hyperband', () => hyperbandSearch(bracketOptions(bracketsOf(options), options, context))),
};

function bracketsOf(options: HyperbandPlan): Bracket[] {
  const brackets = hyperbandBrackets(rangeOf(options));
  return Array.from({ length: options.rounds }, () => brackets).flat();
}
