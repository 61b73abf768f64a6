import type { ColumnOptions } from '../column-options.js';
import type { OptionDiagnostic } from '../diagnostics.js';
import type { SourceName } from '../sources/row-source.js';
import { type Block, textCodeAt } from './block.js';
import { categoryOfNumber } from './cell.js';
import type { ColumnRoles } from './column-roles.js';
import type { CellValue } from './column-writer.js';

/**
 * The maximum number of distinct texts that are kept of one column. A column with more is an identifier or free text,
 * not a category.
 */
export const MAX_CATEGORIES = 10_000;

/** The rows of one or several sources, read once. Cells of dropped columns are not kept. */
export interface Table {
  /** The first file, or the rows in memory. */
  readonly source: SourceName;
  readonly hasHeader: boolean;
  /** The cells of the first line if it is a header, else null. */
  readonly header: readonly string[] | null;
  /** Cells a row. */
  readonly width: number;
  readonly roles: ColumnRoles;
  /**
   * Diagnostics of the references to columns. If there are any, the roles are guesses, and the table only serves to
   * find more diagnostics.
   */
  readonly diagnostics: readonly OptionDiagnostic[];
  readonly target: TableColumn;
  /** The columns that become inputs, in order. */
  readonly columns: readonly TableColumn[];
  /** The column that decides the split and is not an input; all of its texts are kept. null for none. */
  readonly splitColumn: TableColumn | null;
  /** The number of cells of a row in the blocks. */
  readonly stride: number;
  /** Rows, in blocks. The code that has used a block removes and releases it, so that the data are not held twice. */
  readonly blocks: Block[];
  readonly rows: number;
}

/** A column that is kept. */
export interface TableColumn {
  readonly name: string;
  /** Its index in the file, from 0. */
  readonly index: number;
  /** Its index in the blocks, from 0. */
  readonly slot: number;
  readonly numbers: number;
  readonly texts: number;
  readonly missing: number;
  /** Values that stand for a missing cell, in addition to the words that always do. */
  readonly missingValues: readonly string[];
  /** What may stand before or after its numbers, such as `$` or `%`; null if nothing may. */
  readonly unit: string | null;
  /** The distinct texts. The code of a cell is the index of its text here, plus 1. */
  readonly distinctTexts: readonly string[];
  /** Whether the column has more distinct texts than are kept. */
  readonly overflowed: boolean;
  /** Its options in the config; null if it has none. */
  readonly options: ColumnOptions | null;
}

/** The category in a cell of a block, or null if it is missing. */
export function categoryAt(block: Block, column: TableColumn, at: number): string | null {
  const code = textCodeAt(block, at);
  if (code > 0) return column.distinctTexts[code - 1] ?? null;
  const value = block.numbers[at] ?? Number.NaN;
  return Number.isNaN(value) ? null : categoryOfNumber(value);
}

/** The value in a cell of a block. */
export function valueAt(block: Block, column: TableColumn, at: number): CellValue {
  const value = block.numbers[at] ?? Number.NaN;
  if (!Number.isNaN(value)) return value;
  const code = textCodeAt(block, at);
  return code === 0 ? null : (column.distinctTexts[code - 1] ?? null);
}

/** Visits every row with its block, the offset of its cells in the block, and its line. */
export function forEachRow(table: Table, visit: (block: Block, offset: number, line: number) => void): void {
  for (const block of table.blocks) {
    for (let row = 0; row < block.rows; row++) visit(block, row * table.stride, block.lines[row] ?? 0);
  }
}

/**
 * The same rows with another target, without some columns, and with other options, all by their indices in the file.
 */
export function withTarget(
  table: Table,
  target: number,
  drop: ReadonlySet<number>,
  options: ReadonlyMap<number, ColumnOptions>,
): Table {
  const all = allColumns(table).map((column) => ({ ...column, options: options.get(column.index) ?? null }));
  const own = all.find((column) => column.index === target) ?? table.target;
  return {
    ...table,
    target: own,
    columns: all.filter((column) => column !== own && !drop.has(column.index)),
  };
}

/** The kept columns in the order of the file, including the target. */
export function allColumns(table: Table): TableColumn[] {
  return [table.target, ...table.columns].sort((a, b) => a.index - b.index);
}
