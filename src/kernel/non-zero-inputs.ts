import { PreparedRows } from './prepared-rows.js';
import { type RowSet, rowCount } from './row-set.js';

/** Rows that are looked at: enough to tell pictures and one-hot columns from measurements. */
const ROWS = 64;

/** The share of a set's prepared inputs that is not zero, estimated from rows spread evenly over the set. */
export function shareOfNonZeroInputs(
  set: RowSet,
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): number {
  const prepared = new PreparedRows(set, inputs, outputs);
  const rows = rowCount(set, inputs);
  const looked = Math.min(rows, ROWS);
  const numbers = new Float64Array(inputs);
  let count = 0;
  for (let k = 0; k < looked; k++) {
    prepared.writeInputs(Math.floor((k * rows) / looked), numbers, 0);
    for (const number of numbers) if (number !== 0) count += 1;
  }
  return looked === 0 ? 1 : count / (looked * inputs);
}
