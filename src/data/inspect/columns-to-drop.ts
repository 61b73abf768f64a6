import { formatCount, formatWhole } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import { MANY_CATEGORIES } from '../table/categories.js';
import { looksLikeFormattedNumber } from '../table/column-kind.js';
import { holdsFormattedNumbers } from './formatted-numbers.js';
import type { ColumnProfile } from './profile.js';

/** A column that should be dropped, and why. */
export interface DroppedColumn {
  readonly column: ColumnProfile;
  readonly because: string;
}

/** A column that is named like an identifier is one if at least this share of its values is different. */
const NEARLY_UNIQUE = 0.9;
const IDENTIFIER_NAME =
  /(^|[^a-z])(id|uuid|guid|key|index|idx|rownum|row|no|nr|number)$|^unnamed|[a-z](Id|ID)$/;
/** From this share of missing cells on, a column is dropped. */
const MAX_MISSING_SHARE = 0.6;

/** The columns that say nothing about new rows, or that reveal the target (`leaking`: the reasons by index). */
export function columnsToDrop(
  profiles: readonly ColumnProfile[],
  target: ColumnProfile,
  rows: number,
  leaking: ReadonlyMap<number, string>,
): DroppedColumn[] {
  return profiles.flatMap((column) => {
    if (column === target) return [];
    const because = leaking.get(column.column.index) ?? reasonAgainst(column, rows);
    return because === null ? [] : [{ column, because }];
  });
}

function reasonAgainst(column: ColumnProfile, rows: number): string | null {
  if (column.kind === 'empty') return 'it has no value in any row';
  if (column.distinct === 1 && column.missing === 0) return 'it is the same in every row';
  if (column.holdsDates)
    return 'it has dates, which cannot be inputs; `split` can use them, with the latest rows as the test part';
  if (isIdentifier(column, rows)) {
    if (column.kind === 'category' && holdsFormattedNumbers(column.column)) return formattedNumbers(column);
    return column.kind === 'number'
      ? column.distinct === rows || column.overflowed
        ? 'each row has its own number, as identifiers do'
        : 'nearly each row has its own number, as identifiers do'
      : `it has ${column.overflowed ? 'more than ' : ''}${formatCount(column.distinct, 'different text')} ` +
          `in ${formatCount(column.present, 'row')}: names or identifiers`;
  }
  if (column.missing >= MAX_MISSING_SHARE * rows) {
    return `${formatWhole(column.missing)} of ${formatCount(rows, 'cell')} are missing`;
  }
  return null;
}

function formattedNumbers({ column }: ColumnProfile): string {
  const example = column.distinctTexts.find(looksLikeFormattedNumber) ?? '';
  return (
    `it has formatted numbers, such as ${quote(example)}, which count as texts. To use it, write them plainly, ` +
    'as in 1234.5, and other cells of the column as NA'
  );
}

/** Whether a column identifies rows and says nothing else about them. */
export function isIdentifier(column: ColumnProfile, rows: number): boolean {
  if (column.kind === 'category') {
    if (column.overflowed) return true;
    return column.distinct > MANY_CATEGORIES && 2 * column.distinct > column.present;
  }
  if (column.kind !== 'number' || !column.isWhole || rows < 10) return false;
  const isNearlyUnique = !column.overflowed && column.distinct >= NEARLY_UNIQUE * column.present;
  if (isNearlyUnique && 2 * column.present > rows && isNamedSo(column.name)) return true;
  if (column.missing > 0) return false;
  const isUnique = column.overflowed ? column.isRising : column.distinct === rows;
  return isUnique && (column.isRising || isNamedSo(column.name));
}

function isNamedSo(name: string): boolean {
  return IDENTIFIER_NAME.test(name) || IDENTIFIER_NAME.test(name.toLowerCase());
}
