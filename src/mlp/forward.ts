import { createNetworkKernel } from '../kernel/create-network-kernel.js';
import type { Kernel } from '../kernel/kernel.js';
import type { NetworkKernel } from '../kernel/network-kernel.js';
import type { RowSet } from '../kernel/row-set.js';
import { activate } from './activation.js';
import { layerPlaces, type NetworkShape, type Precision } from './network-shape.js';

/** Rows that the kernel works on at a time. */
const BATCH_ROWS = 128;
/** Rows of a part that are predicted at a time. */
const ROWS_OF_PART = 256;

/** A network that is done with training. */
export interface TrainedWeights {
  readonly shape: NetworkShape;
  readonly precision: Precision;
  /** In the order of `layerPlaces`. */
  readonly weights: Float64Array;
}

/**
 * The sums of a network's outputs for rows, with nothing dropped, in the network's precision: rows x outputs.
 * `answer` makes of them what the network says.
 */
export function logits(kernel: Kernel, network: TrainedWeights, rows: RowSet): Float64Array {
  return sums(kernel, network, rows);
}

/**
 * The like for one part of a table after another, any number of rows each: the kernel is made once, and the memory
 * that it works in does not wait for the garbage collector part after part.
 */
export function logitsByParts(
  kernel: Kernel,
  network: TrainedWeights,
  preparation: RowSet['preparation'],
): (x: Float64Array) => Float64Array {
  const { inputs, outputs } = network.shape;
  const table = new Float64Array(ROWS_OF_PART * inputs);
  let instance: NetworkKernel<'rows'> | null = null;
  return (x) => {
    const answers = new Float64Array((x.length / inputs) * outputs);
    for (let from = 0; from * inputs < x.length; from += ROWS_OF_PART) {
      const some = x.subarray(from * inputs, (from + ROWS_OF_PART) * inputs);
      table.set(some);
      // Made when there are rows to look at: how many of their inputs are zero decides how it goes by them.
      instance ??= kernelFor(kernel, network, {
        table,
        rows: null,
        preparation,
        targets: null,
        weights: null,
      });
      const values = instance.predict('rows', () => false) ?? new Float64Array(0);
      answers.set(values.subarray(0, (some.length / inputs) * outputs), from * outputs);
    }
    return answers;
  };
}

/** The activations of a hidden layer, counted from 0, for rows, with nothing dropped: rows x units. */
export function hiddenLayer(
  kernel: Kernel,
  { shape, precision, weights }: TrainedWeights,
  rows: RowSet,
  layer = 0,
): Float64Array {
  const place = layerPlaces(shape)[layer];
  if (place === undefined) throw new RangeError('a network does not have this layer');
  const upTo = { ...shape, hidden: shape.hidden.slice(0, layer), outputs: place.outputs };
  const values = sums(kernel, { shape: upTo, precision, weights: weights.subarray(0, place.end) }, rows);
  activate(shape.activation, values, values.length);
  return values;
}

/**
 * A kernel without a function at its end gives sums, from which double precision can tell losses that are too
 * large for the logarithm of a probability.
 */
function sums(kernel: Kernel, network: TrainedWeights, rows: RowSet): Float64Array {
  return kernelFor(kernel, network, rows).predict('rows', () => false) ?? new Float64Array(0);
}

function kernelFor(
  kernel: Kernel,
  { shape, precision, weights }: TrainedWeights,
  rows: RowSet,
): NetworkKernel<'rows'> {
  const { inputs, hidden, outputs, activation, bias } = shape;
  const network = createNetworkKernel(
    kernel,
    {
      precision,
      inputs,
      hidden,
      outputs,
      activation,
      bias,
      output: 'identity',
      loss: 'squared_error',
      optimizer: null,
      batchSize: BATCH_ROWS,
      reduction: 'mean',
      weightDecay: 0,
      maxNorm: 0,
      dropout: 0,
      inputDropout: 0,
      labelSmoothing: 0,
      // Every row is seen once.
      residentBytes: 0,
    },
    // Targets are those of the whole network, whose outputs these need not be.
    { rows: { ...rows, targets: null } },
  );
  network.start(weights);
  return network;
}
