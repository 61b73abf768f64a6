import type { TrialSpec } from '../../campaign/trial.js';
import type { Dataset } from '../../data/dataset.js';
import type { TrainerCosts } from '../../trainers/resolved-trainer.js';
import { parameterCount, readMlpParameters } from '../mlp-parameters.js';

/** Operations that a row and an update cost besides those on weights; measured roughly. */
const ROW_OPERATIONS = 3_000;
const UPDATE_OPERATIONS = 10_000;

/** Numbers that are kept for each weight: itself, its gradient, and the optimiser's momentum or its two moments. */
const SGD_ARRAYS = 3;
const ADAM_ARRAYS = 4;

/** Bytes of a weight in a saved network, and in both exported files: binary and as text. */
const SAVED_WEIGHT_BYTES = 8;
const EXPORTED_WEIGHT_BYTES = 4 + 22;

/** What the networks of the built-in trainer cost on a data set. */
export function mlpCosts({ inputs, classes }: Pick<Dataset, 'inputs' | 'classes'>): TrainerCosts {
  const outputs = classes?.length ?? 1;
  const sizeOf = ({ parameters }: TrialSpec, rows: number) => {
    const { batch_size: batch, dropout } = readMlpParameters(parameters);
    const updates = batch === 'full' ? 1 : Math.ceil(rows / batch);
    return { weights: parameterCount(parameters, inputs, outputs), updates, drops: dropout > 0 };
  };
  return {
    size: (parameters) => parameterCount(parameters, inputs, outputs),
    trainingBytes: (parameters) => {
      const { precision, optimizer } = readMlpParameters(parameters);
      const bytes = precision === 'f32' ? 4 : 8;
      const arrays = optimizer === 'sgd' ? SGD_ARRAYS : ADAM_ARRAYS;
      return parameterCount(parameters, inputs, outputs) * bytes * arrays;
    },
    // Weights are drawn.
    once: ({ parameters }) => [parameterCount(parameters, inputs, outputs)],
    // Rows by themselves, updates of weights, and products, which dropout makes sparse.
    work: (spec, rows) => {
      const { weights, updates, drops } = sizeOf(spec, rows);
      return [rows, updates * weights, drops ? 0 : rows * weights, drops ? rows * weights : 0];
    },
    perEpoch: (spec, rows) => {
      const { weights, updates } = sizeOf(spec, rows);
      return rows * (6 * weights + ROW_OPERATIONS) + updates * (2 * weights + UPDATE_OPERATIONS);
    },
    savedBytes: (parameters) =>
      parameterCount(parameters, inputs, outputs) * (2 * SAVED_WEIGHT_BYTES + EXPORTED_WEIGHT_BYTES),
  };
}
