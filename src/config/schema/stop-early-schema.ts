import { z } from 'zod';

/** The key `stop_early`. */
export const stopEarlySchema = z
  .union([
    z.enum(['off', 'median']),
    z.strictObject({
      percentile: z
        .number()
        .gt(0)
        .lt(100)
        .optional()
        .describe(
          'The percentage of best trials that go on. Default: 50, the median; with `patience` alone none.',
        ),
      warmup: z
        .number()
        .min(0)
        .lt(1)
        .optional()
        .describe(
          'No trial falls behind during this share of its epochs, counted from the start. Default: 0.1.',
        ),
      window: z
        .int()
        .min(1)
        .max(1000)
        .optional()
        .describe('A trial is compared with all earlier trials but the last `window` - 1. Default: 8.'),
      patience: z
        .number()
        .gt(0)
        .lt(1)
        .optional()
        .describe(
          'A trial ends when its metric has not improved for this share of its epochs, and for as many epochs as its ' +
            'best value took. Default: none.',
        ),
    }),
  ])
  .default('off')
  .describe(
    'Stops a trial whose best value so far is not among the best half (`median`) or the best `percentile` of the ' +
      'values that other trials had by the same epoch, or whose value no longer improves (`patience`).',
  );

/** What `median` stands for. The warm-up was measured on tables: docs/methods.md has the figures. */
export const MEDIAN_RULE = { percentile: 50, warmup: 0.1, window: 8 };
