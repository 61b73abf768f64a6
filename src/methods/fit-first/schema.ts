import { z } from 'zod';
import { epochsSchema } from './epochs-schema.js';
import { growthShape } from './growth/growth-schema.js';

const trials = z.int().min(1).max(100_000).describe('Number of draws per size.');

/** The section `fit_first`. */
export const fitFirstSchema = z
  .strictObject({
    grow: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2)])
      .describe(
        'The parameter that grows, usually `hidden`. Its values are tried in ascending order. With two, as in ' +
          '[hidden, layers], the first grows first, and the second grows by one value where larger sizes of the ' +
          'first stop improving the training metric.',
      ),
    dropout: z
      .array(z.string().min(1))
      .min(1)
      .describe(
        'Parameters that are off while the network grows and are tuned afterwards, usually [dropout] or ' +
          '[dropout, input_dropout].',
      ),
    fit: z
      .strictObject({
        metric: z
          .string()
          .optional()
          .describe(
            'The training metric that decides whether a network fits. Default: train_accuracy, or ' +
              'train_r2 for regression.',
          ),
        reach: z
          .union([z.literal('best_possible'), z.literal('plateau'), z.number()])
          .default('best_possible')
          .describe(
            'The value to reach. `best_possible` is the fit ceiling: the best value that any network can reach, ' +
              'which is below 1 if rows have equal inputs but different targets (for regression 0.95 times the ' +
              'ceiling). Or give a number. `plateau`: as `best_possible`, but if growth reaches a ' +
              'plateau before, the ' +
              'smallest size within one standard error of the best counts as fitted.',
          ),
        repeats: z.int().min(1).max(1000).default(2).describe('Repeats of each setting at each size.'),
        least_repeats: z
          .int()
          .min(1)
          .max(1000)
          .optional()
          .describe(
            'Repeats on which each setting runs even if it can no longer fit. With two of them the standard error of ' +
              'the training metric is known, which a plateau is judged by. Default: 2, or `repeats` if that is 1.',
          ),
        failed: z
          .enum(['missing', 'unfit'])
          .default('missing')
          .describe(
            'How a failed trial counts. missing: neither for nor against the size. unfit: as a repeat ' +
              'that does not fit.',
          ),
      })
      .prefault({})
      .describe('When a network counts as fitted.'),
    quorum: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe(
        "Share of a setting's repeats that must fit, so that the setting counts as fitted. Default: more than half.",
      ),
    search: z
      .union([
        z.literal('grid'),
        z.strictObject({ method: z.literal('grid').describe('Every combination.') }),
        z.strictObject({
          method: z.literal('random').describe('Random draws, the same ones at every size.'),
          trials,
        }),
        z.strictObject({
          method: z
            .literal('sobol')
            .describe('Points that fill the space evenly, the same ones at every size.'),
          trials,
        }),
      ])
      .optional()
      .describe(
        'How the remaining parameters, neither grown nor under `dropout`, are searched at each size. ' +
          'Default: grid if all these parameters have listed values, otherwise 6 random draws.',
      ),
    ...growthShape,
    strict: z
      .boolean()
      .default(false)
      .describe(
        'If true, the advice to the letter: growth ends at the first size that fits, and dropout is tuned at that ' +
          'size. No larger sizes, and no `widen`, `between` or `above`.',
      ),
    retune: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Parameters that are tuned again together with dropout, because their best values may change with ' +
          'it. Default: the learning rate (learning_rate, lr, eta, alpha, step_size and similar names), if it ' +
          'has more than one value.',
      ),
    epochs: epochsSchema,
    confirm: z
      .int()
      .min(0)
      .max(1000)
      .default(5)
      .describe(
        'Number of fresh repeats on which the finalists run, and of further ones that measure the gain. 0 skips ' +
          'both stages: the winner of the race is chosen, and no gain is measured.',
      ),
    choose: z
      .enum(['best', 'simplest', 'search'])
      .default('best')
      .describe(
        'Which finalist becomes the chosen setting. best: the finalist that is best on fresh repeats. simplest: the ' +
          'one with the fewest weights among the best and its ties. search: the winner of the race, even if ' +
          'another finalist is better on the fresh repeats.',
      ),
    widen: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A dropout rate of the hidden layers, usually `dropout`: at rate p the race also contains networks with ' +
          'n / (1 - p) units, so that n units stay active on average.',
      ),
    raise: z
      .string()
      .min(1)
      .optional()
      .describe(
        'With `widen`: a parameter, usually the learning rate, that is divided by 1 - p in the wider networks, ' +
          'because dropout needs larger rates.',
      ),
    dropout_beyond: z
      .boolean()
      .default(false)
      .describe(
        'If true and the largest listed value under `dropout` is the best of the race, larger values are raced, too: ' +
          'after [0, 0.2, 0.35, 0.5] that is 0.65 and 0.8, up to 0.95.',
      ),
    between: z
      .boolean()
      .default(false)
      .describe('If true, the race over dropout also has the sizes between the fitted and the grown size.'),
    above: z
      .int()
      .min(0)
      .max(8)
      .optional()
      .describe(
        'Number of sizes above the grown one that the race over dropout also has. Dropout takes units away, so the ' +
          'best size with dropout is often larger than the best without. Default: 2; 0 with `strict: true` and ' +
          'with your own trainer.',
      ),
    if_nothing_fits: z
      .enum(['continue', 'stop'])
      .default('continue')
      .describe('If no size fits: continue with the best one, or stop with exit code 3.'),
  })
  .describe('Options of `method: fit_first`.');

const scalar = z.union([z.number(), z.string(), z.boolean()]);
const parameterValue = z.union([scalar, z.array(scalar).min(1)]);

const fitShape = fitFirstSchema.shape.fit.unwrap().shape;

/** The section `fit_first` where trials may cost hours: one repeat, and nothing is known of the parameters. */
export const externalFitFirstSchema = z
  .strictObject({
    ...fitFirstSchema.shape,
    off: z
      .record(z.string(), parameterValue)
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
        'Number of fresh repeats on which the finalists run, and of further ones that measure the gain. 0 skips ' +
          'both stages: the winner of the race is chosen, and no gain is measured.',
      ),
  })
  .describe('Options of `method: fit_first`.');

/** The options as they are written, with defaults. */
export type FitFirstInput = z.output<typeof fitFirstSchema> | z.output<typeof externalFitFirstSchema>;

/** What `grow` names: the sizes, and the depth where that grows, too. */
export function grownNames(grow: string | readonly string[]): { grow: string; depth: string | null } {
  const [first = '', second = null] = typeof grow === 'string' ? [grow] : grow;
  return { grow: first, depth: second };
}

/** The options with one name for the sizes and one for the depth. */
export type GrowInput = FitFirstInput & { readonly grow: string; readonly depth: string | null };
