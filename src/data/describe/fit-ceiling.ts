import type { Dataset } from '../dataset.js';
import { preparationOf, prepareRow } from '../prepare/preparation.js';
import { identicalRows } from './identical-inputs.js';

/**
 * The best training score that any network can reach on these rows, because identical inputs get identical
 * predictions. For classes, it is the accuracy of always predicting the most frequent class of a group of identical
 * inputs; for numbers, the R2 of predicting the mean of each group (1 if all targets are equal).
 */
export function fitCeiling(
  dataset: Dataset,
  rows: Int32Array,
  groups: InputGroups = groupRows(dataset, rows, inputIds(dataset, rows, rows)),
): number {
  if (rows.length === 0) return 1;
  const { alone, shared } = groups;
  if (dataset.classes === null) {
    const total = squaresAround(Float64Array.from(rows, (row) => targetAt(dataset, row)));
    if (total === 0) return 1;
    let within = 0;
    for (const targets of shared) within += squaresAround(targets);
    return 1 - within / total;
  }
  let right = alone;
  for (const targets of shared) right += Math.max(...countsOf(targets).values());
  return right / rows.length;
}

/** The number of rows in groups of identical inputs whose targets differ. */
export function contradictingRows({ shared }: InputGroups): number {
  let count = 0;
  for (const targets of shared) {
    if (new Set(targets).size > 1) count += targets.length;
  }
  return count;
}

/** The targets of rows, by identical inputs. */
interface InputGroups {
  /** Rows whose inputs no other row has. */
  readonly alone: number;
  /** The targets of the other rows, group by group in order of first appearance. */
  readonly shared: readonly (readonly number[])[];
}

/**
 * Which of `rows` have identical inputs, as the network gets them: missing cells are filled with what the `training`
 * rows have. Equal numbers mean equal inputs. Everything that counts duplicates and contradictions counts by these.
 */
export function inputIds(dataset: Dataset, training: Int32Array, rows: Int32Array): Int32Array {
  if (Object.keys(dataset.missingCells).length === 0) return rows.map((row) => dataset.groups[row] ?? 0);
  const preparation = preparationOf({ ...dataset, standardize: false }, training);
  return identicalRows(rows.length, dataset.inputs, (i, target) =>
    prepareRow(dataset, preparation, rows[i] ?? 0, target, 0),
  );
}

/** Groups rows by the ids of their inputs, one a row, each below the number of rows of the data set. */
export function groupRows(dataset: Dataset, rows: Int32Array, ids: Int32Array): InputGroups {
  // Most rows are alone, and there may be millions: only the others are worth a list.
  const sizes = new Int32Array(dataset.rows);
  for (const id of ids) sizes[id] = (sizes[id] ?? 0) + 1;
  let alone = 0;
  const shared = new Map<number, number[]>();
  for (const [i, row] of rows.entries()) {
    const id = ids[i] ?? 0;
    if (sizes[id] === 1) {
      alone++;
      continue;
    }
    const targets = shared.get(id);
    if (targets === undefined) shared.set(id, [targetAt(dataset, row)]);
    else targets.push(targetAt(dataset, row));
  }
  return { alone, shared: [...shared.values()] };
}

function targetAt(dataset: Dataset, row: number): number {
  return dataset.y[row] ?? Number.NaN;
}

function countsOf(targets: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  return counts;
}

/** The sum of squared deviations from the mean; exactly 0 if all values are equal, despite rounding. */
function squaresAround(values: readonly number[] | Float64Array): number {
  const first = values[0] ?? 0;
  if (values.every((value) => value === first)) return 0;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return squares;
}
