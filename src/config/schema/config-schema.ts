import { z } from 'zod';
import { dataSchema } from './data-schema.js';
import { fitFirstSchema } from './fit-first-schema.js';
import { parametersSchema } from './parameter-schema.js';

const expectedName =
  'expected 1 to 80 characters without / and \\ and control characters, no dot or space at either end';

/** A name that is safe as the name of a folder. */
export const nameSchema = z
  .string()
  .min(1, { error: expectedName })
  .max(80, { error: expectedName })
  .regex(/^(?![. ])[^/\\\p{Cc}]*(?<![. ])$/u, { error: expectedName });

const repeatCount = z.int().min(1).max(1000);

/** A campaign's config file. Values that are left out take the defaults here; what cannot be left out has none. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where this schema is, for editors.'),
    name: nameSchema
      .optional()
      .describe('Name of the campaign and of its folder in results/. Left out: that of the file.'),
    seed: z
      .int()
      .min(0)
      .default(1)
      .describe('All randomness follows from it: splits, initial weights, shuffles, masks, draws.'),
    data: dataSchema,
    trainer: z
      .enum(['mlp'], { error: 'expected mlp, {module: ./train.js} or {command: [python3, train.py]}' })
      .default('mlp')
      .describe('What trains: the built-in network.'),
    metric: z
      .strictObject({
        name: z
          .string()
          .min(1)
          .describe(
            'train_, val_ or test_ with loss, accuracy, balanced_accuracy, f1, roc_auc or brier (classes), or with loss, rmse, mae or r2 (numbers).',
          ),
        goal: z.enum(['minimize', 'maximize']).optional().describe('Left out, it follows from the name.'),
      })
      .prefault({ name: 'val_loss' })
      .describe('What the campaign optimises. Default: val_loss.'),
    parameters: parametersSchema.describe(
      "The search space, in the shape of W&B's sweeps: a constant, or `value`, `values`, `min` and `max`, `distribution`.",
    ),
    repeats: z
      .union([
        repeatCount,
        z.strictObject({
          first: repeatCount.default(1).describe('Repeats that every setting runs.'),
          most: repeatCount.default(12).describe('Repeats that the best settings run.'),
        }),
      ])
      .prefault({})
      .describe(
        'A race: the better half of the settings runs more repeats, again and again. A number: every setting runs so many.',
      ),
    method: z
      .union([
        z.enum(['fit_first', 'grid']),
        z.strictObject({
          random: z
            .strictObject({ trials: z.int().min(1).max(100_000).describe('Number of settings to draw.') })
            .describe('Settings drawn at random.'),
        }),
      ])
      .default('fit_first')
      .describe(
        'fit_first: grow until the network fits, then tune dropout. grid: every combination. random: settings drawn at random.',
      ),
    fit_first: fitFirstSchema.optional(),
    checkpoint: z
      .enum(['best', 'last'])
      .default('best')
      .describe('Which epoch a trial is judged by: its best on validation, or its last.'),
    finish: z
      .strictObject({
        on: z
          .enum(['training', 'all'])
          .optional()
          .describe('The training part, or training and validation together (always so with folds).'),
      })
      .prefault({})
      .describe('The rows that the network is trained on that is handed over.'),
    retries: z
      .int()
      .min(0)
      .max(100)
      .default(1)
      .describe(
        'Further attempts at a trial that was ended by a signal, or exits with words not seen before.',
      ),
    max_failures: z
      .int()
      .min(1)
      .max(100_000)
      .default(10)
      .describe('Trials that may fail in a row before the run ends with exit code 4.'),
    budget: z
      .strictObject({
        hours: z
          .number()
          .gt(0)
          .max(500)
          .optional()
          .describe('Hours after which a run starts no further trial; those that run may finish.'),
        trials: z
          .int()
          .min(1)
          .max(10_000_000)
          .optional()
          .describe(
            'Trials that the campaign may have in all, counted in the order in which it asks for them.',
          ),
      })
      .prefault({})
      .describe(
        'Where to end before the conclusion, with the best so far. The same command goes on from there.',
      ),
    workers: z
      .union([z.literal('auto'), z.int().min(1).max(1024)])
      .default('auto')
      .describe(
        'Trials that run at once; `auto`: as many as this process may use cores. Results do not depend on it.',
      ),
  })
  .describe("A campaign: one search over one data set. Paths are relative to the config's own folder.");

export type ConfigInput = z.output<typeof configSchema>;
