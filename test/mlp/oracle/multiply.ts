import { addProduct } from './add-product.js';

/**
 * What the units of a fully connected layer are given, over a block of rows, all arrays row-major:
 * sums[r, j] = biases[j] + sum over i of x[r, i] * weights[i, j].
 */
export function multiply(
  x: Float64Array,
  rows: number,
  inputs: number,
  weights: Float64Array,
  biases: Float64Array | null,
  sums: Float64Array,
  outputs: number,
): void {
  for (let k = 0; k < rows * outputs; k++) sums[k] = biases === null ? 0 : (biases[k % outputs] as number);
  addProduct(x, rows, inputs, inputs, 1, weights, sums, outputs);
}
