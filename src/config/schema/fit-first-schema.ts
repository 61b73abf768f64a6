import { z } from 'zod';

const trials = z.int().min(1).max(100_000).describe('Number of draws.');

/** The section `fit_first`. */
export const fitFirstSchema = z
  .strictObject({
    grow: z
      .string()
      .min(1)
      .describe('The parameter that grows, usually `hidden`. Its values are taken in rising order.'),
    dropout: z
      .array(z.string().min(1))
      .min(1)
      .describe(
        'Parameters that are off while the network grows and tuned afterwards, usually [dropout, input_dropout].',
      ),
    fit: z
      .strictObject({
        metric: z
          .string()
          .optional()
          .describe(
            'A metric of the training part. Left out: train_accuracy, or train_r2 where the target is a number.',
          ),
        reach: z
          .union([z.literal('best_possible'), z.number()])
          .default('best_possible')
          .describe(
            'What a repeat has to reach: `best_possible` is all that rows with contradicting targets allow (for numbers, ' +
              '0.95 of it); or a number.',
          ),
        repeats: z.int().min(1).max(1000).default(3).describe('Repeats of each setting at each size.'),
        failed: z
          .enum(['missing', 'unfit'])
          .default('missing')
          .describe('What a repeat counts as whose trial failed: as missing, or as one that did not fit.'),
      })
      .prefault({})
      .describe('When a network fits.'),
    quorum: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('Share of the repeats that have to fit. Left out: a majority.'),
    search: z
      .union([
        z.literal('grid'),
        z.strictObject({ method: z.literal('grid').describe('Every combination.') }),
        z.strictObject({ method: z.literal('random').describe('Draws, the same at every size.'), trials }),
      ])
      .optional()
      .describe(
        'How the other parameters are searched at each size. Left out: a grid where all of them are listed, else 6 draws.',
      ),
    grow_on: z
      .strictObject({
        patience: z
          .int()
          .min(1)
          .max(1000)
          .default(2)
          .describe('Sizes without improvement on validation after which growing ends.'),
      })
      .prefault({})
      .describe('Beyond the fitted size, growth goes on while the validation metric improves.'),
    strict: z.boolean().default(false).describe('The advice to the letter: no growing on.'),
    retune: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Parameters that are tuned again with dropout. Left out: learning_rate, where it has more than one value.',
      ),
    epochs: z
      .strictObject({
        grow: z
          .int()
          .min(1)
          .max(100_000_000)
          .optional()
          .describe('Budget while growing. Left out: the parameter `epochs`.'),
        dropout: z
          .int()
          .min(1)
          .max(100_000_000)
          .optional()
          .describe('Budget from the dropout stage on. Left out: the parameter `epochs`.'),
      })
      .prefault({})
      .describe('Budgets of the stages; dropout likes more epochs.'),
    confirm: z
      .int()
      .min(0)
      .max(1000)
      .default(5)
      .describe(
        'Fresh repeats on which the gain over the best network without dropout is measured; 0: none.',
      ),
    if_nothing_fits: z
      .enum(['continue', 'stop'])
      .default('continue')
      .describe('Where no size fits: go on with the best one, or stop with exit code 3.'),
  })
  .describe('Options of `method: fit_first`.');

export type FitFirstInput = z.output<typeof fitFirstSchema>;
