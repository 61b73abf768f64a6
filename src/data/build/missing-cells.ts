import { formatCount } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { CellDiagnostics } from '../cell-diagnostics.js';
import type { MissingPolicy } from '../column-options.js';
import { type Block, isMissing } from '../table/block.js';
import { forEachRow, type Table, type TableColumn } from '../table/table.js';

/** The policy for missing cells, by the index of the column in the file. */
export type MissingPolicies = ReadonlyMap<number, MissingPolicy>;

/** The policy of every column of a table; `usual` for columns without one of their own. */
export function missingPolicies(table: Table, usual: MissingPolicy): MissingPolicies {
  return new Map(columnsOf(table).map((column) => [column.index, column.options?.missing ?? usual]));
}

/**
 * Returns a test for the rows of a table or of its test table that are kept: rows with no missing cell in a `drop`
 * column.
 */
export function keptRows(table: Table, policies: MissingPolicies): (block: Block, offset: number) => boolean {
  const needed = columnsOf(table).filter(
    (column) => column.missing > 0 && policies.get(column.index) === 'drop',
  );
  return (block, offset) => needed.every((column) => !isMissing(block, offset + column.slot));
}

/**
 * Throws DATA_INVALID if rows that are kept have missing cells that are an error: those of the target, and those of
 * columns with the policy `error`. There is one line for each column, with its first such cell. Columns in `refused`
 * are skipped.
 */
export function refuseMissing(
  table: Table,
  policies: MissingPolicies,
  refused: ReadonlySet<TableColumn>,
): void {
  const wrong = [table.target, ...table.columns].filter((column) => {
    if (refused.has(column)) return false;
    const policy = policies.get(column.index);
    return column.missing > 0 && (policy === 'error' || (column === table.target && policy !== 'drop'));
  });
  if (wrong.length === 0) return;
  const isKept = keptRows(table, policies);
  const found = new Map<TableColumn, { readonly place: string; count: number }>();
  forEachRow(table, (block, offset, line) => {
    if (!isKept(block, offset)) return;
    for (const column of wrong) {
      if (!isMissing(block, offset + column.slot)) continue;
      const known = found.get(column);
      if (known !== undefined) known.count++;
      else found.set(column, { place: block.source.placeOf(line, column.index + 1), count: 1 });
    }
  });
  const diagnostics = new CellDiagnostics();
  for (const column of wrong) {
    const cells = found.get(column);
    if (cells === undefined) continue;
    const others = cells.count - 1;
    const more = others === 0 ? '' : ` and in ${formatCount(others, 'other row')}`;
    diagnostics.add(
      () =>
        `${cells.place}  found a missing cell in ${quote(column.name)} here${more}, expected a ` +
        `value. ${remedyFor(column, table)}`,
    );
  }
  diagnostics.throwIfAny();
}

function remedyFor(column: TableColumn, { target, hasHeader }: Table): string {
  const own = `columns: {${hasHeader ? escapeControls(JSON.stringify(column.name)) : column.index}: {missing: drop}}`;
  return column === target
    ? `A missing target cannot be filled: remove the row, or drop such rows with ${own} in data.`
    : 'Set missing: median, mean, most_frequent or drop in data, or of this column in ' +
        'data.columns, or drop the column.';
}

function columnsOf({ target, columns, splitColumn }: Table): TableColumn[] {
  return [target, ...columns, ...(splitColumn === null ? [] : [splitColumn])];
}
