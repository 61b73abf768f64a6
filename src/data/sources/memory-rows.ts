import { describeValue } from '../../text/describe-value.js';
import { nearestName } from '../../text/nearest-name.js';
import { formatCount } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import { CellDiagnostics } from '../cell-diagnostics.js';
import { DataDiagnostics } from '../diagnostics.js';
import { usableNumber } from '../table/cell.js';
import type { RowSource } from './row-source.js';
import { type Cells, type Rows, textRows } from './rows.js';

/**
 * A cell of a row in memory. It counts as the same value does in a CSV file: null, undefined, NaN and the texts of
 * missing cells (empty, `?`, `NA`, `N/A`, `NaN`, `null`) are missing, a text that reads as a number is one, a boolean
 * is the text `true` or `false`, a date its ISO 8601 text.
 */
export type MemoryCell = number | string | boolean | bigint | Date | null | undefined;

/** A row in memory: cells by the names of their columns, or in the order of the columns. */
export type MemoryRow = Readonly<Record<string, MemoryCell>> | readonly MemoryCell[];

/** Rows in memory, all of them objects or all of them lists. They must not change while they are read. */
export interface MemoryTable {
  readonly rows: readonly MemoryRow[];
  /**
   * Names of the columns in order; null for the keys of the first row, or, of lists, for no names (columns are then
   * referred to by index). A key that a row lacks is a missing cell.
   */
  readonly columns: readonly string[] | null;
}

/** Rows that are visited in one go: the event loop runs in between. */
const ROWS_AT_ONCE = 10_000;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** The line of the row of names. */
const NAMES_LINE = -1;

/**
 * Rows in memory as a source of a table, under a name for messages such as `data.rows`. `path` is where a config has
 * them. Throws DataDiagnostics if they are no rows or the names of their columns are no names, and DATA_INVALID with
 * the places of the first few rows and cells that are wrong.
 */
export function memorySource(table: MemoryTable, path: readonly string[]): RowSource {
  const name = path.join('.');
  const { rows } = table;
  const columns = columnsOf(table, path);
  const width = columns?.length ?? (rows[0] as readonly MemoryCell[]).length;
  const keyOf = (row: MemoryRow, index: number): string | number =>
    Array.isArray(row) ? index : (columns?.[index] ?? index);
  const placeOf = (line: number, cell: number): string => {
    const row = rows[line];
    return row === undefined ? name : placeIn(name, line, keyOf(row, cell - 1));
  };
  checkRows(rows, columns, width, name);
  return {
    name,
    shortName: name,
    header: columns !== null,
    placeOf,
    async *read() {
      if (columns !== null) yield textRows([{ cells: columns, line: NAMES_LINE }]);
      for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
        yield new RowsInMemory(rows, start, Math.min(rows.length, start + ROWS_AT_ONCE), width, columns);
      }
    },
  };
}

function placeIn(name: string, row: number, key?: string | number): string {
  const step =
    key === undefined
      ? ''
      : typeof key === 'string' && IDENTIFIER.test(key)
        ? `.${key}`
        : `[${typeof key === 'string' ? quote(key) : key}]`;
  return `${name}[${row}]${step}`;
}

/** The names of the columns, before anything is checked; null if they have none. */
export function memoryColumns({ rows, columns }: MemoryTable): readonly string[] | null {
  const [first] = Array.isArray(rows) ? rows : [];
  return columns ?? (isObject(first) ? Object.keys(first) : null);
}

/** Checks that there are rows, and finds the names of their columns; null if they have none. */
function columnsOf({ rows, columns }: MemoryTable, path: readonly string[]): readonly string[] | null {
  const refuse = (at: readonly string[], sentence: string): never => {
    throw new DataDiagnostics([{ path: at, at: 'value', sentence: `${at.join('.')} ${sentence}` }], [], null);
  };
  if (!Array.isArray(rows))
    refuse(path, `is ${describeValue(rows)}; expected a list of rows, each an object or a list of cells.`);
  const [first] = rows;
  if (first === undefined) return refuse(path, 'has no row; expected some.');
  const isList = Array.isArray(first);
  if (!isList && !isObject(first))
    refuse(path, `starts with ${describeValue(first)}; expected rows that are objects or lists of cells.`);
  const at = [...path.slice(0, -1), 'columns'];
  if (columns !== null) checkNames(columns, (sentence) => refuse(at, sentence));
  const names = columns ?? (isList ? null : Object.keys(first));
  const width = names?.length ?? (first as readonly MemoryCell[]).length;
  if (width < 2)
    refuse(
      columns === null ? path : at,
      `${columns === null ? 'has rows of' : 'names'} ${formatCount(width, 'column')}; expected ` +
        'a target and at least one input.',
    );
  return names;
}

function checkNames(columns: readonly unknown[], refuse: (sentence: string) => never): void {
  if (!Array.isArray(columns)) refuse(`is ${describeValue(columns)}; expected a list of names.`);
  for (const [index, column] of columns.entries()) {
    if (typeof column !== 'string' || column.trim() === '')
      refuse(`has ${describeValue(column)} at ${index}; expected a name.`);
    if (columns.indexOf(column) !== index)
      refuse(
        `has ${quote(String(column))} twice, at ${columns.indexOf(column)} and at ${index}; expected each name once.`,
      );
  }
}

/** Throws DATA_INVALID for rows of another form than the first, and for cells that hold no value of a table. */
function checkRows(
  rows: readonly MemoryRow[],
  columns: readonly string[] | null,
  width: number,
  name: string,
): void {
  const diagnostics = new CellDiagnostics();
  const known = columns === null ? null : new Set(columns);
  const isList = Array.isArray(rows[0]);
  // Not forEach, which passes over the holes of a list.
  for (let index = 0; index < rows.length; index++) {
    const row: unknown = rows[index];
    if (Array.isArray(row) !== isList || !(isList || isObject(row))) {
      const expected = isList ? 'a list of cells' : 'an object';
      diagnostics.add(
        () =>
          `${placeIn(name, index)}  found ${describeValue(row)}, expected ${expected} as in the first row.`,
      );
      continue;
    }
    if (Array.isArray(row)) {
      if (row.length !== width) {
        const where = columns === null ? 'in the first row' : 'there are names in columns';
        diagnostics.add(
          () =>
            `${placeIn(name, index)}  found ${formatCount(row.length, 'cell')}, expected ${width} as ${where}.`,
        );
        continue;
      }
      for (let cell = 0; cell < width; cell++)
        checkCell(row[cell], diagnostics, () => placeIn(name, index, cell));
    } else if (isObject(row)) {
      for (const key of Object.keys(row)) {
        if (known?.has(key) ?? false) checkCell(row[key], diagnostics, () => placeIn(name, index, key));
        else diagnostics.add(() => `${placeIn(name, index, key)}  ${unknownKey(key, columns ?? [])}`);
      }
    }
  }
  diagnostics.throwIfAny();
}

function unknownKey(key: string, columns: readonly string[]): string {
  const nearest = nearestName(key, columns);
  const hint =
    nearest === null
      ? 'Give every row the same keys, or list all of them in columns.'
      : `Did you mean ${quote(nearest)}?`;
  return `found the key ${quote(key)}, which is not among the columns. ${hint}`;
}

function checkCell(cell: unknown, diagnostics: CellDiagnostics, place: () => string): void {
  if (isCell(cell)) return;
  diagnostics.add(
    () =>
      `${place()}  found ${cell instanceof Date ? 'an invalid date' : describeValue(cell)}, ` +
      'expected a finite number, a text, a boolean, a date, or null for a missing cell.',
  );
}

function isCell(cell: unknown): cell is MemoryCell {
  switch (typeof cell) {
    case 'number':
      return Math.abs(cell) !== Number.POSITIVE_INFINITY;
    case 'string':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return true;
    case 'object':
      return cell === null || (cell instanceof Date && !Number.isNaN(cell.getTime()));
    default:
      return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Some of the rows, visited in place. */
class RowsInMemory implements Rows {
  constructor(
    readonly rows: readonly MemoryRow[],
    readonly start: number,
    readonly end: number,
    readonly width: number,
    readonly columns: readonly string[] | null,
  ) {}

  each(visit: (cells: Cells, line: number) => void): void {
    const { rows, start, end, width, columns } = this;
    let row: MemoryRow = [];
    const cellAt = (index: number): MemoryCell =>
      Array.isArray(row) ? row[index] : (row as Readonly<Record<string, MemoryCell>>)[columns?.[index] ?? ''];
    const cells: Cells = {
      count: width,
      number(index) {
        const cell = cellAt(index);
        return typeof cell === 'number' || typeof cell === 'bigint' ? usableNumber(Number(cell)) : Number.NaN;
      },
      text: (index) => textOf(cellAt(index)),
    };
    for (let line = start; line < end; line++) {
      row = rows[line] ?? [];
      visit(cells, line);
    }
  }
}

function textOf(cell: MemoryCell): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString() : String(cell).trim();
}
