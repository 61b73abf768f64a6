import type { Activation } from '../../../src/mlp/network-shape.js';

/** The slope of the activation, told from its value before anything was dropped. */
export function slope(activation: Activation, value: number): number {
  switch (activation) {
    case 'relu':
      return value > 0 ? 1 : 0;
    case 'tanh':
      return 1 - value * value;
    case 'sigmoid':
      return value * (1 - value);
    default:
      return activation satisfies never;
  }
}
