import { formatPercent } from '../../text/number.js';
import { forEachRow, type Table, valueAt } from '../table/table.js';
import type { ColumnProfile } from './profile.js';

/** From this share of rows on, a column that predicts the class alone may be a leak. */
const MIN_SHARE = 0.99;
/** Its errors have to be at most this part of the errors of always predicting the most frequent class. */
const MAX_ERRORS = 0.1;
/** Rows for each value of the column, on average: in fewer, values and classes may agree by accident. */
const MIN_ROWS_EACH = 10;

/**
 * Inputs of which each value nearly always has the same class. Sentences for a person, who knows whether such a column
 * is known for new rows.
 */
export function predictingColumns(
  table: Table,
  inputs: readonly ColumnProfile[],
  target: ColumnProfile,
): string[] {
  const columns = inputs.filter(
    ({ counts, distinct, present }) => counts !== null && distinct > 1 && distinct * MIN_ROWS_EACH <= present,
  );
  const tables = columns.map(() => new Map<number | string, Map<number | string, number>>());
  forEachRow(table, (block, offset) => {
    const wanted = valueAt(block, target.column, offset + target.column.slot);
    if (wanted === null) return;
    for (const [i, { column }] of columns.entries()) {
      const value = valueAt(block, column, offset + column.slot);
      if (value === null) continue;
      const classes = tables[i]?.get(value) ?? new Map<number | string, number>();
      tables[i]?.set(value, classes.set(wanted, (classes.get(wanted) ?? 0) + 1));
    }
  });
  return columns.flatMap(({ name }, i) => {
    const share = predictedShare([...(tables[i]?.values() ?? [])]);
    return share === null
      ? []
      : [
          `${JSON.stringify(name)} alone predicts the target ${JSON.stringify(target.name)} in ` +
            `${formatPercent(share)} of the rows.`,
        ];
  });
}

/** The share of rows that have the most frequent class of their value; null if it is no sign of a leak. */
function predictedShare(rowsByValue: readonly ReadonlyMap<unknown, number>[]): number | null {
  const byClass = new Map<unknown, number>();
  let hits = 0;
  for (const classes of rowsByValue) {
    hits += Math.max(...classes.values());
    for (const [wanted, rows] of classes) byClass.set(wanted, (byClass.get(wanted) ?? 0) + rows);
  }
  const rows = [...byClass.values()].reduce((sum, count) => sum + count, 0);
  const most = Math.max(0, ...byClass.values());
  const isTelling = hits >= MIN_SHARE * rows && rows - hits <= MAX_ERRORS * (rows - most);
  return rows > 0 && rows > most && isTelling ? hits / rows : null;
}
