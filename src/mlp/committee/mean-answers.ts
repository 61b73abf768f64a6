import { answer } from '../activation.js';
import type { NetworkShape } from '../network-shape.js';

/**
 * What networks of one shape answer together, given the sums of their outputs (rows x outputs), which are overwritten:
 * the mean of their answers. The answers of a single network stay as they are, bit for bit.
 */
export function meanAnswers(
  sums: readonly Float64Array[],
  { output, outputs }: Pick<NetworkShape, 'output' | 'outputs'>,
): Float64Array {
  const [total = new Float64Array(0), ...others] = sums;
  for (const values of sums) answer(output, values, values.length / outputs, outputs);
  if (others.length === 0) return total;
  for (const values of others) {
    for (let k = 0; k < total.length; k++) total[k] = (total[k] as number) + (values[k] as number);
  }
  for (let k = 0; k < total.length; k++) total[k] = (total[k] as number) / sums.length;
  return total;
}
