import { z } from 'zod';
import { formatList } from '../../text/list.js';
import type { TrainerKind } from '../../trainers/trainer-kind.js';
import type { ConfigKinds } from '../config-kinds.js';
import { dataSchema } from './data-schema.js';
import { executorSchema } from './executor-schema.js';
import { methodShape } from './method-schema.js';
import { outletsSchema } from './outlets-schema.js';
import { declaredParametersSchema, freeParametersSchema, plainValue } from './parameter-schema.js';
import { stopEarlySchema } from './stop-early-schema.js';

const expectedName =
  'expected 1 to 80 characters without / and \\ and control characters, no dot or space at either end';

/** A name that is safe as the name of a folder. */
export const nameSchema = z
  .string()
  .min(1, { error: expectedName })
  .max(80, { error: expectedName })
  .regex(/^(?![. ])[^/\\\p{Cc}]*(?<![. ])$/u, { error: expectedName });

const repeatCount = z.int().min(1).max(1000);

const metricGoal = z.enum(['minimize', 'maximize']).optional();
const objectives = z
  .array(
    z.strictObject({
      name: z
        .string()
        .min(1)
        .describe('A metric, or a cost of the built-in network: `weights` or `multiply_adds`.'),
      goal: metricGoal.describe('Which direction is better. Default: follows from the name.'),
    }),
  )
  .min(1)
  .max(4)
  .optional()
  .describe(
    'Further objectives, for grid, random, sobol and tpe. The search looks for the Pareto front: the settings that ' +
      'no other setting beats in one objective without being worse in another. The one with the best metric is chosen.',
  );
const metricDefault = { name: 'val_loss' };
const metricDescription = 'The metric that the campaign optimises. Default: val_loss.';

/** The section `metric` for a trainer that declares what it reports. */
const declaredMetricSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .describe(
        '`train_`, `val_` or `test_` followed by loss, accuracy, balanced_accuracy, f1, roc_auc or ' +
          'brier (classification), or by loss, rmse, mae or r2 (regression).',
      ),
    goal: metricGoal.describe('Which direction is better. Default: follows from the name.'),
    objectives,
  })
  .prefault(metricDefault)
  .describe(metricDescription);

/** The section `metric` for a trainer that reports what it likes. */
const freeMetricSchema = z
  .strictObject({
    name: z.string().min(1).describe('A metric that your trainer reports.'),
    goal: metricGoal.describe(
      'Which direction is better. Default: follows from the name if fitfirst knows it, as in val_loss.',
    ),
    objectives,
  })
  .prefault(metricDefault)
  .describe(metricDescription);

const raceSchema = z
  .union([
    repeatCount,
    z.strictObject({
      first: repeatCount.default(1).describe('Repeats that every setting runs in the first round.'),
      most: repeatCount.default(12).describe('Repeats that the best settings have run after the last round.'),
      eliminate: z
        .enum(['halving', 'paired'])
        .default('halving')
        .describe(
          'Which settings leave the race after a round. halving: the worse half; the others go on to twice as many ' +
            'repeats. paired: those that are worse than the best by paired tests (Friedman and Wilcoxon, as in ' +
            'irace); the others go on to one more repeat.',
        ),
      first_test: z
        .int()
        .min(2)
        .max(1000)
        .optional()
        .describe(
          'With `eliminate: paired`: the number of repeats that every setting runs before the first test. Default: 5.',
        ),
    }),
  ])
  .prefault({})
  .describe(
    'Repeats per setting. `{first, most}` is a race: after each round the better settings go on to more ' +
      'repeats. A number gives every setting the same number of repeats.',
  );

/** The section `trainer`: one of the words, or one of the mappings, as the kind that is meant is. */
function trainerSchema(kind: TrainerKind, { trainers }: ConfigKinds) {
  const examples = trainers.map(({ example }) => example);
  if (kind.isMapping) {
    const mappings = trainers.filter(({ isMapping }) => isMapping);
    return z
      .union(mappings.map(({ schema }) => schema))
      .describe(`Your own trainer: ${mappings.map(({ example }) => example).join(', or ')}.`);
  }
  const words = trainers.filter(({ isMapping }) => !isMapping).map((one) => one.kind);
  return z
    .enum(words, { error: `expected ${formatList(examples, 'or')}` })
    .default(kind.kind)
    .describe('What trains the network. `mlp` is the built-in one.');
}

/**
 * A campaign's config file with a trainer of this kind. Values that are left out take the defaults here; what cannot be
 * left out has none.
 */
export function createConfigSchema(kind: TrainerKind, kinds: ConfigKinds) {
  return z
    .strictObject({
      $schema: z.string().optional().describe('Location of the JSON Schema, for editors.'),
      name: nameSchema
        .optional()
        .describe(
          'Name of the campaign and of its folder in results/. Default: the name of the config file.',
        ),
      seed: z
        .int()
        .min(0)
        .default(1)
        .describe(
          'Seed of all randomness: splits, initial weights, shuffles, dropout masks and random draws.',
        ),
      data: kind.needsData ? dataSchema : dataSchema.optional(),
      trainer: trainerSchema(kind, kinds),
      metric: kind.metrics === null ? freeMetricSchema : declaredMetricSchema,
      parameters: kind.parameters === null ? freeParametersSchema : declaredParametersSchema(kind.parameters),
      where: z
        .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
        .optional()
        .describe(
          'What settings have to satisfy: an expression of parameters, or a list of them. It has numbers, texts in ' +
            'quotes, + - * / %, comparisons, in, and, or, not, parentheses, min, max, abs, sum and length. If ' +
            'a parameter of an expression is not active in a setting, the expression counts as true there.',
        ),
      enqueue: z
        .array(z.record(z.string().min(1), plainValue))
        .min(1)
        .max(10_000)
        .optional()
        .describe(
          'Settings that run first, each a mapping from parameters to values. Parameters that it leaves out ' +
            'are drawn. For grid, random, sobol and tpe.',
        ),
      stop: z
        .strictObject({
          no_improvement: z
            .int()
            .min(1)
            .optional()
            .describe('Ends the search when this many settings in a row are no better than the best before.'),
          target: z
            .number()
            .optional()
            .describe(
              'Ends the search when the mean of a setting over the first repeats reaches this value.',
            ),
        })
        .optional()
        .describe(
          'Ends the search early, in the order in which settings are asked for. Up to 8 of them run at once. ' +
            'For grid, random, sobol and tpe.',
        ),
      repeats: kind.isCheap
        ? raceSchema
        : raceSchema
            .unwrap()
            .default(1)
            .describe('Repeats per setting, or {first: 1, most: 4} for a race. Default: 1.'),
      ...methodShape(kinds.methods, kind),
      stop_early: stopEarlySchema,
      confirm: z
        .int()
        .min(0)
        .max(1000)
        .optional()
        .describe(
          'Number of fresh repeats on which the finalists (the best settings of the search) run. The best ' +
            'finalist on these repeats is chosen. For all methods but fit_first, which has `fit_first.confirm`. 0: ' +
            'the best of the search is chosen. Default: 5 for the built-in network if `repeats` is a race, ' +
            'otherwise 0.',
        ),
      checkpoint: z
        .enum(['best', 'last'])
        .default('best')
        .describe('The epoch that gives a trial its score: the best one on validation, or the last one.'),
      finish: z
        .strictObject({
          on: z
            .enum(['training', 'all'])
            .optional()
            .describe(
              '`training`: the training part. `all`: training and validation part together. Default: ' +
                'all for the built-in network (never the test part), ' +
                'training for your own trainer. ' +
                'With folds always all.',
            ),
          networks: z
            .int()
            .min(1)
            .max(100)
            .default(1)
            .describe(
              'How many networks of the chosen setting are trained and handed over as one. A committee of 5 predicts ' +
                'the mean of what its 5 networks predict. Only for the built-in network, and with on: all.',
            ),
        })
        .prefault({})
        .describe('How the final network is trained.'),
      retries: z
        .int()
        .min(0)
        .max(100)
        .default(1)
        .describe(
          'How often a trial is tried again after a signal killed it, or after it exited with an error ' +
            'message that did not occur before.',
        ),
      max_failures: z
        .int()
        .min(1)
        .max(100_000)
        .default(10)
        .describe('The run ends with exit code 4 after this many failed trials in a row.'),
      budget: z
        .strictObject({
          hours: z
            .number()
            .gt(0)
            .max(500)
            .optional()
            .describe('After this many hours a run starts no more trials. Running trials finish.'),
          trials: z
            .int()
            .min(1)
            .max(10_000_000)
            .optional()
            .describe(
              'Maximum number of trials of the campaign, in the order in which the method asks for them.',
            ),
        })
        .prefault({})
        .describe(
          'Pauses the campaign early, with the best setting so far. The same command continues it once ' +
            'the budget is raised or removed.',
        ),
      workers: z
        .union([z.literal('auto'), z.int().min(1).max(1024)])
        .default('auto')
        .describe(
          'Number of trials that run at the same time. `auto`: one per available core. Results do not ' +
            'depend on it.',
        ),
      executor: executorSchema(kinds.executors),
      outlets: outletsSchema(kinds.outlets),
    })
    .describe(
      kind.label === null
        ? "A campaign: one search on one data set. Paths are relative to the config's folder."
        : "A campaign with your own trainer. Paths are relative to the config's folder.",
    );
}

export type ConfigInput = z.output<ReturnType<typeof createConfigSchema>>;
