import type { Dataset } from '../dataset.js';
import { preparationOf, prepareRow } from '../prepare/preparation.js';
import { identicalRows } from './identical-inputs.js';

/**
 * The best training metric that any network could reach on these rows, as identical inputs get the same
 * answer: accuracy for classes (in each group of identical inputs the largest class counts), R2 for numbers
 * (1 - sum of squares around the groups' means / sum of squares around the mean; 1 where all are equal).
 */
export function fitCeiling(dataset: Dataset, rows: Int32Array, groups?: Groups): number {
  if (rows.length === 0) return 1;
  const { alone, shared } = groups ?? groupsOf(dataset, rows);
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

/** How many of the rows have the inputs of another of them and a different target. */
export function contradictingRows({ shared }: Groups): number {
  let count = 0;
  for (const targets of shared) {
    if (new Set(targets).size > 1) count += targets.length;
  }
  return count;
}

/** Rows by their inputs. */
interface Groups {
  /** Rows whose inputs no other has. */
  readonly alone: number;
  /** The targets of the others, group by group in order of first appearance. */
  readonly shared: readonly (readonly number[])[];
}

/** Groups rows with identical inputs, as the network gets them: missing cells are filled before. */
export function groupsOf(dataset: Dataset, rows: Int32Array): Groups {
  const filled = Object.keys(dataset.missingCells).length === 0 ? null : filledGroups(dataset, rows);
  const idAt = (i: number): number => (filled === null ? dataset.groups[rows[i] ?? 0] : filled[i]) ?? 0;
  // Most rows are alone, and there may be millions: only the others are worth a list.
  const sizes = new Int32Array(filled === null ? dataset.rows : rows.length);
  for (let i = 0; i < rows.length; i++) sizes[idAt(i)] = (sizes[idAt(i)] ?? 0) + 1;
  let alone = 0;
  const shared = new Map<number, number[]>();
  for (const [i, row] of rows.entries()) {
    const id = idAt(i);
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

function filledGroups(dataset: Dataset, rows: Int32Array): Int32Array {
  const preparation = preparationOf({ ...dataset, standardize: false }, rows);
  return identicalRows(rows.length, dataset.inputs, (i, target) =>
    prepareRow(dataset, preparation, rows[i] ?? 0, target, 0),
  );
}

function targetAt(dataset: Dataset, row: number): number {
  return dataset.y[row] ?? Number.NaN;
}

function countsOf(targets: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  return counts;
}

/** Exactly 0 where all values are equal, which a sum of rounded differences would miss. */
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
