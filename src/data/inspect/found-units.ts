import type { ColumnOptions } from '../column-options.js';
import { type NumberNotation, PLAIN_NOTATION, plainNumberReader } from '../sources/csv/number-notation.js';
import { allColumns, forEachRow, type Table, type TableColumn, valueAt } from '../table/table.js';
import { type CommonUnit, commonUnit } from '../table/unit.js';

/** A column whose cells are all numbers with the same unit, such as `$5` or `5 %`. */
export interface UnitColumn extends CommonUnit {
  readonly column: TableColumn;
}

/** The columns of a table that have a unit. */
export function foundUnits(table: Table): UnitColumn[] {
  return allColumns(table).flatMap((column) => {
    const found = commonUnit(textsBelowHeader(table, column));
    return found === null || hasOtherNumbers(table, column) ? [] : [{ ...found, column }];
  });
}

/** Whether some numbers of a column have no unit. Zeros do not count: they need none. */
function hasOtherNumbers(table: Table, { numbers, slot }: TableColumn): boolean {
  let has = false;
  if (numbers > 0) {
    forEachRow(table, (block, offset) => {
      const value = block.numbers[offset + slot] ?? Number.NaN;
      if (!Number.isNaN(value) && value !== 0) has = true;
    });
  }
  return has;
}

/** Among texts, a header line is not recognised before the unit is known. */
function textsBelowHeader({ hasHeader, blocks }: Table, column: TableColumn): readonly string[] {
  const [first] = blocks;
  if (hasHeader || first === undefined) return column.distinctTexts;
  const top = valueAt(first, column, column.slot);
  return commonUnit([String(top)]) === null
    ? column.distinctTexts.filter((text) => text !== top)
    : column.distinctTexts;
}

/** The options that say so, for columns whose numbers are all readable in this notation. */
export function readableUnits(
  found: readonly UnitColumn[],
  notation: NumberNotation | null,
): ColumnOptions[] {
  const plainNumber = plainNumberReader(notation ?? PLAIN_NOTATION);
  return found
    .filter(({ numbers }) => numbers.every((text) => plainNumber(text) !== null))
    .map(({ column, unit }) => ({ column: String(column.index), unit }));
}
