import { z } from 'zod';

/** The keys of `fit_first` that say how far the network grows. */
export const growthShape = {
  grow_on: z
    .strictObject({
      patience: z
        .int()
        .min(1)
        .max(1000)
        .default(2)
        .describe('Growth ends after this many sizes in a row without improvement on validation.'),
      at_least: z
        .number()
        .positive()
        .optional()
        .describe(
          'Sizes up to this one are tried even if smaller ones did not improve on validation; of lists of widths ' +
            'their sum. Default: none.',
        ),
      at_most: z
        .number()
        .positive()
        .optional()
        .describe(
          'The largest size beyond the fitted one; of lists of widths their sum. `above` goes no further either. ' +
            'Default: the limits of growth.',
        ),
    })
    .prefault({})
    .describe('Growing on: beyond the fitted size, growth continues while the validation metric improves.'),
  beyond: z
    .boolean()
    .default(false)
    .describe(
      'If true, a list of sizes goes on past its end: by the difference of its values if that is the same ' +
        'everywhere, otherwise by the ratio of the last two, rounded up.',
    ),
  resolution: z
    .number()
    .gt(1)
    .max(1000)
    .optional()
    .describe(
      'With an open range: fitfirst tries sizes between the smallest that fits and the largest that does not, ' +
        'until their ratio is at most this value. Default: 1.5.',
    ),
  grow_until: z
    .strictObject({
      cost: z
        .union([z.string().regex(/^\d+(\.\d+)?x$/), z.number().positive()], {
          error:
            'expected a multiple of what the first size takes, such as 50x, or a number of multiply-adds',
        })
        .optional()
        .describe(
          'Multiply-adds of training: weights x training rows x epochs, summed over the trials of growth. A ' +
            'multiple such as 50x is relative to the first size with all of its trials and epochs. If sizes ' +
            'double, the first five take 1, 2, 4, 8 and 16 times as much as the first, 31 in all, so 50x ends ' +
            'growth after five sizes. Only the built-in network. ' +
            'Default for an open range: 3e11, five to thirty minutes of one core, unless `trials` is given.',
        ),
      trials: z
        .int()
        .min(1)
        .optional()
        .describe(
          'Trials of growth. Default with your own trainer and an open range: ten times those of a size.',
        ),
      size: z
        .number()
        .positive()
        .optional()
        .describe(
          'The largest size; of lists of widths their sum. Default for an open range of the built-in network: ' +
            '4096, or the first size if that is larger.',
        ),
    })
    .optional()
    .describe(
      'Limits of growth. Growth ends before the first size that could exceed one of the limits. To go on from ' +
        'there, raise the limit and run again with `--extend`. Time is no limit here, because results must not ' +
        'depend on the machine: `budget: {hours: 8}` pauses the campaign.',
    ),
};
