import { z } from 'zod';
import { fitFirstSchema } from './fit-first-schema.js';
import { plainValue } from './parameter-schema.js';

const fitShape = fitFirstSchema.shape.fit.unwrap().shape;

/** The section `fit_first` where trials may cost hours: one repeat, and nothing is known of the parameters. */
export const externalFitFirstSchema = z
  .strictObject({
    ...fitFirstSchema.shape,
    off: z
      .record(z.string(), plainValue)
      .default({})
      .describe('For parameters listed under `dropout`: the value that switches them off, if it is not 0.'),
    fit: z
      .strictObject({
        ...fitShape,
        metric: z
          .string()
          .min(1)
          .optional()
          .describe(
            'The training metric that decides whether a network fits. Required with your own trainer.',
          ),
        reach: fitShape.reach.describe(
          'The value of `fit.metric` to reach. Required with your own trainer, as a number.',
        ),
        goal: z
          .enum(['minimize', 'maximize'])
          .optional()
          .describe('Which direction is better. Default: follows from the name of the metric.'),
        repeats: z.int().min(1).max(1000).default(1).describe('Repeats of each setting at each size.'),
      })
      .prefault({})
      .describe('When a network counts as fitted.'),
    confirm: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe(
        'Number of fresh repeats that measure the gain over the best network without dropout. 0 skips ' +
          'the stage.',
      ),
  })
  .describe('Options of `method: fit_first`.');

export type ExternalFitFirstInput = z.output<typeof externalFitFirstSchema>;
