import { z } from 'zod';

const scalar = z.union([z.number(), z.string(), z.boolean()]);
/** A value of a parameter. */
export const parameterValue = z.union([scalar, z.array(scalar).readonly()]);
/** A setting. */
export const parameters = z.record(z.string(), parameterValue).readonly();
/** Which values of a metric are better. */
export const goal = z.enum(['minimize', 'maximize']);
/** A whole number that is not negative. */
export const count = z.int().nonnegative();

/** The form of a trial spec. */
export const trialSpecSchema = z.object({
  parameters,
  repeat: count,
  epochs: z.int().positive(),
  until: z.object({ metric: z.string(), goal, bound: z.number() }).nullable(),
  bounds: z.exactOptional(z.array(z.object({ epoch: z.int().positive(), value: z.number() }))),
  patience: z.exactOptional(z.int().positive()),
  finish: z
    .object({
      on: z.enum(['training', 'all']),
      checkpoint: z.enum(['best', 'last']),
      committee: z.exactOptional(z.object({ repeats: z.array(count), epochs: z.int().positive() })),
    })
    .nullable(),
});
