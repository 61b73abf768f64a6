import { z } from 'zod';

const count = z.int().nonnegative();
const estimate = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });
const quantiles = z.array(z.tuple([z.number(), z.number()]));
const errors = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('confusion'),
    rows: z.array(count),
    right: z.array(count),
    mistakes: z.array(z.tuple([count, count, count])),
  }),
  z.object({
    kind: z.literal('residuals'),
    rows: count,
    quantiles,
    distances: quantiles,
    points: z.array(z.tuple([z.number(), z.number()])),
  }),
]);
/** The form of an evaluation. */
export const evaluationSchema = z.object({
  test: z.record(z.string(), estimate).nullable(),
  // Early journals of version 0.1.0 do not have it.
  errors: errors.nullable().default(null),
  redundancy: z.number().nullable(),
  health: z.exactOptional(
    z.object({
      layers: z.array(
        z.object({
          units: count,
          dead: count,
          saturated: count,
          effectiveRank: z.number(),
          alikePairs: z.number().nullable(),
        }),
      ),
      inputs: z.object({ largest: z.number(), smallest: z.number() }),
      firstLoss: z.number().nullable(),
    }),
  ),
  committee: z.exactOptional(
    z.object({ networks: z.int().positive(), gain: z.record(z.string(), estimate).nullable() }),
  ),
});

/** The form of a failure. */
export const failureForm = {
  code: z.enum(['error', 'crash', 'exit', 'timeout', 'memory', 'signal', 'no-metric', 'bad-report']),
  message: z.string(),
};

/** What a trial says once, at its end. */
export const onceForm = {
  final: z.exactOptional(z.record(z.string(), z.number())),
  notes: z.exactOptional(z.array(z.string())),
};
