import { textCodeAt } from './block.js';
import { categoriesOf } from './categories.js';
import { Mistakes } from './mistakes.js';
import { looksLikeDate } from './moment.js';
import { forEachRow, MOST_CATEGORIES, type Table, type TableColumn } from './table.js';
import { counted, placed, quoted } from './wording.js';

/** From this share of numbers among its cells on, a column holds numbers and its texts are mistakes. */
const NUMBERS_SHARE = 0.9;

/** What a column holds: as the config says, or judged by its cells. */
export function kindOf(column: TableColumn): 'number' | 'category' {
  const { as } = column.options ?? {};
  if (as !== undefined) return as === 'number' ? 'number' : 'category';
  return column.numbers > 0 && column.numbers >= NUMBERS_SHARE * (column.numbers + column.texts)
    ? 'number'
    : 'category';
}

/** Throws DATA_INVALID for texts in columns that are to hold numbers, with the place of the first of them. */
export function refuseTexts(table: Table, columns: readonly TableColumn[]): void {
  const wrong = columns.filter((column) => column.texts > 0);
  if (wrong.length === 0) return;
  const mistakes = new Mistakes();
  forEachRow(table, (block, offset, line) => {
    for (const column of wrong) {
      const code = textCodeAt(block, offset + column.slot);
      if (code === 0) continue;
      mistakes.add(
        () =>
          `${placed(block.path, line, column.index + 1)}  found ${quoted(column.texted[code - 1] ?? '')} in ${quoted(column.name)}, ` +
          `expected a number${like(column)}. Correct the cell, mark it missing (NA) or ${column === table.target ? 'say task: classification in data' : 'drop the column'}.`,
      );
    }
  });
  mistakes.throwIfAny();
}

function like(column: TableColumn): string {
  return column.numbers === 0 ? '' : ` as in ${counted(column.numbers, 'other cell')} of the column`;
}

/** Throws DATA_INVALID for columns that cannot become inputs: without any value, with too many categories, or with dates. */
export function refuseUnusable(table: Table): void {
  const mistakes = new Mistakes();
  const firstLine = table.blocks[0]?.lines[0] ?? 1;
  for (const column of table.columns) {
    const place = placed(table.path, firstLine, column.index + 1);
    if (column.numbers + column.texts === 0) {
      mistakes.add(
        () =>
          `${place}  found no value in any row of ${quoted(column.name)}, expected some. Drop the column: drop: [${column.index}]`,
      );
    } else if (kindOf(column) === 'category' && hasTooMany(table, column)) {
      mistakes.add(
        () =>
          `${place}  found more than ${counted(MOST_CATEGORIES, column.numbers > 0 ? 'different value' : 'different text')} in ${quoted(column.name)}, ` +
          `expected a number or one of few categories. Drop the column: drop: [${column.index}]`,
      );
    } else if (kindOf(column) === 'category' && column.texts > 0 && column.texted.every(looksLikeDate)) {
      mistakes.add(
        () =>
          `${place}  found dates in ${quoted(column.name)} (${quoted(column.texted[0] ?? '')}), expected numbers or categories: ` +
          `a date teaches nothing about days to come. Drop the column (drop: [${column.index}]) or split by it ` +
          `(split: {time: ${column.index}}), and give what matters of it (month, weekday, hour) a column of its own.`,
      );
    }
  }
  mistakes.throwIfAny();
}

/** Texts beyond those that are kept, or as many categories of which some are numbers. */
function hasTooMany(table: Table, column: TableColumn): boolean {
  return column.overflowed || (column.numbers > 0 && categoriesOf(table, column).size > MOST_CATEGORIES);
}
