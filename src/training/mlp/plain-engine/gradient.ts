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
  for (let r = 0; r < rows; r++) {
    const from = r * outputs;
    for (let i = 0; i < inputs; i++) {
      const value = x[r * inputs + i] as number;
      if (value === 0) continue;
      const to = i * outputs;
      for (let j = 0; j < outputs; j++) {
        gradient[to + j] = (gradient[to + j] as number) + value * (deltas[from + j] as number);
      }
    }
    if (biasGradient === null) continue;
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
    const delta = r * outputs;
    for (let i = 0; i < inputs; i++) {
      const place = r * inputs + i;
      const factor = slopes[place] as number;
      if (factor === 0) {
        before[place] = 0;
        continue;
      }
      const from = i * outputs;
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += (weights[from + j] as number) * (deltas[delta + j] as number);
      before[place] = factor * sum;
    }
  }
}
