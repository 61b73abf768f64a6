import { formatList } from '../../text/list.js';
import { formatCount } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import { putCode, textCodeAt } from '../table/block.js';
import { looksLikeMissing } from '../table/missing-words.js';
import { allColumns, forEachRow, type Table, type TableColumn } from '../table/table.js';

/** A column of numbers has at most this many texts of which `init` asks whether they stand for missing cells. */
const MAX_ASKED = 2;

/**
 * Takes texts as missing cells in columns whose other cells are all numbers, if every text is a word for a missing
 * cell. Changes the blocks of the table.
 */
export function withMissingAmongNumbers(table: Table): Table {
  const found = allColumns(table).filter(
    ({ numbers, distinctTexts, overflowed }) =>
      numbers > 0 && distinctTexts.length > 0 && !overflowed && distinctTexts.every(looksLikeMissing),
  );
  if (found.length === 0) return table;
  forEachRow(table, (block, offset) => {
    for (const { slot } of found) {
      if (textCodeAt(block, offset + slot) > 0) putCode(block, offset + slot, 0);
    }
  });
  const taken = (column: TableColumn): TableColumn =>
    found.includes(column)
      ? {
          ...column,
          texts: 0,
          missing: column.missing + column.texts,
          missingValues: column.distinctTexts,
          distinctTexts: [],
        }
      : column;
  const missingValues = new Map(found.map(({ index, distinctTexts }) => [index, distinctTexts]));
  return {
    ...table,
    target: taken(table.target),
    columns: table.columns.map(taken),
    roles: { ...table.roles, missingValues },
  };
}

/** Why texts count as missing; empty if none do. */
export function missingBecause({ missingValues }: TableColumn): string[] {
  if (missingValues.length === 0) return [];
  const words = formatList(missingValues.map(quote));
  return [
    `${words} ${missingValues.length === 1 ? 'counts' : 'count'} as missing, as all other values are numbers`,
  ];
}

/** Columns of mostly numbers with one or two texts, which may stand for missing cells: a sentence for each. */
export function textsAmongNumbers(columns: readonly TableColumn[]): string[] {
  return columns.flatMap(({ name, numbers, texts, distinctTexts }) => {
    if (numbers < texts || distinctTexts.length === 0 || distinctTexts.length > MAX_ASKED) return [];
    const words = formatList(distinctTexts.map(quote));
    return [
      `${quote(name)} has ${formatCount(numbers, 'number')} and ${words} in ${formatCount(texts, 'cell')}, so its ` +
        `values are categories. If ${distinctTexts.length === 1 ? 'this text stands' : 'these texts stand'} for ` +
        `missing cells, set missing_values: [${distinctTexts.map(quote).join(', ')}] for the column.`,
    ];
  });
}
