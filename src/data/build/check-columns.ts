import { formatList } from '../../text/list.js';
import { nearestName } from '../../text/nearest-name.js';
import { formatCount } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import type { ColumnOptions } from '../column-options.js';
import { DataDiagnostics, type OptionDiagnostic } from '../diagnostics.js';
import { categoriesOf } from '../table/categories.js';
import { kindOf } from '../table/column-kind.js';
import type { Table, TableColumn } from '../table/table.js';

const MAX_LISTED = 5;

/** Throws DataDiagnostics, all at once, if options do not suit what the columns of a table hold. */
export function checkColumns(table: Table): void {
  const diagnostics = table.columns.flatMap((column) =>
    column.options === null ? [] : diagnosticsIn(table, column, column.options),
  );
  if (diagnostics.length > 0) throw new DataDiagnostics(diagnostics, [], null);
}

function diagnosticsIn(table: Table, column: TableColumn, options: ColumnOptions): OptionDiagnostic[] {
  const { missing, indicator, order, maxCategories, unseen } = options;
  const name = quote(column.name);
  const diagnostics: OptionDiagnostic[] = [];
  const say = (key: string, sentence: string): void => {
    diagnostics.push({
      path: ['data', 'columns', options.column, key],
      at: 'value',
      sentence: `data.columns.${options.column}.${key} ${sentence}`,
    });
  };
  if (kindOf(column) === 'number') {
    const remedy = 'Remove it, or set as: one_hot or ordinal, so that its numbers are categories.';
    if (maxCategories !== undefined) {
      say('most_categories', `is for categories, but ${name} holds numbers. ${remedy}`);
    }
    if (unseen !== undefined) say('unseen', `is for categories, but ${name} holds numbers. ${remedy}`);
  } else if (options.as === undefined && (missing === 'mean' || missing === 'median')) {
    const shown = column.distinctTexts.slice(0, 3).map(quote);
    say(
      'missing',
      `is ${missing}, but ${name} holds texts ` +
        `(${shown.join(', ')}${column.distinctTexts.length > 3 ? ', ...' : ''}), which have ` +
        'none. ' +
        'Set most_frequent, or give the texts an order with as: ordinal.',
    );
  }
  if (indicator === true && column.missing === 0) {
    say('indicator', `would be the same in every row: no cell of ${name} is missing. Remove it.`);
  }
  if (order !== undefined) {
    const lacking = [...categoriesOf(table, column)].filter((category) => !order.includes(category));
    if (lacking.length > 0) say('order', lackingSentence(name, lacking, order));
  }
  return diagnostics;
}

function lackingSentence(name: string, lacking: readonly string[], order: readonly string[]): string {
  const shown = lacking.slice(0, MAX_LISTED).map((category) => {
    // Short names are near to any other.
    const nearest = category.length < 3 ? null : nearestName(category, order);
    return nearest === null ? quote(category) : `${quote(category)} (not ${quote(nearest)}?)`;
  });
  if (lacking.length > MAX_LISTED) shown.push(formatCount(lacking.length - MAX_LISTED, 'other'));
  return `lacks ${formatList(shown)}, which ${name} has. Add every category of the column.`;
}
