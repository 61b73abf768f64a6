import { formatList } from '../../text/list.js';
import { formatCount, formatWhole } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import type { ColumnOptions } from '../column-options.js';
import { FEW_CATEGORIES, MANY_CATEGORIES } from '../table/categories.js';
import type { TableColumn } from '../table/table.js';
import { missingBecause } from './missing-among-numbers.js';
import type { ColumnProfile } from './profile.js';

/** The proposed options of a column, and why. */
export interface ColumnProposal {
  readonly column: ColumnProfile;
  readonly options: Omit<ColumnOptions, 'column'>;
  readonly because: string;
}

/** The maximum number of columns that are listed one by one; of more, only the special ones are. */
const MAX_MENTIONED = 20;
const MAX_LISTED = 6;
/** Names of columns whose whole numbers are codes, not amounts. */
const CODE_NAME = /(^|[^a-z])(zip|(zip|postal|post|area)[ _-]?code)$|^plz$/;
/** From this share of missing cells on, a column gets one more input, 1 where its cell is missing. */
const INDICATOR_SHARE = 0.25;

/** Proposes options for the target and for inputs. */
export function columnProposals(
  inputs: readonly ColumnProfile[],
  target: ColumnProfile,
  rows: number,
): ColumnProposal[] {
  const proposals = inputs.flatMap((column) => {
    const proposal = proposalFor(column, rows);
    return proposal === null ? [] : [proposal];
  });
  const spokenOf =
    proposals.length <= MAX_MENTIONED
      ? proposals
      : proposals.filter(
          ({ options, column }) =>
            options.maxCategories !== undefined ||
            options.missingValues !== undefined ||
            options.unit !== undefined ||
            isCode(column),
        );
  return target.missing === 0 && target.column.unit === null
    ? spokenOf
    : [targetProposal(target, rows), ...spokenOf];
}

/** Options that are the same for inputs and the target. */
function valuesOf({ column: { missingValues, unit } }: ColumnProfile): Omit<ColumnOptions, 'column'> {
  return { ...(unit !== null && { unit }), ...(missingValues.length > 0 && { missingValues }) };
}

function unitBecause({ unit }: TableColumn): string[] {
  return unit === null ? [] : [`its numbers have the unit ${quote(unit)}`];
}

function targetProposal(target: ColumnProfile, rows: number): ColumnProposal {
  return {
    column: target,
    options: { ...valuesOf(target), ...(target.missing > 0 && { missing: 'drop' }) },
    because: [
      ...unitBecause(target.column),
      ...missingBecause(target.column),
      ...(target.missing === 0
        ? []
        : [
            `the target is missing in ${formatCount(target.missing, 'row')} of ${formatWhole(rows)}, ` +
              'which cannot be filled: these rows are dropped',
          ]),
    ].join('; '),
  };
}

function proposalFor(column: ColumnProfile, rows: number): ColumnProposal | null {
  const isCategory = column.kind === 'category' || isCode(column);
  if (!isCategory && column.missing === 0 && column.column.unit === null) return null;
  const isLarge = isCategory && column.distinct > MANY_CATEGORIES;
  const indicator = column.missing >= INDICATOR_SHARE * rows;
  const holes =
    column.missing === 0
      ? []
      : [`${formatWhole(column.missing)} of ${formatCount(rows, 'cell')} are missing`];
  return {
    column,
    options: {
      ...valuesOf(column),
      ...(isCategory && { as: 'one_hot' }),
      ...(isLarge && { maxCategories: FEW_CATEGORIES }),
      ...(column.missing > 0 && { missing: isCategory ? 'most_frequent' : 'median', indicator }),
    },
    because: [
      ...(isCategory ? [formatCategories(column, isLarge)] : []),
      ...unitBecause(column.column),
      ...missingBecause(column.column),
      ...holes,
    ].join('; '),
  };
}

function formatCategories(column: ColumnProfile, isLarge: boolean): string {
  const names = [...(column.counts ?? [])].sort((a, b) => b[1] - a[1]).map(([name]) => String(name));
  const shown = names.slice(0, MAX_LISTED);
  if (names.length > MAX_LISTED) shown.push(`${formatWhole(names.length - MAX_LISTED)} more`);
  const code = column.kind === 'number' ? 'numbers that look like codes, not amounts; ' : '';
  const few = isLarge ? `; the ${FEW_CATEGORIES} most frequent have an input, the others count as none` : '';
  return `${code}${formatCount(column.distinct, 'category', 'categories')} (${formatList(shown)})${few}`;
}

function isCode({ kind, name, isWhole, overflowed }: ColumnProfile): boolean {
  return kind === 'number' && isWhole && !overflowed && CODE_NAME.test(name.toLowerCase());
}
