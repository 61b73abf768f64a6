import { createNetworkKernel } from '../../kernel/network-kernel.js';
import type { RowSet } from '../../kernel/row-set.js';
import { activate } from './activation.js';
import { layerPlaces, type NetworkShape, type Precision } from './network-shape.js';

/** Rows that the kernel works on at a time. */
const BATCH_ROWS = 128;

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
export function outputSums(kernel: WebAssembly.Module, network: TrainedWeights, rows: RowSet): Float64Array {
  return sums(kernel, network, rows);
}

/** The activations of the first hidden layer for rows, with nothing dropped: rows x units. */
export function firstHiddenLayer(
  kernel: WebAssembly.Module,
  { shape, precision, weights }: TrainedWeights,
  rows: RowSet,
): Float64Array {
  const [first] = layerPlaces(shape);
  if (first === undefined) throw new RangeError('a network without layers has no hidden one');
  const alone = { ...shape, hidden: [], outputs: first.outputs };
  const values = sums(kernel, { shape: alone, precision, weights: weights.subarray(0, first.end) }, rows);
  activate(shape.activation, values, values.length);
  return values;
}

/**
 * A kernel without a function at its end gives sums, from which double precision can tell losses that are too
 * large for the logarithm of a probability.
 */
function sums(
  kernel: WebAssembly.Module,
  { shape, precision, weights }: TrainedWeights,
  rows: RowSet,
): Float64Array {
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
  return network.predict('rows', () => false) ?? new Float64Array(0);
}
