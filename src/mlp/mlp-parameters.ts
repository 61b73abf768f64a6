import { z } from 'zod';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Parameters, ParameterValue } from '../campaign/parameters.js';
import type { DeclaredParameter, Task } from '../trainers/trainer-kind.js';

const width = z.int().min(1).max(65_536);
const share = z.number().min(0).max(0.99);

/** The parameters of the built-in trainer: type, range, default and meaning of each. Other names are errors. */
export const mlpParameters = z.strictObject({
  hidden: z
    .union([width, z.array(width).min(1).max(32)], {
      error: 'expected a whole number of units, or a list of such numbers, one a layer',
    })
    .default(32)
    .describe('Units of the hidden layers: one number for all layers, or a list with one number per layer.'),
  layers: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe('Number of hidden layers if `hidden` is a number. No effect if `hidden` is a list.'),
  dropout: share.default(0).meta({
    description:
      'Dropout rate of the hidden layers: the share of units dropped at each update, in training only.',
    off: 0,
  }),
  input_dropout: share.default(0).meta({
    description: 'Dropout rate of the inputs, in training only. Values above 0.25 are rarely useful.',
    off: 0,
  }),
  activation: z
    .enum(['relu', 'tanh', 'sigmoid'])
    .default('relu')
    .describe('Activation function of the hidden units.'),
  bias: z.boolean().default(true).describe('Whether units have a bias. Biases start at 0.'),
  init: z
    .union([z.enum(['he', 'glorot']), z.number().positive().max(100)], {
      error: 'expected he, glorot, or a number r > 0 for weights that are uniform in [-r, r)',
    })
    .default('he')
    .describe(
      'Distribution of the initial weights: `he` (normal, variance 2 / inputs), `glorot` (uniform, ' +
        'variance 2 / (inputs + outputs)), ' +
        'or a number r (uniform in [-r, r)).',
    ),
  parametrization: z
    .enum(['standard', 'mup'])
    .default('standard')
    .meta({
      description:
        'How initial weights and learning rates depend on the widths of hidden layers. standard: one learning rate ' +
        'for all layers. mup: maximal update parametrization, under which a learning rate that is good at one width ' +
        'is good at others. Both are equal if all hidden layers have 64 units.',
      neutral: 'standard',
    }),
  optimizer: z
    .enum(['adam', 'adamw', 'sgd'])
    .default('adam')
    .describe('Optimiser. `adamw` is Adam with decoupled weight decay.'),
  learning_rate: z
    .number()
    .positive()
    .max(1000)
    .default(0.001)
    .describe('Learning rate. With a schedule, its largest value.'),
  lr_schedule: z
    .enum(['constant', 'cosine', 'step', 'one_cycle'])
    .default('constant')
    .describe(
      'Learning rate schedule over the `epochs`. cosine: falls to 0. step: a tenth after half of the ' +
        'epochs, a hundredth ' +
        'after three quarters. one_cycle: rises from 1/25 during the first 30 %, then falls to nearly 0.',
    ),
  momentum: z.number().min(0).max(0.9999).default(0.9).describe('Momentum (sgd only).'),
  nesterov: z.boolean().default(false).describe('Whether momentum is Nesterov momentum (sgd only).'),
  weight_decay: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .meta({
      description:
        'Weight decay: weight_decay times the weight is added to the gradient. adamw subtracts learning_rate times ' +
        'weight_decay times the weight from the weight instead. Biases are not decayed.',
      off: 0,
    }),
  max_norm: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(0)
    .meta({
      description:
        "Max-norm: upper limit on the Euclidean norm of a hidden unit's incoming weights, enforced after " +
        'every update. 0 is off.',
      off: 0,
    }),
  batch_size: z
    .union([z.int().min(1).max(16_777_216), z.literal('full')], {
      error: 'expected a whole number of rows, or full',
    })
    .default(32)
    .describe(
      'Rows per update (minibatch size), or `full` for one update per epoch with all rows in file order.',
    ),
  precision: z
    .enum(['f32', 'f64'])
    .default('f32')
    .describe('Floating-point precision of training: f32 (single, faster) or f64 (double).'),
  epochs: z
    .int()
    .min(1)
    .max(100_000_000)
    .default(50)
    .describe('Passes over the training rows per trial. Schedules span this many.'),
  loss: z
    .enum(['cross_entropy', 'squared_error'])
    .optional()
    .meta({
      description:
        'What training minimises. cross_entropy: with softmax outputs. squared_error: half the squared error; ' +
        'in classification its outputs are sigmoid units, one for two classes, otherwise one per class. ' +
        'Default: cross_entropy for classification, squared_error (the only choice) for regression.',
      withNumbers: 'squared_error',
    }),
  loss_reduction: z
    .enum(['mean', 'sum'])
    .default('mean')
    .describe(
      'Whether the gradient of a minibatch is the mean or the sum over its rows. Reported losses are ' +
        'always means.',
    ),
  label_smoothing: z.number().min(0).max(0.99).default(0).meta({
    description:
      'Label smoothing: share of the target probability spread evenly over all classes, in training only.',
    off: 0,
    withNumbers: 0,
  }),
  class_weights: z
    .enum(['none', 'balanced'])
    .default('none')
    .meta({
      description:
        'balanced: each row is weighted by rows / (classes x rows of its class), in training only. ' +
        'Reported losses are unweighted.',
      withNumbers: 'none',
    }),
  patience: z
    .int()
    .min(0)
    .max(100_000_000)
    .default(0)
    .describe(
      'Early stopping: a trial ends after this many epochs without a better value of `metric`. 0 is off.',
    ),
  report_every: z
    .int()
    .min(1)
    .max(100_000_000)
    .default(1)
    .describe('Number of epochs between two measurements of the metrics. The last epoch is always measured.'),
});

/** The parameters of one trial, with all defaults filled in. */
export type MlpParameters = z.output<typeof mlpParameters>;

/**
 * Reads the parameters of one trial. Throws FitfirstError CONFIG_INVALID, one line a mistake, which a config
 * that was checked by the same schema cannot bring about.
 */
export function readMlpParameters(values: Parameters): MlpParameters {
  const result = mlpParameters.safeParse(values);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const where = issue.path.length === 0 ? 'the parameters' : `parameter "${issue.path.join('.')}"`;
    return `${where}: ${issue.message}`;
  });
  throw new FitfirstError('CONFIG_INVALID', lines.join('\n'));
}

/** What the declaration of a parameter says about it beyond its values, by `.meta()`. */
const metaSchema = z.object({
  description: z.string(),
  /** The value at which a regulariser does nothing. */
  off: z.number().optional(),
  /** The only value that a target of numbers allows; without it any value goes. */
  withNumbers: z.union([z.number(), z.string()]).optional(),
  /** For a parameter that version 0.1.0 did not have: the value with which training is the same as without it. */
  neutral: z.union([z.number(), z.string(), z.boolean()]).optional(),
});

/** The neutral values of later parameters, by name. */
export const neutralMlpParameters: Parameters = Object.fromEntries(
  Object.entries(mlpParameters.shape).flatMap(([name, field]) => {
    const { neutral } = metaSchema.parse(field.meta());
    return neutral === undefined ? [] : [[name, neutral]];
  }),
);

/** The parameters as every trainer declares them, in the order above. */
export const declaredMlpParameters: ReadonlyMap<string, DeclaredParameter> = new Map(
  Object.entries(mlpParameters.shape).map(([name, field]): [string, DeclaredParameter] => {
    const { description, off = null } = metaSchema.parse(field.meta());
    const schema: z.ZodType<ParameterValue> = field.unwrap();
    return [name, { schema, initial: field.parse(undefined) ?? null, off, description }];
  }),
);

/** Units of each hidden layer. */
export function hiddenWidths(parameters: Pick<MlpParameters, 'hidden' | 'layers'>): readonly number[] {
  const { hidden, layers } = parameters;
  return typeof hidden === 'number' ? new Array<number>(layers).fill(hidden) : hidden;
}

/**
 * How large a setting's network is: its number of weights and biases, given its inputs and outputs. Throws
 * FitfirstError CONFIG_INVALID on parameters that are not the trainer's.
 */
export function parameterCount(values: Parameters, inputs: number, outputs: number): number {
  const parameters = readMlpParameters(values);
  const bias = parameters.bias ? 1 : 0;
  let cost = 0;
  let before = inputs;
  for (const units of [...hiddenWidths(parameters), outputs]) {
    cost += (before + bias) * units;
    before = units;
  }
  return cost;
}

/** What a task forbids among some parameters, one sentence for each problem; empty where all is well. */
export function mlpTaskProblems(
  parameters: Readonly<Record<string, ParameterValue | undefined>>,
  task: Task,
): string[] {
  if (task === 'classification') return [];
  return Object.entries(mlpParameters.shape).flatMap(([name, field]) => {
    const { withNumbers } = metaSchema.parse(field.meta());
    const value = parameters[name];
    if (withNumbers === undefined || value === undefined || value === withNumbers) return [];
    const shown = typeof value === 'number' ? name : `${name}: ${value}`;
    const isDefault = field.parse(undefined) === withNumbers;
    const advice = isDefault ? 'Leave it out.' : `Leave ${name} out, or write ${withNumbers}.`;
    return [`${shown} needs classes, but the target is a number. ${advice}`];
  });
}
