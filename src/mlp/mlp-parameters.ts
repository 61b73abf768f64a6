import { z } from 'zod';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Parameters, ParameterValue } from '../campaign/parameters.js';

const width = z.int().min(1).max(65_536);
const share = z.number().min(0).max(0.99);

/** The parameters of the built-in trainer: type, range, default and meaning of each. Other names are errors. */
export const mlpParameters = z.strictObject({
  hidden: z
    .union([width, z.array(width).min(1).max(32)], {
      error: 'expected a whole number of units, or a list of such numbers, one a layer',
    })
    .default(32)
    .describe('Units of each hidden layer: a number, or a list with one number a layer.'),
  layers: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe('Number of hidden layers where `hidden` is a number; without effect where it is a list.'),
  dropout: share
    .default(0)
    .describe('Share of the units that are dropped in every hidden layer, in training only.'),
  input_dropout: share
    .default(0)
    .describe('Share of the inputs that are dropped, in training only; 0.25 at most is a good rule.'),
  activation: z
    .enum(['relu', 'tanh', 'sigmoid'])
    .default('relu')
    .describe('What a hidden unit does with the sum of its inputs.'),
  bias: z.boolean().default(true).describe('Whether units have a bias; it starts at 0.'),
  init: z
    .union([z.enum(['he', 'glorot']), z.number().positive().max(100)], {
      error: 'expected he, glorot, or a number r > 0 for weights that are uniform in [-r, r)',
    })
    .default('he')
    .describe(
      'How weights start: `he` (normal, variance 2 / inputs), `glorot` (uniform, variance 2 / (inputs + outputs)), ' +
        'or a number r: uniform in [-r, r).',
    ),
  optimizer: z
    .enum(['adam', 'adamw', 'sgd'])
    .default('adam')
    .describe('How weights follow the gradient; `adamw` is adam with weight decay apart from the gradient.'),
  learning_rate: z
    .number()
    .positive()
    .max(1000)
    .default(0.001)
    .describe('Size of a step; with a schedule its largest value.'),
  lr_schedule: z
    .enum(['constant', 'cosine', 'step', 'one_cycle'])
    .default('constant')
    .describe(
      'The learning rate over the `epochs`: constant; cosine, down to 0; step, a tenth after half of them and a hundredth ' +
        'after three quarters; one_cycle, up from 1/25 in the first 30 % and down to nearly 0.',
    ),
  momentum: z
    .number()
    .min(0)
    .max(0.9999)
    .default(0.9)
    .describe('How much of the last step goes into the next; sgd only.'),
  nesterov: z.boolean().default(false).describe('Whether momentum looks ahead (Nesterov); sgd only.'),
  weight_decay: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'Pull of weights towards 0: w times this is added to the gradient, with adamw taken off the weight apart from it. ' +
        'Biases are left alone.',
    ),
  max_norm: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe("Bound on the length of a hidden unit's incoming weights, kept after every update; 0 is off."),
  batch_size: z
    .union([z.int().min(1).max(16_777_216), z.literal('full')], {
      error: 'expected a whole number of rows, or full',
    })
    .default(32)
    .describe('Rows of an update, or `full` for all rows, in their own order, in one update an epoch.'),
  precision: z
    .enum(['f32', 'f64'])
    .default('f32')
    .describe('Size of the numbers that training computes with: f32, the faster, or f64.'),
  epochs: z
    .int()
    .min(1)
    .max(100_000_000)
    .default(50)
    .describe('Passes over the training rows: the budget of a trial and the horizon of schedules.'),
  loss: z
    .enum(['cross_entropy', 'squared_error'])
    .optional()
    .describe(
      'What training minimises: `cross_entropy` over softmax outputs, the default for classes, or half the squared error, ' +
        'the only one for numbers. With classes the latter takes sigmoid outputs: one for two classes, else one a class.',
    ),
  loss_reduction: z
    .enum(['mean', 'sum'])
    .default('mean')
    .describe(
      'Whether the gradient of a batch is the mean or the sum of its rows. Reported losses are means.',
    ),
  label_smoothing: z
    .number()
    .min(0)
    .max(0.99)
    .default(0)
    .describe('Share of the target that is spread evenly over all classes, in training only.'),
  class_weights: z
    .enum(['none', 'balanced'])
    .default('none')
    .describe(
      'With `balanced` a row counts as rows / (classes x rows of its class), in training only; losses are reported without.',
    ),
  patience: z
    .int()
    .min(0)
    .max(100_000_000)
    .default(0)
    .describe('Ends a trial after so many epochs without a better value of the metric; 0 is off.'),
  report_every: z
    .int()
    .min(1)
    .max(100_000_000)
    .default(1)
    .describe('Measures and reports every so many epochs, and after the last.'),
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

const offValues: Readonly<Record<string, ParameterValue>> = {
  dropout: 0,
  input_dropout: 0,
  weight_decay: 0,
  max_norm: 0,
  label_smoothing: 0,
};

/** The value at which a regulariser does nothing; null for parameters that are no regulariser. */
export function offValue(name: string): ParameterValue | null {
  return Object.hasOwn(offValues, name) ? (offValues[name] ?? null) : null;
}

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

/** What a task forbids among the parameters, one sentence a mistake; empty where all is well. */
export function mlpTaskProblems(
  parameters: Pick<MlpParameters, 'loss' | 'label_smoothing' | 'class_weights'>,
  task: 'classification' | 'regression',
): string[] {
  if (task === 'classification') return [];
  const problems: string[] = [];
  const needsClasses = 'needs classes, but the target is a number';
  if (parameters.loss === 'cross_entropy') {
    problems.push(`loss: cross_entropy ${needsClasses}. Leave loss out, or write squared_error.`);
  }
  if (parameters.label_smoothing > 0) problems.push(`label_smoothing ${needsClasses}. Leave it out.`);
  if (parameters.class_weights !== 'none')
    problems.push(`class_weights: balanced ${needsClasses}. Leave it out.`);
  return problems;
}
