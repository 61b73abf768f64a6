import type { Dataset } from './dataset.js';
import { identicalInputs } from './identical-inputs.js';
import { preparationOf, prepare } from './preparation.js';

/**
 * The best training metric that any network could reach on these rows, as identical inputs get the same
 * answer: accuracy for classes (in each group of identical inputs the largest class counts), R2 for numbers
 * (1 - sum of squares around the groups' means / sum of squares around the mean; 1 where all are equal).
 */
export function fitCeiling(dataset: Dataset, rows: Int32Array): number {
  if (rows.length === 0) return 1;
  const groups = groupsOf(dataset, rows);
  if (dataset.classes === null) {
    const total = squaresAround([...rows].map((row) => targetAt(dataset, row)));
    if (total === 0) return 1;
    let within = 0;
    for (const targets of groups) within += squaresAround(targets);
    return 1 - within / total;
  }
  let right = 0;
  for (const targets of groups) right += Math.max(...countsOf(targets).values());
  return right / rows.length;
}

/** How many of these rows have the inputs of another of them and a different target. */
export function contradictingRows(dataset: Dataset, rows: Int32Array): number {
  let count = 0;
  for (const targets of groupsOf(dataset, rows)) {
    if (new Set(targets).size > 1) count += targets.length;
  }
  return count;
}

/** The targets of rows with identical inputs, as the network gets them: missing cells are filled before. */
function groupsOf(dataset: Dataset, rows: Int32Array): number[][] {
  const ids = Object.keys(dataset.missingCells).length === 0 ? null : filledGroups(dataset, rows);
  const groups = new Map<number, number[]>();
  rows.forEach((row, i) => {
    const id = (ids === null ? dataset.groups[row] : ids[i]) ?? 0;
    const targets = groups.get(id);
    if (targets === undefined) groups.set(id, [targetAt(dataset, row)]);
    else targets.push(targetAt(dataset, row));
  });
  return [...groups.values()];
}

function filledGroups(dataset: Dataset, rows: Int32Array): Int32Array {
  const preparation = preparationOf({ ...dataset, standardize: false }, rows);
  return identicalInputs(prepare(dataset, preparation, rows), rows.length, dataset.inputs);
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
function squaresAround(values: readonly number[]): number {
  const first = values[0] ?? 0;
  if (values.every((value) => value === first)) return 0;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return squares;
}
