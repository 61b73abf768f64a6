import type { ColumnOptions } from '../column-options.js';
import type { OptionDiagnostic } from '../diagnostics.js';
import type { SourceName } from '../sources/row-source.js';
import { type Block, textCodeAt } from './block.js';
import { categoryOfNumber } from './cell.js';
import type { ColumnRoles } from './column-roles.js';
import type { CellValue } from './column-writer.js';

/** Different texts that are kept of one column; with more it is no category but an identifier or free text. */
export const MAX_CATEGORIES = 10_000;

/** The rows of one or several files, read once; cells of dropped columns are not kept. */
export interface Table {
  /** The first file, or the rows in memory. */
  readonly source: SourceName;
  readonly hasHeader: boolean;
  /** The cells of the first line where it is a header, else null. */
  readonly header: readonly string[] | null;
  /** Cells a row. */
  readonly width: number;
  readonly roles: ColumnRoles;
  /** What is wrong of the references to columns that led to these roles; the table is only good for finding more then. */
  readonly diagnostics: readonly OptionDiagnostic[];
  readonly target: TableColumn;
  /** The columns that are to become inputs, in order. */
  readonly columns: readonly TableColumn[];
  /** The column that the split goes by, which is no input; all of its texts are kept. null for none. */
  readonly splitColumn: TableColumn | null;
  /** Cells a row in the blocks. */
  readonly stride: number;
  /** Rows, in blocks. Whoever has used a block takes it out and releases it, so that the data are not held twice. */
  readonly blocks: Block[];
  readonly rows: number;
}

/** One column that is kept. */
export interface TableColumn {
  readonly name: string;
  /** Its place in the file, from 0. */
  readonly index: number;
  /** Its place in the blocks, from 0. */
  readonly slot: number;
  readonly numbers: number;
  readonly texts: number;
  readonly missing: number;
  /** Different texts; a cell's code is its text's place here, from 1. */
  readonly distinctTexts: readonly string[];
  /** True where there were more different texts than are kept. */
  readonly overflowed: boolean;
  /** What the config says of it; null where it says nothing. */
  readonly options: ColumnOptions | null;
}

/** The category that a cell of a block stands for, or null where it is missing. */
export function categoryAt(block: Block, column: TableColumn, at: number): string | null {
  const code = textCodeAt(block, at);
  if (code > 0) return column.distinctTexts[code - 1] ?? null;
  const value = block.numbers[at] ?? Number.NaN;
  return Number.isNaN(value) ? null : categoryOfNumber(value);
}

/** What stands in a cell of a block. */
export function valueAt(block: Block, column: TableColumn, at: number): CellValue {
  const value = block.numbers[at] ?? Number.NaN;
  if (!Number.isNaN(value)) return value;
  const code = textCodeAt(block, at);
  return code === 0 ? null : (column.distinctTexts[code - 1] ?? null);
}

/** Calls back for every row with its block, where the row's cells start in the block, and its line. */
export function forEachRow(table: Table, visit: (block: Block, offset: number, line: number) => void): void {
  for (const block of table.blocks) {
    for (let row = 0; row < block.rows; row++) visit(block, row * table.stride, block.lines[row] ?? 0);
  }
}

/** The same rows with another target, without some columns, and with options for others, by their places in the file. */
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

/** The kept columns in the order of the file, the target among them. */
export function allColumns(table: Table): TableColumn[] {
  return [table.target, ...table.columns].sort((a, b) => a.index - b.index);
}
