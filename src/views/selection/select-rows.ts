import type { Cell } from '../tables/csv-text.js';
import { parseFilter } from './parse-filter.js';
import type { SelectionColumn, SelectionRow, SelectionTable } from './selection-table.js';

/** What an address asks of a table: a filter, an order and columns. */
export interface SelectionRequest {
  /** The filter, as `parseFilter` reads it; empty for all rows. */
  readonly filter: string;
  /** The column to sort by; null for the order of the table. */
  readonly sort: { readonly column: string; readonly isDescending: boolean } | null;
  /** Columns to show; empty for all of them. */
  readonly columns: readonly string[];
}

/** The selected part of a table. */
export interface Selected<Item> {
  readonly rows: readonly SelectionRow<Item>[];
  /** The columns to show, by their places in the cells of a row. */
  readonly shown: readonly { readonly column: SelectionColumn; readonly place: number }[];
  /** Parts of the request that cannot be used, in words. */
  readonly problems: readonly string[];
}

/** The request in the query of an address: `q`, `sort` as in `hidden:descending`, and one `column` for each column. */
export function selectionRequest(query: URLSearchParams): SelectionRequest {
  const sort = query.get('sort') ?? '';
  const [, column = '', direction] = /^(.*):(ascending|descending)$/s.exec(sort) ?? [];
  return {
    filter: query.get('q') ?? '',
    sort: column === '' ? null : { column, isDescending: direction === 'descending' },
    columns: query.getAll('column').filter((name) => name !== ''),
  };
}

/** Filters and sorts a table. Rows without a value in the sorted column come last. */
export function selectRows<Item>(
  { columns, rows }: SelectionTable<Item>,
  { filter, sort, columns: wanted }: SelectionRequest,
): Selected<Item> {
  const { matches, problems } = parseFilter(filter, columns);
  const selected = filter.trim() === '' ? [...rows] : rows.filter(({ cells }) => matches(cells));
  const sorted = sort === null ? -1 : columns.findIndex(({ name }) => name === sort.column);
  if (sort !== null && sorted !== -1) {
    const sign = sort.isDescending ? -1 : 1;
    selected.sort((a, b) => compareCells(a.cells[sorted] ?? null, b.cells[sorted] ?? null, sign));
  }
  const all = columns.map((column, place) => ({ column, place }));
  const shown = all.filter(({ column }) => wanted.includes(column.name));
  return { rows: selected, shown: shown.length === 0 ? all : shown, problems };
}

function compareCells(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  const [x, y] = [String(a), String(b)];
  return x === y ? 0 : sign * (x < y ? -1 : 1);
}
