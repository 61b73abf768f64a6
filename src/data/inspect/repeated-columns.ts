import { forEachRow, type Table, valueAt } from '../table/table.js';
import type { ColumnProfile } from './profile.js';

/** Rows that are looked at. */
const MAX_ROWS = 200;
/** In fewer rows, columns may agree by accident. */
const MIN_ROWS = 10;
/** From this squared correlation on, a column of numbers nearly repeats another. */
const NEAR_COPY = 0.999;

/** Whether a column repeats an earlier one: the same values, or numbers that nearly follow from those of the other. */
export function repeatsEarlier(
  table: Table,
  profiles: readonly ColumnProfile[],
  column: ColumnProfile,
): boolean {
  return profiles
    .slice(0, profiles.indexOf(column))
    .some((earlier) => earlier.distinct > 1 && isCopy(table, earlier, column));
}

function isCopy(table: Table, a: ColumnProfile, b: ColumnProfile): boolean {
  if (a.kind !== b.kind) return false;
  const pairs: [number | string, number | string][] = [];
  forEachRow(table, (block, offset) => {
    if (pairs.length === MAX_ROWS) return;
    const [left, right] = [a, b].map(({ column }) => valueAt(block, column, offset + column.slot));
    if (left != null && right != null) pairs.push([left, right]);
  });
  if (pairs.length < MIN_ROWS) return false;
  if (pairs.every(([left, right]) => left === right)) return true;
  if (a.kind !== 'number') return false;
  return isNearCopy(
    pairs.map(([left]) => Number(left)),
    pairs.map(([, right]) => Number(right)),
  );
}

/** Whether two lists of numbers correlate so strongly that one nearly repeats the other, perhaps in other units. */
export function isNearCopy(x: readonly number[], y: readonly number[]): boolean {
  return squaredCorrelation(centered(x), centered(y)) >= NEAR_COPY;
}

function centered(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function squaredCorrelation(x: readonly number[], y: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const spread = dot(x, x) * dot(y, y);
  return spread === 0 ? 0 : dot(x, y) ** 2 / spread;
}
