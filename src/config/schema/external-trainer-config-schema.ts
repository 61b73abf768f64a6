import { z } from 'zod';
import { configSchema } from './config-schema.js';
import { dataSchema } from './data-schema.js';
import { externalTrainerSchema } from './external-trainer-schema.js';
import { fitFirstSchema } from './fit-first-schema.js';
import { freeParametersSchema, plainValue } from './parameter-schema.js';

const { shape } = configSchema;
const fitShape = fitFirstSchema.shape.fit.unwrap().shape;

/** The section `fit_first` where trials may cost hours: one repeat, and nothing is known of the parameters. */
const ownFitFirstSchema = z
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
          'The value of `metric` to reach: a number. Required with your own trainer.',
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

/** A campaign's config file where the trainer is a module or a command of the user's own. */
export const externalTrainerConfigSchema = z
  .strictObject({
    ...shape,
    data: dataSchema.optional(),
    trainer: externalTrainerSchema,
    metric: z
      .strictObject({
        name: z.string().min(1).describe('A metric that your trainer reports.'),
        goal: z
          .enum(['minimize', 'maximize'])
          .optional()
          .describe(
            'Which direction is better. Default: follows from the name if fitfirst knows it, as in val_loss.',
          ),
      })
      .prefault({ name: 'val_loss' })
      .describe('The metric that the campaign optimises. Default: val_loss.'),
    parameters: freeParametersSchema,
    repeats: shape.repeats
      .unwrap()
      .default(1)
      .describe('Repeats per setting, or {first: 1, most: 4} for a race. Default: 1.'),
    fit_first: ownFitFirstSchema.optional(),
  })
  .describe("A campaign with your own trainer. Paths are relative to the config's folder.");

export type ExternalTrainerConfigInput = z.output<typeof externalTrainerConfigSchema>;
export type ExternalFitFirstInput = z.output<typeof ownFitFirstSchema>;

/**
 * True for a config that names a trainer of the user's own, whatever else may be wrong with it; also where its command
 * stands outside of `trainer`, as in a sweep of W&B's.
 */
export function usesExternalTrainer(config: unknown): boolean {
  if (typeof config !== 'object' || config === null) return false;
  if (!('trainer' in config)) return 'command' in config || 'program' in config;
  const { trainer } = config;
  return typeof trainer === 'object' && trainer !== null && !Array.isArray(trainer);
}
