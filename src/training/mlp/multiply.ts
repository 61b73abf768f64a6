/**
 * The product of a fully connected layer over a block of rows:
 * sums[r, j] = biases[j] + sum over i of x[r, i] * weights[i, j], in the order of i, all arrays row-major.
 * Zeros among the inputs, of which dropout and relu make many, are skipped.
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
  for (let r = 0; r < rows; r++) {
    const to = r * outputs;
    for (let j = 0; j < outputs; j++) sums[to + j] = biases === null ? 0 : (biases[j] as number);
    for (let i = 0; i < inputs; i++) {
      const value = x[r * inputs + i] as number;
      if (value === 0) continue;
      const from = i * outputs;
      for (let j = 0; j < outputs; j++) {
        sums[to + j] = (sums[to + j] as number) + value * (weights[from + j] as number);
      }
    }
  }
}
