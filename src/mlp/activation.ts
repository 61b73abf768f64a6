import { sigmoid, tanh } from '../numeric/elementary.js';
import type { Activation } from './network-shape.js';

/** Turns the first `count` sums into activations, in place. NaN stays NaN under every activation. */
export function activate(activation: Activation, values: Float64Array, count: number): void {
  switch (activation) {
    case 'relu':
      for (let k = 0; k < count; k++) if ((values[k] as number) < 0) values[k] = 0;
      return;
    case 'tanh':
      for (let k = 0; k < count; k++) values[k] = tanh(values[k] as number);
      return;
    case 'sigmoid':
      for (let k = 0; k < count; k++) values[k] = sigmoid(values[k] as number);
      return;
    default:
      activation satisfies never;
  }
}
