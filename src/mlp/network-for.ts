import type { Dataset } from '../data/dataset.js';
import type { EngineOptions } from './engine.js';
import { hiddenWidths, type MlpParameters } from './mlp-parameters.js';
import { layerPlaces, type NetworkShape } from './network-shape.js';
import { rateFactors } from './parametrization.js';

/** The network that parameters ask for on a data set. */
export function shapeFor(
  parameters: MlpParameters,
  dataset: Pick<Dataset, 'inputs' | 'classes'>,
): NetworkShape {
  const { activation, bias, loss } = parameters;
  const shape = { inputs: dataset.inputs, hidden: hiddenWidths(parameters), activation, bias };
  if (dataset.classes === null) return { ...shape, outputs: 1, output: 'identity' };
  const classes = dataset.classes.length;
  return loss === 'squared_error'
    ? { ...shape, outputs: classes === 2 ? 1 : classes, output: 'sigmoid' }
    : { ...shape, outputs: classes, output: 'softmax' };
}

/** What an engine is built for, given the targets of the rows that it will train on. */
export function engineOptionsFor(
  parameters: MlpParameters,
  shape: NetworkShape,
  classes: number | null,
  targets: Float64Array,
): EngineOptions {
  const { momentum, nesterov, optimizer, parametrization } = parameters;
  const rows = targets.length;
  return {
    shape,
    precision: parameters.precision,
    batchSize: parameters.batch_size === 'full' ? rows : Math.min(parameters.batch_size, rows),
    optimizer: optimizer === 'sgd' ? { kind: 'sgd', momentum, nesterov } : { kind: optimizer },
    rateFactors: rateFactors(parametrization, layerPlaces(shape), optimizer),
    weightDecay: parameters.weight_decay,
    maxNorm: parameters.max_norm,
    dropout: parameters.dropout,
    inputDropout: parameters.input_dropout,
    reduction: parameters.loss_reduction,
    labelSmoothing: parameters.label_smoothing,
    classWeights:
      classes === null || parameters.class_weights === 'none' ? null : balancedWeights(targets, classes),
  };
}

/** rows / (classes x rows of the class): every class counts as much as any other; 0 for one without rows. */
function balancedWeights(targets: Float64Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const target of targets) counts[target] = (counts[target] as number) + 1;
  return counts.map((count) => (count === 0 ? 0 : targets.length / (classes * count)));
}
