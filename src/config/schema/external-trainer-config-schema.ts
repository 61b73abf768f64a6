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
      .describe('The value at which a parameter under `dropout` is off, where that is not 0.'),
    fit: z
      .strictObject({
        ...fitShape,
        metric: z
          .string()
          .min(1)
          .optional()
          .describe('The metric of the training rows that has to be reached.'),
        goal: z
          .enum(['minimize', 'maximize'])
          .optional()
          .describe('What is better. Left out, it follows from the name of the metric.'),
        repeats: z.int().min(1).max(1000).default(1).describe('Repeats of each setting at each size.'),
      })
      .prefault({})
      .describe('When a network fits.'),
    confirm: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe(
        'Fresh repeats on which the gain over the best network without dropout is measured; 0: none.',
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
        name: z.string().min(1).describe('Whatever the trainer reports.'),
        goal: z
          .enum(['minimize', 'maximize'])
          .optional()
          .describe('What is better. Left out, it follows from the name where that says it, as in val_loss.'),
      })
      .prefault({ name: 'val_loss' })
      .describe('What the campaign optimises. Default: val_loss.'),
    parameters: freeParametersSchema,
    repeats: shape.repeats
      .unwrap()
      .default(1)
      .describe('How often every setting runs, or {first: 1, most: 4} for a race. Default: 1.'),
    fit_first: ownFitFirstSchema.optional(),
  })
  .describe(
    "A campaign with a trainer of one's own: one search. Paths are relative to the config's own folder.",
  );

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
