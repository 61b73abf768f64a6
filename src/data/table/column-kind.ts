import { formatList } from '../../text/list.js';
import { formatCount } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { CellDiagnostics } from '../cell-diagnostics.js';
import { notationKeys, notationOf, notationTest } from '../sources/csv/number-notation.js';
import { textCodeAt } from './block.js';
import { categoriesOf } from './categories.js';
import { looksLikeMissing } from './missing-words.js';
import { looksLikeDate } from './parse-timestamp.js';
import { forEachRow, MAX_CATEGORIES, type Table, type TableColumn } from './table.js';
import { commonUnit } from './unit.js';

/** From this share of numbers on, a column holds numbers, and its texts are errors. */
const NUMBERS_SHARE = 0.9;

/** The kind of a column: as the config says, or judged by its cells. */
export function kindOf(column: TableColumn): 'number' | 'category' {
  const { as } = column.options ?? {};
  if (as !== undefined) return as === 'number' ? 'number' : 'category';
  return column.numbers > 0 && column.numbers >= NUMBERS_SHARE * (column.numbers + column.texts)
    ? 'number'
    : 'category';
}

/** Throws DATA_INVALID for texts in columns that must hold numbers, with the places of the first few. */
export function refuseTexts(table: Table, columns: readonly TableColumn[]): void {
  const wrong = columns.filter((column) => column.texts > 0);
  if (wrong.length === 0) return;
  const diagnostics = new CellDiagnostics();
  forEachRow(table, (block, offset, line) => {
    for (const column of wrong) {
      const code = textCodeAt(block, offset + column.slot);
      if (code === 0) continue;
      const text = column.distinctTexts[code - 1] ?? '';
      diagnostics.add(
        () =>
          `${block.source.placeOf(line, column.index + 1)}  found ${quote(text)} in ${quote(column.name)}, ` +
          `expected a number${like(column)}. ${remedyFor(table, column, text, line)}`,
      );
    }
  });
  diagnostics.throwIfAny();
}

function remedyFor(table: Table, column: TableColumn, text: string, line: number): string {
  if (table.hasHeader && text === column.name) {
    return 'This looks like the header line again, as in joined files: remove the line.';
  }
  if (!table.hasHeader && line === 1 && column.distinctTexts.length === 1) {
    return 'If this line names the columns, set header: true in data.';
  }
  if (looksLikeMissing(text)) {
    const wish = `missing_values: [${quote(text)}]`;
    const own = `columns: {${referencesTo(table)(column)}: {${wish}}}`;
    return `If it stands for a missing cell, set ${own} in data. Otherwise correct the cell or drop the column.`;
  }
  const plainly = looksLikeFormattedNumber(text) ? `${plainNumbersRemedy([text], column)} ` : '';
  const instead = column === table.target ? 'set task: classification in data' : 'drop the column';
  return `${plainly}Correct the cell, mark it missing (NA) or ${instead}.`;
}

/** Columns as a config names them: by their names, or by their index if a name is not unique. */
function referencesTo({ hasHeader, target, columns }: Table): (column: TableColumn) => string {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of [target, ...columns]) (seen.has(name) ? repeated : seen).add(name);
  return ({ name, index }) =>
    hasHeader && !repeated.has(name) ? escapeControls(JSON.stringify(name)) : String(index);
}

function like(column: TableColumn): string {
  return column.numbers === 0 ? '' : ` as in ${formatCount(column.numbers, 'other cell')} of the column`;
}

/** Columns that cannot become inputs (no values, too many categories, or dates), each with a diagnostic. */
export function unusableColumns(table: Table): ReadonlyMap<TableColumn, string> {
  const firstLine = table.blocks[0]?.lines[0] ?? 1;
  const referenceTo = referencesTo(table);
  return new Map(
    table.columns.flatMap((column): [TableColumn, string][] => {
      const reason = reasonAgainst(table, column, referenceTo(column));
      return reason === null
        ? []
        : [[column, `${table.source.placeOf(firstLine, column.index + 1)}  ${reason}`]];
    }),
  );
}

function reasonAgainst(table: Table, column: TableColumn, reference: string): string | null {
  const name = quote(column.name);
  const remedy = `Drop the column: drop: [${reference}]`;
  if (column.numbers + column.texts === 0) {
    return `found no value in any row of ${name}, expected some. ${remedy}`;
  }
  if (kindOf(column) === 'number') return null;
  if (hasTooMany(table, column)) {
    const what = column.numbers > 0 ? 'different value' : 'different text';
    return (
      `found more than ${formatCount(MAX_CATEGORIES, what)} in ${name}, expected a number or ` +
      `one of few categories. ${remedy}`
    );
  }
  if (column.texts === 0) return null;
  if (column.options?.as === undefined && column.distinctTexts.every(looksLikeFormattedNumber)) {
    return (
      `found formatted numbers in ${name} (${quote(column.distinctTexts[0] ?? '')}), expected ` +
      `plain ones. ${plainNumbersRemedy(column.distinctTexts, column)} ` +
      `Rewrite the column; or, if these are names, set columns: {${reference}: {as: ` +
      `one_hot}}; or drop it: drop: [${reference}]`
    );
  }
  if (!column.distinctTexts.every(looksLikeDate)) return null;
  return (
    `found dates in ${name} (${quote(column.distinctTexts[0] ?? '')}), expected numbers or categories: ` +
    `a date says nothing about later days. Drop the column (drop: [${reference}]) or split by it ` +
    `(split: {time: ${reference}}), and add what matters of it (month, weekday, hour) as columns.`
  );
}

/** Whether a column has too many distinct texts, or too many distinct texts and numbers together. */
function hasTooMany(table: Table, column: TableColumn): boolean {
  return column.overflowed || (column.numbers > 0 && categoriesOf(table, column).size > MAX_CATEGORIES);
}

/** A number with a decimal comma, separated thousands, a currency sign or a percent sign. */
const FORMATTED_NUMBER = /^[-+]?[$€£¥]?\s?(\d{1,3}([ .,'’]\d{3})+|\d+)([.,]\d+)?\s?[%$€£¥]?$/u;

/** Whether a text that does not parse as a number is a formatted number. */
export function looksLikeFormattedNumber(text: string): boolean {
  return FORMATTED_NUMBER.test(text);
}

const PLAIN_NUMBERS =
  'Write numbers plainly, as in 1234.5: with a decimal point, and without separators, units or signs around them.';

/** The remedy for formatted numbers such as these, which may be those of one column. */
export function plainNumbersRemedy(texts: readonly string[], column?: TableColumn): string {
  const [example = ''] = texts;
  const unit = commonUnit(texts)?.unit;
  if (unit !== undefined && column !== undefined) {
    return (
      `If ${quote(unit)} is the unit of all numbers of the column, set columns: {${column.index}: {unit: ` +
      `${quote(unit)}}} in data. Otherwise write them plainly, as in 1234.5.`
    );
  }
  const notation = notationOf([example]);
  const keys = notationKeys(notation);
  if (keys.length === 0 || !notationTest(notation).test(example)) return PLAIN_NUMBERS;
  return (
    `If the file writes its numbers so, set ${formatList(keys)} in data. ` +
    'Otherwise write them plainly, as in 1234.5.'
  );
}
