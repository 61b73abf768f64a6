import { formatValue } from '../../../campaign/format-setting.js';
import type { ParameterValue } from '../../../campaign/parameters.js';

/** How a person looks at a list: its order and what of it is shown. */
export interface ListView {
  /** The place of the column that it is sorted by; 0 is the order of the list itself. */
  readonly sort: number;
  readonly reversed: boolean;
  /** Words that a row has to match; empty for all rows. */
  readonly filter: string;
}

/** A list as it opens. */
export const wholeList: ListView = { sort: 0, reversed: false, filter: '' };

/** Sorted by another column, `by` places further to the right, around. */
export function sortedBy(view: ListView, by: 1 | -1, columns: number): ListView {
  return { ...view, sort: (view.sort + by + columns) % columns, reversed: false };
}

/** The value of a parameter as something to sort by. */
export function sortable(value: ParameterValue | undefined): number | string | null {
  if (value === undefined) return null;
  return typeof value === 'number' ? value : formatValue(value);
}

/**
 * The rows in the order of numbers, the smallest first or, reversed, the largest. Rows without a number stay at the
 * end. Equal rows keep their order.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  numberOf: (row: Row) => number | string | null,
  reversed: boolean,
): Row[] {
  const keyed = rows.map((row) => ({ row, key: numberOf(row) }));
  const hasKey = keyed.filter(({ key }) => key !== null && !Number.isNaN(key));
  const others = keyed.filter(({ key }) => key === null || Number.isNaN(key));
  const direction = reversed ? -1 : 1;
  hasKey.sort((a, b) => direction * compare(a.key, b.key));
  return [...hasKey, ...others].map(({ row }) => row);
}

function compare(a: number | string | null, b: number | string | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** The first row of a window of `room` rows that shows the row at `place`, moved as little as possible. */
export function keepInView(start: number, place: number, room: number, rows: number): number {
  const last = Math.max(0, rows - room);
  const around = place < 0 ? start : Math.min(Math.max(start, place - room + 1), place);
  return Math.min(last, Math.max(0, around));
}
