import { quote } from '../../text/quote.js';
import { forEachRow, type Table, valueAt } from '../table/table.js';
import type { DroppedColumn } from './columns-to-drop.js';
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

/** The inputs that are the same as an earlier one in every row. */
export function repeatedColumns(table: Table, inputs: readonly ColumnProfile[]): DroppedColumn[] {
  const found: DroppedColumn[] = [];
  if (table.rows < MIN_ROWS) return found;
  const alike = new Map<string, ColumnProfile[]>();
  for (const profile of inputs) {
    const counts = [profile.kind, profile.distinct, profile.missing].join();
    const earlier = alike.get(counts) ?? [];
    alike.set(counts, earlier);
    const same = earlier.find((other) => isSame(table, other, profile));
    if (same === undefined) earlier.push(profile);
    else found.push({ column: profile, because: `it is the same as ${quote(same.name)} in every row` });
  }
  return found;
}

function isSame(table: Table, { column: a }: ColumnProfile, { column: b }: ColumnProfile): boolean {
  return table.blocks.every((block) => {
    for (let offset = 0; offset < block.rows * table.stride; offset += table.stride) {
      if (valueAt(block, a, offset + a.slot) !== valueAt(block, b, offset + b.slot)) return false;
    }
    return true;
  });
}
