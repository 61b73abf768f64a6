import { escapeControls, quote } from '../../text/quote.js';
import { dataError } from '../diagnostics.js';
import { looksLikeFormattedNumber, plainNumbersRemedy } from '../table/column-kind.js';
import type { Table, TableColumn } from '../table/table.js';

/** From this share of columns on, the whole table is written so, and no column of it can be judged. */
const MIN_COLUMNS_SHARE = 0.5;
/** From this share of its texts on, a column holds formatted numbers: others may be marks or notes. */
const MIN_TEXTS_SHARE = 0.9;

/**
 * Refuses a table whose columns hold formatted numbers, such as those with decimal commas: they would count as texts,
 * and almost every column would be dropped. Throws DATA_INVALID.
 */
export function refuseFormattedNumbers({ columns }: Table, path: string): void {
  const formatted = columns.filter(holdsFormattedNumbers);
  const [first] = formatted;
  if (first === undefined || formatted.length < MIN_COLUMNS_SHARE * columns.length) return;
  const example = first.distinctTexts.find(looksLikeFormattedNumber) ?? '';
  throw dataError(
    `${escapeControls(path)}  found formatted numbers in most columns, such as ${quote(example)} ` +
      `in ${quote(first.name)}, expected plain ones. ${plainNumbersRemedy([example])} ` +
      'Export the table so, or replace the signs in a copy.',
  );
}

/** Whether nearly all texts of a column are formatted numbers, such as `3,504` or `$5`. */
export function holdsFormattedNumbers({ texts, numbers, distinctTexts }: TableColumn): boolean {
  if (texts <= numbers) return false;
  const formatted = distinctTexts.filter(looksLikeFormattedNumber).length;
  return formatted > 0 && formatted >= MIN_TEXTS_SHARE * distinctTexts.length;
}
