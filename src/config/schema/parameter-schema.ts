import { z } from 'zod';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { DeclaredParameter } from '../../trainers/trainer-kind.js';

/** Distributions by the names that W&B sweeps give them. */
export const distributions = [
  'constant',
  'categorical',
  'uniform',
  'int_uniform',
  'q_uniform',
  'log_uniform_values',
  'q_log_uniform_values',
  'normal',
  'q_normal',
] as const;

/** Keys of a domain that are the same for every parameter. Schemas take their time to build, so these are shared. */
const domainKeys = {
  probabilities: z
    .array(z.number().min(0).max(1))
    .optional()
    .describe('Probability of each entry of `values` in random draws. They sum to 1.'),
  distribution: z
    .enum(distributions)
    .optional()
    .describe(
      'How values are drawn. Default: constant for `value`, categorical for `values`; for `min` and ' +
        '`max` int_uniform ' +
        'if both are written as whole numbers (1), otherwise uniform (1.0).',
    ),
  min: z.number().optional().describe('Smallest value (inclusive).'),
  max: z.number().optional().describe('Largest value (inclusive).'),
  q: z
    .number()
    .positive()
    .optional()
    .describe('Step of the q_ distributions: values are multiples of it. Default: 1.'),
};

const openRangeKeys = {
  times: z.number().optional().describe('Factor from one size of an open range to the next. Default: 2.'),
  plus: z.number().optional().describe('Instead of `times`: what is added from one size to the next.'),
};

const normalKeys = {
  mu: z.number().optional().describe('Mean of a normal distribution.'),
  sigma: z.number().positive().optional().describe('Standard deviation of a normal distribution.'),
};

const scalar = z.union([z.number(), z.string(), z.boolean()]);

/** A condition as it is written: other parameters, each with the value or values that it needs. */
const conditionSchema = z.record(
  z.string().min(1),
  z.union([scalar, z.array(z.union([scalar, z.array(scalar).min(1)])).min(1)]),
);

export type ConditionInput = z.output<typeof conditionSchema>;

const conditionKeys = {
  when: conditionSchema
    .optional()
    .describe(
      'The parameter is active only in settings in which each of these other parameters has the value, or one of ' +
        'the listed values, as in `{optimizer: sgd}`. The trainer does not get a parameter that is not active.',
    ),
};

/** Where good values are expected, as it is written. */
function priorSchema(value: z.ZodType<ParameterValue>) {
  return z.strictObject({
    center: value.describe('The value that you expect to be good.'),
    spread: z
      .number()
      .positive()
      .max(1)
      .default(0.25)
      .describe(
        'How far good values may be from it: the standard deviation, as a share of the range (of the logarithm if ' +
          'the distribution is logarithmic). For values without an order, the share of draws that ignore the center.',
      ),
  });
}

/** A domain as it is written: one strict mapping for all kinds; which keys go together is checked apart. */
function domainShape(value: z.ZodType<ParameterValue>) {
  return z.strictObject({
    value: value.optional().describe('A fixed value.'),
    values: z.array(value).min(1).max(10_000).optional().describe('The values to try.'),
    ...domainKeys,
    from: value
      .optional()
      .describe(
        'First size of an open range, which has no last size. Only for the parameter that `fit_first` grows.',
      ),
    ...openRangeKeys,
    ...normalKeys,
    ...conditionKeys,
    prior: priorSchema(value)
      .optional()
      .describe('Where you expect good values. Every second draw follows it, and the others ignore it.'),
  });
}

/** A constant may stand bare (`layers: 1`), but a list may not: it could mean one value or many. */
function bareValue(value: z.ZodType<ParameterValue>): z.ZodType<ParameterValue> {
  if (!(value instanceof z.ZodUnion)) return value;
  const scalars = value.options.filter((option) => !(option instanceof z.ZodArray));
  return z.union(scalars) as z.ZodType<ParameterValue>;
}

function parameterShape({ schema, initial, description }: DeclaredParameter) {
  return z
    .union([bareValue(schema), domainShape(schema)])
    .optional()
    .describe(initial === null ? description : `${description} Default: ${initial}.`);
}

/** The section `parameters` for a trainer that declares them, each a constant or a domain. */
export function declaredParametersSchema(declared: ReadonlyMap<string, DeclaredParameter>) {
  return z
    .strictObject(Object.fromEntries([...declared].map(([name, one]) => [name, parameterShape(one)])))
    .describe(
      'The search space, written as in W&B sweeps: a constant, or `value`, `values`, `min` and `max`, ' +
        '`distribution`.',
    );
}

/** Whether a parameter takes whole numbers and no fractions. */
export function takesWholeNumbersOnly(schema: z.ZodType): boolean {
  const forms: readonly unknown[] = schema instanceof z.ZodUnion ? schema.options : [schema];
  const numbers = forms.filter((form) => form instanceof z.ZodNumber);
  return numbers.length > 0 && numbers.every((form) => form.isInt);
}

/** Any value of a parameter. */
export const plainValue: z.ZodType<ParameterValue> = z.union([scalar, z.array(scalar).min(1)]);

/** The section `parameters` for an external trainer: any names and values. */
export const freeParametersSchema = z
  .record(z.string().min(1), z.union([scalar, domainShape(plainValue)]))
  .describe('The search space, written as in W&B sweeps. You choose the names; your trainer receives them.');

/** One parameter as it is written. */
export type ParameterInput = NonNullable<z.output<ReturnType<typeof declaredParametersSchema>>[string]>;
