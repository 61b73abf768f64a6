import type { Activation, OutputLoss } from '../kernel/network-options.js';

export type { Activation } from '../kernel/network-options.js';

/**
 * What stands at the end of a network. It goes with the loss:
 * - `softmax`: probabilities of the classes, cross-entropy;
 * - `sigmoid`: half the summed squared error to targets of 0 and 1; one output for two classes (the
 *   probability of the second), else one a class;
 * - `identity`: the standardised value, half the squared error.
 */
export type Output = 'softmax' | 'sigmoid' | 'identity';

/** Whether numbers have 32 or 64 bits; sums of losses always have 64. */
export type Precision = 'f32' | 'f64';

/** The form of a fully connected network. */
export interface NetworkShape {
  readonly inputs: number;
  /** Units of each hidden layer, from the inputs on; at least one layer. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  readonly output: Output;
  readonly bias: boolean;
}

/** The kernel's name for what stands at the end, and for the loss that goes with it. */
export function outputLoss(output: Output): OutputLoss {
  switch (output) {
    case 'softmax':
      return { output, loss: 'cross_entropy' };
    case 'sigmoid':
    case 'identity':
      return { output, loss: 'squared_error' };
    default:
      return output satisfies never;
  }
}

/** Where the weights of one layer stand in the flat array of all weights. */
export interface LayerPlace {
  readonly inputs: number;
  readonly outputs: number;
  /** Start of the weights, row-major: the weight from input i to output j at `weights + i * outputs + j`. */
  readonly weights: number;
  /** Start of the biases, after the weights; null without. */
  readonly biases: number | null;
  /** First place after the layer. */
  readonly end: number;
}

/**
 * The layers of a network in its flat array of weights, the order in which weights are kept everywhere:
 * layer after layer, in each the weights (inputs x outputs, row-major), then the biases where it has any.
 */
export function layerPlaces(shape: NetworkShape): readonly LayerPlace[] {
  const places: LayerPlace[] = [];
  let inputs = shape.inputs;
  let weights = 0;
  for (const outputs of [...shape.hidden, shape.outputs]) {
    const after = weights + inputs * outputs;
    const end = shape.bias ? after + outputs : after;
    places.push({ inputs, outputs, weights, biases: shape.bias ? after : null, end });
    inputs = outputs;
    weights = end;
  }
  return places;
}

/** Number of weights and biases. */
export function weightCount(shape: NetworkShape): number {
  return layerPlaces(shape).at(-1)?.end ?? 0;
}
