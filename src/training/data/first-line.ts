import { type FirstLine, resolveColumn } from './column-reference.js';
import type { Table } from './table.js';
import { counted, dataError, placed, printable, quoted } from './wording.js';

/** What to read of a file. */
export interface TableRequest {
  readonly path: string;
  readonly header: boolean | null;
  readonly target: string | number;
  readonly drop: readonly (string | number)[];
  /** The table whose columns this one has to have, too: the training file of a test file. */
  readonly like: Table | null;
}

/** What is settled by the first line: which columns are kept, and perhaps whether it is a header. */
export interface Start {
  readonly first: FirstLine;
  /** Places in the file of the kept columns, from 0: the target's, then the inputs' in order. */
  readonly kept: readonly number[];
}

/** Reads the first line for the columns that the request names. Throws DATA_INVALID. */
export function startOf(request: TableRequest, cells: readonly string[], line: number): Start {
  const { path, header, target, drop } = request;
  const first: FirstLine = { path, line, cells, header };
  if (request.like !== null) refuseOtherColumns(first, request.like);
  if (cells.length === 1) throw oneColumn(path, line, cells[0] ?? '');
  const targetIndex = resolveColumn(target, 'target', first);
  const dropped = new Set(drop.map((reference) => resolveColumn(reference, 'drop', first)));
  if (dropped.has(targetIndex)) {
    throw dataError(
      `${placed(path, line, targetIndex + 1)}  found the target among the columns to drop. Take it out of \`drop\`.`,
    );
  }
  const indices = cells
    .map((_, index) => index)
    .filter((index) => index !== targetIndex && !dropped.has(index));
  if (indices.length === 0) {
    throw dataError(
      `${placed(path, line, 1)}  found no column beside the target that is not dropped, expected at least one input.`,
    );
  }
  // Whoever names a column says that there is a header.
  const named = [target, ...drop].some((reference) => typeof reference === 'string');
  return {
    first: { ...first, header: header ?? (named ? true : null) },
    kept: [targetIndex, ...indices],
  };
}

function refuseOtherColumns({ path, line, cells }: FirstLine, like: Table): void {
  const as = `as in ${printable(like.path)}`;
  if (cells.length !== like.width) {
    throw dataError(
      `${placed(path, line, 1)}  found ${counted(cells.length, 'column')}, expected ${like.width} ${as}. Give the test file the same columns.`,
    );
  }
  like.header?.forEach((name, index) => {
    const found = cells[index]?.trim() ?? '';
    if (found === name) return;
    throw dataError(
      `${placed(path, line, index + 1)}  found the column ${quoted(found)}, expected ${quoted(name)} ${as}. Give the test file the same header line.`,
    );
  });
}

function oneColumn(path: string, line: number, cell: string): Error {
  const separator = [';', '\t', '|'].find((candidate) => cell.includes(candidate));
  const found =
    separator === undefined ? 'found one column' : `found cells separated by ${quoted(separator)}`;
  const remedy =
    separator === undefined
      ? 'A table needs a target and at least one input.'
      : 'Save the table with commas between its cells.';
  return dataError(`${placed(path, line, 1)}  ${found}, expected several separated by commas. ${remedy}`);
}
