import type { ColumnOptions } from '../column-options.js';
import { type FirstLine, resolveColumn } from './column-reference.js';
import type { Delimiter } from './delimiter.js';
import { findColumns } from './find-columns.js';
import type { Table } from './table.js';
import { counted, dataError, grouped, placed, printable, quoted } from './wording.js';

/** What to read of one or several files with the same columns. */
export interface TableRequest {
  /** At least one; their rows follow each other. */
  readonly paths: readonly string[];
  /** null to find it out, for each file. */
  readonly delimiter: Delimiter | null;
  readonly header: boolean | null;
  readonly target: string | number;
  readonly drop: readonly (string | number)[];
  /** A column that is kept for the split alone, beside the inputs; null for none. */
  readonly apart: string | number | null;
  /** What is said of single columns. */
  readonly columns: readonly ColumnOptions[];
  /** The table whose columns this one has to have, too: the training file of a test file. */
  readonly like: Table | null;
}

/** More would make networks that do not fit into memory, of files that are no tables. */
const MOST_COLUMNS = 200_000;

/** What is settled by the first line: which columns are kept, and perhaps whether it is a header. */
export interface Start {
  readonly first: FirstLine;
  /** Places in the file of the kept columns, from 0: the target's, then the inputs' in order, then that for the split. */
  readonly kept: readonly number[];
  /** The place in the file of the column for the split; null for none. */
  readonly apart: number | null;
  /** What is said of columns, by their places in the file. */
  readonly options: ReadonlyMap<number, ColumnOptions>;
}

/** Reads the first line for the columns that the request names. Throws DATA_INVALID, or ColumnMistakes. */
export function startOf(request: TableRequest, path: string, cells: readonly string[], line: number): Start {
  const { header, target, drop, apart } = request;
  const first: FirstLine = { path, line, cells, header };
  if (request.like !== null) refuseOtherColumns(first, request.like, 'test');
  if (cells.length === 1) throw oneColumn(path, line, request.delimiter);
  if (cells.length > MOST_COLUMNS) {
    throw dataError(
      `${placed(path, line, 1)}  found ${counted(cells.length, 'column')}, expected at most ${grouped(MOST_COLUMNS)}. Check that its lines end in a newline.`,
    );
  }
  const targetIndex = resolveColumn(target, 'target', first);
  const dropped = new Set(drop.map((reference) => resolveColumn(reference, 'drop', first)));
  if (dropped.has(targetIndex)) {
    throw dataError(
      `${placed(path, line, targetIndex + 1)}  found the target among the columns to drop. Take it out of \`drop\`.`,
    );
  }
  const apartIndex = apart === null ? null : resolveColumn(apart, 'split', first);
  if (apartIndex === targetIndex) {
    throw dataError(
      `${placed(path, line, targetIndex + 1)}  found the target as the column that the split goes by, expected another one.`,
    );
  }
  const indices = cells
    .map((_, index) => index)
    .filter((index) => index !== targetIndex && index !== apartIndex && !dropped.has(index));
  if (indices.length === 0) {
    throw dataError(
      `${placed(path, line, 1)}  found no column beside the target that is not dropped, expected at least one input.`,
    );
  }
  // Whoever names a column says that there is a header.
  const isNamed = [target, apart, ...drop].some((reference) => typeof reference === 'string');
  const known: FirstLine = { ...first, header: header ?? (isNamed ? true : null) };
  const others = { target: targetIndex, apart: apartIndex, dropped };
  const { options, named } = findColumns(request.columns, known, others);
  return {
    first: { ...known, header: known.header ?? (named ? true : null) },
    kept: [targetIndex, ...indices, ...(apartIndex === null ? [] : [apartIndex])],
    apart: apartIndex,
    options,
  };
}

/** Throws DATA_INVALID where a further file has other columns than the first. */
export function refuseOtherColumns(
  { path, line, cells }: Pick<FirstLine, 'path' | 'line' | 'cells'>,
  like: Pick<Table, 'path' | 'width' | 'header'>,
  role: 'test' | 'further',
): void {
  const as = `as in ${printable(like.path)}`;
  if (cells.length !== like.width) {
    throw dataError(
      `${placed(path, line, 1)}  found ${counted(cells.length, 'column')}, expected ${like.width} ${as}. Give the ${role} file the same columns.`,
    );
  }
  like.header?.forEach((name, index) => {
    const found = cells[index]?.trim() ?? '';
    if (found === name) return;
    throw dataError(
      `${placed(path, line, index + 1)}  found the column ${quoted(found)}, expected ${quoted(name)} ${as}. Give the ${role} file the same header line.`,
    );
  });
}

function oneColumn(path: string, line: number, delimiter: Delimiter | null): Error {
  const separated = delimiter === null ? 'commas, tabs, semicolons or pipes' : `a ${delimiter}`;
  return dataError(
    `${placed(path, line, 1)}  found one column, expected several separated by ${separated}. A table needs a target and at least one input.`,
  );
}
