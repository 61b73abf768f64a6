import { shift, softmax, targetFor } from '../../../src/mlp/activation.js';
import type { Output } from '../../../src/mlp/network-shape.js';
import { sigmoid } from '../../../src/numeric/elementary.js';

/** How the loss of training differs from the plain one. */
interface LossTerms {
  readonly labelSmoothing: number;
  readonly classWeights: Float64Array | null;
}

/**
 * The loss of one row in training. `sums` at `from` hold the row's output sums and are overwritten with the
 * loss's derivative by them, times `scale` and the weight of the row's class.
 */
export function lossAndDelta(
  output: Output,
  sums: Float64Array,
  from: number,
  outputs: number,
  target: number,
  terms: LossTerms,
  scale: number,
): number {
  const smoothing = terms.labelSmoothing;
  const weight = terms.classWeights?.[target] ?? 1;
  let loss = 0;
  if (output === 'softmax') {
    shift(sums, from, outputs);
    for (let k = 0; k < outputs; k++) {
      loss -= targetFor(output, outputs, target, k, smoothing) * (sums[from + k] as number);
    }
    loss += softmax(sums, from, outputs);
    for (let k = 0; k < outputs; k++) {
      const error = (sums[from + k] as number) - targetFor(output, outputs, target, k, smoothing);
      sums[from + k] = scale * weight * error;
    }
    return weight * loss;
  }
  for (let k = 0; k < outputs; k++) {
    const sum = sums[from + k] as number;
    const value = output === 'sigmoid' ? sigmoid(sum) : sum;
    const error = value - targetFor(output, outputs, target, k, smoothing);
    loss += 0.5 * error * error;
    sums[from + k] = scale * weight * error * (output === 'sigmoid' ? value * (1 - value) : 1);
  }
  return weight * loss;
}
