import { addProduct } from './add-product.js';

/**
 * The two products of the way back through a fully connected layer, over a block of rows. All arrays are
 * row-major. Sums run in the order of the rows, so that the size of a block changes no bit.
 */

/** gradient[i, j] += sum over r of x[r, i] * deltas[r, j], and likewise for biases, whose x is 1. */
export function addGradient(
  x: Float64Array,
  rows: number,
  inputs: number,
  deltas: Float64Array,
  outputs: number,
  gradient: Float64Array,
  biasGradient: Float64Array | null,
): void {
  addProduct(x, inputs, 1, rows, inputs, deltas, gradient, outputs);
  if (biasGradient === null) return;
  for (let r = 0; r < rows; r++) {
    const from = r * outputs;
    for (let j = 0; j < outputs; j++) {
      biasGradient[j] = (biasGradient[j] as number) + (deltas[from + j] as number);
    }
  }
}

/**
 * before[r, i] = slopes[r, i] * sum over j of weights[i, j] * deltas[r, j]; what has no slope (dropped, or
 * not active) is not summed.
 */
export function multiplyBack(
  deltas: Float64Array,
  rows: number,
  outputs: number,
  weights: Float64Array,
  slopes: Float64Array,
  before: Float64Array,
  inputs: number,
): void {
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < inputs; i++) {
      const place = r * inputs + i;
      const factor = slopes[place] as number;
      before[place] = factor === 0 ? 0 : factor * dot(weights, i * outputs, deltas, r * outputs, outputs);
    }
  }
}

/** The sum of products of `count` numbers, in four sums that do not wait for each other. */
function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    s0 += (a[fromA + k] as number) * (b[fromB + k] as number);
    s1 += (a[fromA + k + 1] as number) * (b[fromB + k + 1] as number);
    s2 += (a[fromA + k + 2] as number) * (b[fromB + k + 2] as number);
    s3 += (a[fromA + k + 3] as number) * (b[fromB + k + 3] as number);
  }
  for (; k < count; k++) s0 += (a[fromA + k] as number) * (b[fromB + k] as number);
  return s0 + s1 + (s2 + s3);
}
