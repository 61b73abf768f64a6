import type { ColumnOptions, MissingPolicy, UnseenPolicy } from '../../../data/column-options.js';
import {
  categoryOfNumber,
  type MissingValues,
  missingValuesOf,
  parseCell,
} from '../../../data/table/cell.js';
import { quote } from '../../../text/quote.js';
import type { Checks } from '../../diagnostics/checks.js';
import type { DataInput } from '../../schema/data-schema.js';
import { resolveMissingValues } from './resolve-missing-values.js';

/** Anything else could be part of a number. */
const UNIT = /^(?![+\-.,'’]*$)[^\d]{1,20}$/u;

type TableInput = Extract<DataInput, { path: unknown }>;
type ColumnInput = TableInput['columns'][string];

/** What the config says of single columns, in its order, held against what it says of the table. */
export function resolveColumns(input: TableInput, checks: Checks): ColumnOptions[] {
  const columns = Object.entries(input.columns).map(([name, own]) => {
    const read = readColumn(name, own, input, checks);
    checkColumn(read, own, input, checks);
    return read;
  });
  const isFilled = [input.missing, ...columns.map(({ missing }) => missing)].some(fills);
  if (input.indicator && !isFilled) {
    checks.report(
      ['data', 'indicator'],
      'data.indicator says where missing cells were filled, but data.missing is ' +
        `${input.missing}. Set missing: median, say, or take indicator out.`,
    );
  }
  return columns;
}

function readColumn(column: string, own: ColumnInput, table: TableInput, checks: Checks): ColumnOptions {
  const { as, order, most_categories: maxCategories, missing, unit, indicator, unseen } = own;
  const path = ['data', 'columns', column, 'missing_values'];
  const missingValues = own.missing_values && resolveMissingValues(own.missing_values, path, checks);
  const missingInOrder = missingValuesOf(missingValues ?? (table.missing_values ?? []).map(String));
  return {
    column,
    ...(as !== undefined && { as }),
    ...(order !== undefined && { order: order.map((entry) => asCategory(entry, missingInOrder)) }),
    ...(maxCategories !== undefined && { maxCategories }),
    ...(missing !== undefined && { missing }),
    ...(missingValues !== undefined && { missingValues }),
    ...(unit !== undefined && { unit: unit.trim() }),
    ...(indicator !== undefined && { indicator }),
    ...(unseen !== undefined && { unseen }),
  };
}

/** As a cell that holds it would be read. */
function asCategory(entry: string | number | boolean, missing: MissingValues | null): string {
  const cell = parseCell(String(entry), missing);
  switch (cell.kind) {
    case 'missing':
      return '';
    case 'number':
      return categoryOfNumber(cell.value);
    case 'text':
    case 'unusable':
      return cell.text;
    default:
      return cell satisfies never;
  }
}

function checkColumn(
  { column, as, order, maxCategories, unit, indicator }: ColumnOptions,
  own: ColumnInput,
  table: { readonly missing: MissingPolicy; readonly unseen: UnseenPolicy },
  checks: Checks,
): void {
  const missing = own.missing ?? table.missing;
  const unseen = own.unseen ?? table.unseen;
  const say = (key: keyof ColumnInput, words: string, at: 'key' | 'value' = 'value'): void =>
    checks.report(['data', 'columns', column, key], `data.columns.${column}.${key} ${words}`, at);
  if (order !== undefined) {
    if (as !== 'ordinal') {
      say(
        'order',
        'goes with as: ordinal, which gives each category a place. Say so, or take the order out.',
        'key',
      );
    }
    const twice = order.find((category, i) => order.indexOf(category) < i);
    if (order.includes('')) say('order', 'has an entry that stands for a missing cell. Take it out.');
    else if (twice !== undefined) say('order', `has ${quote(twice)} twice. Give each category one place.`);
  }
  if (maxCategories !== undefined) {
    if (as === 'ordinal' || as === 'number') {
      say('most_categories', `goes with one-hot columns, but as is ${as}. Take one of them out.`, 'key');
    } else if (unseen === 'error') {
      say(
        'most_categories',
        'leaves categories without an input, which unseen: error would refuse. Say unseen: ignore for this column.',
        'key',
      );
    }
  }
  if (unit !== undefined) {
    if (!UNIT.test(unit)) {
      say(
        'unit',
        `is ${quote(unit)}, expected what stands before or after each number, such as $, % or kg: at most 20 ` +
          'characters, without digits, and not a point, a comma or a sign alone.',
      );
    } else if (as === 'one_hot' || as === 'ordinal') {
      say('unit', `is for numbers, but as is ${as}. Remove one of them.`, 'key');
    }
  }
  if (own.unseen !== undefined && as === 'number') {
    say('unseen', 'is for categories, but as is number. Take one of them out.', 'key');
  }
  if (as === 'one_hot' && (own.missing === 'mean' || own.missing === 'median')) {
    say('missing', `is ${own.missing}, which categories do not have. Set most_frequent, or as: ordinal.`);
  }
  if (indicator === true && !fills(missing)) {
    say(
      'indicator',
      'says where missing cells were filled, but those of this column are not: missing is ' +
        `${missing}. Set missing: median, say, or take indicator out.`,
    );
  }
}

function fills(missing: MissingPolicy | undefined): boolean {
  return missing !== undefined && missing !== 'error' && missing !== 'drop';
}
