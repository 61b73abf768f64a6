import { z } from 'zod';
import { freeParameters } from '../../campaign/search-space.js';
import { formatWhole } from '../../text/number.js';
import type { MethodContext, PlanContext, PlanDiagnostics } from '../method-kind.js';
import { SETTINGS_LIMIT } from '../search-limits.js';
import { type Bracket, type EpochRange, rungEpochs, settingsIn } from './brackets.js';
import type { BracketOptions } from './run-brackets.js';
import { createSampler, type SamplerName, samplers } from './sampler.js';

/** Options that halving and hyperband share, in the words of the config file. */
export interface RungInput {
  readonly eta: number;
  readonly min_epochs: number;
  readonly max_epochs?: number | undefined;
  readonly sampler: SamplerName;
}

/** The same in a plan. */
export type RungPlan = {
  readonly eta: number;
  readonly min_epochs: number;
  readonly max_epochs: number;
  readonly sampler: string;
};

const epochs = z.int().min(1).max(1_000_000);

export const rungSchema = {
  eta: z
    .int()
    .min(2)
    .max(100)
    .default(3)
    .describe('From rung to rung, the best 1 / `eta` of the settings go on, with `eta` times the epochs.'),
  min_epochs: epochs.default(1).describe('The fewest epochs after which settings are compared.'),
  max_epochs: epochs.optional().describe('The epochs of the last rung. Default: the parameter `epochs`.'),
};

/** Where settings are from, with the default of the method. */
export const samplerSchema = (standard: SamplerName) =>
  z
    .enum(samplers)
    .default(standard)
    .describe('Where settings are from. `tpe` learns from the brackets before (BOHB).');

/** The options with their defaults. Reports what is wrong with them; `name` is that of the method. */
export function resolveRungs(
  name: string,
  input: RungInput,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): RungPlan {
  const { eta, min_epochs, sampler } = input;
  const max_epochs = input.max_epochs ?? context.epochs;
  const isEndless =
    input.max_epochs === undefined &&
    context.trainer.parameters === null &&
    !Object.hasOwn(context.space, 'epochs');
  if (isEndless) {
    const sentence =
      `${name} compares trials after some of their epochs, and the parameter epochs is missing. ` +
      'Add it under parameters, as in epochs: 81, or write max_epochs.';
    diagnostics.report([], sentence);
    return { eta, min_epochs, max_epochs: eta * min_epochs, sampler };
  }
  if (!diagnostics.isParameterBroken('epochs')) {
    const key = input.max_epochs === undefined ? 'the parameter epochs' : 'max_epochs';
    if (min_epochs > max_epochs) {
      diagnostics.report(['min_epochs'], `${name}.min_epochs is ${min_epochs}, above ${key}, ${max_epochs}.`);
    } else if (rungEpochs(rangeOf({ min_epochs, max_epochs, eta })).length < 2) {
      const sentence =
        `${name} needs at least two rungs: expected ${key} to be at least eta x min_epochs, ` +
        `${eta * min_epochs}; found ${max_epochs}.`;
      diagnostics.report(input.max_epochs === undefined ? [] : ['max_epochs'], sentence);
    }
  }
  return { eta, min_epochs, max_epochs, sampler };
}

/** Refuses brackets with more settings than a search takes. */
export function refuseTooMany(
  name: string,
  brackets: readonly Bracket[],
  diagnostics: PlanDiagnostics,
): void {
  const settings = settingsIn(brackets);
  if (settings <= SETTINGS_LIMIT) return;
  diagnostics.report(
    [],
    `${name} starts with ${formatWhole(settings)} settings; at most ${formatWhole(SETTINGS_LIMIT)} are taken. ` +
      'Raise min_epochs or eta.',
  );
}

export function rangeOf({ min_epochs, max_epochs, eta }: Omit<RungPlan, 'sampler'>): EpochRange {
  return { minEpochs: min_epochs, maxEpochs: max_epochs, eta };
}

/** What a search over brackets runs with. A sampler has a state, so each replay needs its own. */
export function bracketOptions(
  brackets: readonly Bracket[],
  { max_epochs, sampler, window = 1 }: RungPlan & { readonly window?: number },
  context: MethodContext,
): BracketOptions {
  const { space, seed, comparison, finish, confirm = 0 } = context;
  const name = samplers.find((one) => one === sampler) ?? 'random';
  return {
    comparison,
    finish,
    confirm,
    epochs: max_epochs,
    varied: freeParameters(space),
    brackets,
    window,
    sampler: createSampler(name, space, seed, comparison.metric.goal, context.allows),
  };
}

/** What `validate` says of brackets: a line for each, such as `81 settings x 1 epoch, 27 x 3, 9 x 9`. */
export function describeBrackets(brackets: readonly Bracket[]): (readonly [label: string, text: string])[] {
  return brackets.map((rungs, i) => [
    brackets.length === 1 ? 'rungs' : `bracket ${i + 1}`,
    `settings x epochs: ${rungs.map(({ settings, epochs }) => `${settings} x ${epochs}`).join(', ')}`,
  ]);
}
