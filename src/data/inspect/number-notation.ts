import { quote } from '../../text/quote.js';
import { type NumberNotation, notationOf, notationTest } from '../sources/csv/number-notation.js';
import { parseCell } from '../table/cell.js';
import { looksLikeFormattedNumber } from '../table/column-kind.js';
import { allColumns, forEachRow, type Table } from '../table/table.js';
import { holdsFormattedNumbers } from './formatted-numbers.js';
import type { UnitColumn } from './found-units.js';

/** A notation of numbers that was found in a table, with what shows it. */
export interface FoundNotation {
  readonly notation: NumberNotation;
  readonly because: string;
}

/** From this share of formatted numbers on that a notation explains, it is theirs. */
const EXPLAINED_SHARE = 0.9;

/**
 * The notation of the formatted numbers of a table, also of those with a unit; null if there are none, or if no single
 * notation explains them.
 */
export function foundNotation(table: Table, units: readonly UnitColumn[]): FoundNotation | null {
  const withUnit = new Map(
    units.map(({ column, numbers }) => [column, numbers.filter((text) => !isPlain(text))]),
  );
  const columns = allColumns(table).filter(
    (column) => withUnit.get(column)?.length ?? holdsFormattedNumbers(column),
  );
  const texts = columns.flatMap(
    (column) => withUnit.get(column) ?? column.distinctTexts.filter(looksLikeFormattedNumber),
  );
  const [example] = texts;
  const [column] = columns;
  if (example === undefined || column === undefined) return null;
  const notation = notationOf(texts);
  const explains = notationTest(notation);
  if (texts.filter((text) => explains.test(text)).length < EXPLAINED_SHARE * texts.length) return null;
  if (notation.decimal === 'comma' && hasDecimalPoints(table, notation.thousands === 'point')) return null;
  const { decimal, thousands } = notation;
  const signs = [
    ...(decimal === 'comma' ? ['decimal commas'] : []),
    ...(thousands === null ? [] : [`a ${thousands} between thousands`]),
  ];
  return {
    notation,
    because: `Numbers have ${signs.join(' and ')}, such as ${quote(example)} in ${quote(column.name)}`,
  };
}

function isPlain(text: string): boolean {
  return parseCell(text).kind === 'number';
}

/** Whether cells are numbers with a decimal point, which may be one between thousands in `1.234`. */
function hasDecimalPoints(table: Table, areThousands: boolean): boolean {
  const isDecimal = (value: number): boolean =>
    !Number.isInteger(value) &&
    !(areThousands && value >= 1 && Number.isInteger(Number((1000 * value).toFixed(6))));
  let has = false;
  forEachRow(table, ({ numbers }, offset) => {
    for (const value of numbers.subarray(offset, offset + table.stride)) {
      if (!Number.isNaN(value) && isDecimal(value)) has = true;
    }
  });
  return has;
}
