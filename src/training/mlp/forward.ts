import { activate } from './activation.js';
import { multiply } from './multiply.js';
import { layerPlaces, type NetworkShape } from './network-shape.js';

/** The rows that are worked on at a time, so that wide layers need little room. */
const BLOCK_ROWS = 256;

/**
 * The sums of a network's outputs for prepared inputs (rows x inputs), with nothing dropped, in double
 * precision: rows x outputs. `answer` makes of them what the network says.
 */
export function outputSums(shape: NetworkShape, weights: Float64Array, inputs: Float64Array): Float64Array {
  return throughLayers(shape, weights, inputs, shape.hidden.length + 1);
}

/** The activations of the first hidden layer for prepared inputs, with nothing dropped: rows x units. */
export function firstHiddenLayer(
  shape: NetworkShape,
  weights: Float64Array,
  inputs: Float64Array,
): Float64Array {
  return throughLayers(shape, weights, inputs, 1);
}

function throughLayers(
  shape: NetworkShape,
  weights: Float64Array,
  inputs: Float64Array,
  layers: number,
): Float64Array {
  const rows = inputs.length / shape.inputs;
  const places = layerPlaces(shape).slice(0, layers);
  const buffers = places.map((place) => new Float64Array(BLOCK_ROWS * place.outputs));
  const width = places.at(-1)?.outputs ?? 0;
  const result = new Float64Array(rows * width);
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - from);
    let x = inputs.subarray(from * shape.inputs, (from + count) * shape.inputs);
    places.forEach((place, layer) => {
      const to = buffers[layer] as Float64Array;
      const biases = place.biases === null ? null : weights.subarray(place.biases, place.end);
      multiply(x, count, place.inputs, weights.subarray(place.weights), biases, to, place.outputs);
      if (layer < shape.hidden.length) activate(shape.activation, to, count * place.outputs);
      x = to;
    });
    result.set(x.subarray(0, count * width), from * width);
  }
  return result;
}
