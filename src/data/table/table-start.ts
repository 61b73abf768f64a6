import { formatCount, formatWhole } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { DataDiagnostics, dataError, type OptionDiagnostic } from '../diagnostics.js';
import type { Delimiter } from '../sources/csv/delimiter.js';
import type { RowSource } from '../sources/row-source.js';
import type { FirstLine } from './column-reference.js';
import { type ColumnRequest, type ColumnRoles, columnRoles } from './column-roles.js';
import type { Table } from './table.js';

/** A request to read one or several sources with the same columns. */
export interface TableRequest {
  /** At least one; their rows are joined. */
  readonly sources: readonly RowSource[];
  readonly header: boolean | null;
  /** The roles of columns. For a test table, the training table, whose columns it must have. */
  readonly columns: ColumnRequest | Table;
}

/** A file with more columns is no table, and a network with more inputs would not fit into memory. */
const MAX_COLUMNS = 200_000;

/** What the first line decides. */
export interface TableStart {
  readonly first: FirstLine;
  readonly roles: ColumnRoles;
  /** Diagnostics of references to columns. If there are any, the roles are guesses. */
  readonly diagnostics: readonly OptionDiagnostic[];
}

/**
 * Resolves the roles of columns by the first line. Throws DATA_INVALID if the line cannot be a table, and
 * DataDiagnostics if references to columns cannot even be guessed.
 */
export function tableStart(
  request: TableRequest,
  source: RowSource,
  cells: readonly string[],
  line: number,
): TableStart {
  const { columns } = request;
  const first: FirstLine = { source, line, cells, header: source.header ?? request.header };
  if ('roles' in columns) {
    refuseOtherColumns(first, columns, 'test');
    return { first, roles: { ...columns.roles, options: new Map() }, diagnostics: [] };
  }
  if (cells.length === 1) throw oneColumn(first, source.delimiter ?? null);
  if (cells.length > MAX_COLUMNS) {
    throw dataError(
      `${source.placeOf(line, 1)}  found ${formatCount(cells.length, 'column')}, expected at ` +
        `most ${formatWhole(MAX_COLUMNS)}. Check that its lines end in a newline.`,
    );
  }
  const { roles, diagnostics } = columnRoles(columns, first);
  if (roles === null) throw new DataDiagnostics(diagnostics, [], null);
  return { first: { ...first, header: roles.header }, roles, diagnostics };
}

const FOR_PREDICTING = ' Test rows need the target, too; use fitfirst predict for rows without one.';

/** Throws DATA_INVALID if a source has other columns than the first one. */
export function refuseOtherColumns(
  { source, line, cells }: Pick<FirstLine, 'source' | 'line' | 'cells'>,
  like: Pick<Table, 'source' | 'width' | 'header'>,
  role: 'test' | 'further',
): void {
  const as = `as in ${escapeControls(like.source.name)}`;
  if (cells.length !== like.width) {
    throw dataError(
      `${source.placeOf(line, 1)}  found ${formatCount(cells.length, 'column')}, expected ` +
        `${like.width} ${as}. Give the ${role} file the same ` +
        `columns.${role === 'test' ? FOR_PREDICTING : ''}`,
    );
  }
  like.header?.forEach((name, index) => {
    const found = cells[index]?.trim() ?? '';
    if (found === name) return;
    throw dataError(
      `${source.placeOf(line, index + 1)}  found the column ${quote(found)}, expected ` +
        `${quote(name)} ${as}. Give the ${role} file the same header line.`,
    );
  });
}

function oneColumn({ source, line, cells }: FirstLine, delimiter: Delimiter | null): Error {
  const separated = delimiter === null ? 'commas, tabs, semicolons or pipes' : `a ${delimiter}`;
  const remedy = cells[0]?.startsWith('#')
    ? `Lines that begin with # are not skipped: remove them, or skip this line: skip_lines: ${line} in data.`
    : delimiter !== null
      ? 'data.delimiter says so: remove it to detect the delimiter.'
      : 'A table needs a target and at least one input. If this line is a title above the table, skip it: ' +
        `skip_lines: ${line} in data.`;
  return dataError(
    `${source.placeOf(line, 1)}  found one column, ${quote(cells[0] ?? '')}, expected ` +
      `several separated by ${separated}. ${remedy}`,
  );
}
