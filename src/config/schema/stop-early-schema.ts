import { z } from 'zod';

/** Measured on tables: docs/methods.md has the figures. */
const DEFAULT_WARMUP = 0.1;
const DEFAULT_WINDOW = 8;

/** The key `stop_early`. */
export const stopEarlySchema = z
  .union([
    z.enum(['off', 'median']),
    z.strictObject({
      percentile: z
        .number()
        .gt(0)
        .lt(100)
        .default(50)
        .describe('The percentage of best trials that go on. 50 is the median.'),
      warmup: z
        .number()
        .min(0)
        .lt(1)
        .default(DEFAULT_WARMUP)
        .describe('No trial is stopped during this share of its epochs, counted from the start.'),
      window: z
        .int()
        .min(1)
        .max(1000)
        .default(DEFAULT_WINDOW)
        .describe('A trial is compared with all earlier trials but the last `window` - 1.'),
    }),
  ])
  .default('off')
  .describe(
    'Stops a trial whose best value so far is not among the best half (`median`) or the best `percentile` of the ' +
      'values that other trials had by the same epoch.',
  );

/** What `median` stands for. */
export const MEDIAN_RULE = { percentile: 50, warmup: DEFAULT_WARMUP, window: DEFAULT_WINDOW };
