import { forEachRow, type Table, valueAt } from '../table/table.js';
import type { ColumnProfile } from './profile.js';
import { isNearCopy } from './repeated-columns.js';

/** Rows that are looked at; a formula that holds in all of them is no accident. */
const MAX_ROWS = 200;
const MIN_ROWS = 20;
/** Numeric columns of which pairs are tried; of more, the first ones. */
const MAX_COLUMNS = 60;
/** Relative error within which a formula holds: numbers in files are rounded. */
const TOLERANCE = 1e-6;

/** How two columns can make up a third. */
const FORMULAS = [
  { sign: '+', isOrdered: false, of: (a: number, b: number) => a + b },
  { sign: '-', isOrdered: true, of: (a: number, b: number) => a - b },
  { sign: '*', isOrdered: false, of: (a: number, b: number) => a * b },
  { sign: '/', isOrdered: true, of: (a: number, b: number) => a / b },
] as const;

/**
 * Inputs that may reveal a numeric target: those that nearly repeat it, and pairs of which it is the sum, difference,
 * product or ratio. Sentences for a person, who knows whether such a column is known for new rows.
 */
export function derivedColumns(
  table: Table,
  inputs: readonly ColumnProfile[],
  target: ColumnProfile,
): string[] {
  if (target.kind !== 'number' || target.distinct < 3) return [];
  const numbers = inputs.filter(({ kind, distinct }) => kind === 'number' && distinct > 1);
  const columns = numbers.slice(0, MAX_COLUMNS);
  const rows = sample(table, [target, ...columns]);
  if (rows.length < MIN_ROWS) return [];
  const name = (index: number): string => JSON.stringify(columns[index - 1]?.name ?? '');
  const goal = JSON.stringify(target.name);
  const valuesOf = (index: number): number[] => rows.map((row) => row[index] ?? 0);
  const copies = columns
    .map((_, i) => i + 1)
    .filter((i) => isNearCopy(valuesOf(i), valuesOf(0)))
    .map((i) => `${name(i)} nearly repeats the target ${goal}.`);
  return [
    ...copies,
    ...formulas(rows, columns.length, (a, sign, b) => `${goal} is ${name(a)} ${sign} ${name(b)}.`),
  ];
}

function formulas(
  rows: readonly (readonly number[])[],
  columns: number,
  sentence: (a: number, sign: string, b: number) => string,
): string[] {
  const found: string[] = [];
  for (let a = 1; a <= columns; a++) {
    for (let b = 1; b <= columns; b++) {
      if (a === b) continue;
      for (const { sign, isOrdered, of } of FORMULAS) {
        if (!isOrdered && b < a) continue;
        if (rows.every((row) => isNear(row[0] ?? 0, of(row[a] ?? 0, row[b] ?? 0))))
          found.push(sentence(a, sign, b));
      }
    }
  }
  return found;
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b), TOLERANCE);
}

/** The first rows in which none of these columns misses a number. */
function sample(table: Table, profiles: readonly ColumnProfile[]): number[][] {
  const rows: number[][] = [];
  forEachRow(table, (block, offset) => {
    if (rows.length >= MAX_ROWS) return;
    const row = profiles.map(({ column }) => valueAt(block, column, offset + column.slot));
    if (row.every((value) => typeof value === 'number')) rows.push(row);
  });
  return rows;
}
