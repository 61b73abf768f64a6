import { Readable } from 'node:stream';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { quote } from '../../text/quote.js';
import { csvRows } from '../sources/csv/csv-records.js';
import { type Delimiter, detectDelimiter } from '../sources/csv/delimiter.js';
import { withoutLines } from '../sources/csv/skip-lines.js';
import { type Row, rowsOf } from '../sources/rows.js';
import { parseCell } from '../table/cell.js';
import { looksLikeFormattedNumber } from '../table/column-kind.js';
import { looksLikeMissing } from '../table/missing-words.js';

/** A line of a table that is no row and does not name the columns. */
export interface LineToSkip {
  readonly line: number;
  readonly because: string;
}

/** A title has at most this many lines. */
const MAX_TITLE_LINES = 20;
/** Fewer rows than these say nothing about the lines above them. */
const MIN_ROWS = 5;
const MAX_ROWS = 100;
/** If more rows than these are mostly empty, titles cannot be told from rows. */
const MAX_SPARSE_SHARE = 0.25;
/** From this share of numbers on, a column holds numbers. */
const NUMBERS_SHARE = 0.8;

/** What is above the rows of a table, and what separates their cells. */
export interface TableTop {
  readonly delimiter: Delimiter;
  /** In order. */
  readonly skipped: readonly LineToSkip[];
}

/**
 * Looks at the first lines of a file for titles above the line that names the columns, and for a line of units below
 * it: lines with at most half as many cells as the rows, lines that are mostly empty, and lines without a number in
 * any column of numbers.
 */
export async function topOfTable(start: Buffer): Promise<TableTop> {
  const { delimiter, above, rows, isRegular } = await regularRows(start);
  if (!isRegular) return { delimiter, skipped: [] };
  // In a table with many empty cells, a first row of few cells is nothing special.
  const areTitlesSpecial = rows.filter(isSparse).length <= MAX_SPARSE_SHARE * rows.length;
  const count = areTitlesSpecial ? rows.findIndex((row) => !isSparse(row)) : 0;
  const titles = [...above, ...rows.slice(0, count)];
  const table = rows.slice(count);
  const second = secondHeader(table);
  const skipped = titles.map((row) => ({
    line: row.line,
    because: row.cells.some((cell) => cell !== '') ? `is a title above the table: ${shown(row)}` : 'is empty',
  }));
  return { delimiter, skipped: second === null ? skipped : [...skipped, second] };
}

interface RegularRows {
  readonly delimiter: Delimiter;
  /** The rows above those of equally many cells. */
  readonly above: readonly Row[];
  readonly rows: readonly Row[];
  readonly isRegular: boolean;
}

/** The rows from the first one on from which all rows have equally many cells; all rows if there is no such row. */
async function regularRows(start: Buffer): Promise<RegularRows> {
  const delimiter = detectDelimiter(start.toString());
  const found = await rowsOfText(start, delimiter);
  const none = { delimiter, above: [], rows: found, isRegular: false };
  const lines = found.map(({ line }) => line);
  for (let count = 0; count <= Math.min(MAX_TITLE_LINES, lines.length - MIN_ROWS); count++) {
    const text = withoutLines(start, lines.slice(0, count));
    const below = detectDelimiter(text.toString());
    const all = await rowsOfText(text, below);
    const width = all[0]?.cells.length ?? 0;
    // Lines of few cells at the end may be notes.
    const rows = all.slice(0, 1 + all.findLastIndex(({ cells }) => 2 * cells.length >= width));
    if (width < 2 || rows.length < MIN_ROWS || rows.some(({ cells }) => cells.length !== width)) continue;
    const above = (await rowsOfText(start, below)).slice(0, count);
    // A single line that is a cell short may name the columns.
    const areTitles = above.every(({ cells }) => 2 * cells.length <= width) || isHeader(rows);
    return areTitles ? { delimiter: below, above, rows, isRegular: true } : none;
  }
  return none;
}

/** The first rows; fewer if the text is not CSV or ends within quotes. */
async function rowsOfText(text: Buffer, delimiter: Delimiter): Promise<readonly Row[]> {
  const rows: Row[] = [];
  try {
    for await (const some of csvRows('', Readable.from([text]), delimiter)) rows.push(...rowsOf(some));
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
  }
  return rows.slice(0, MAX_ROWS);
}

/** Whether a row has text in less than half of the columns, and no number. */
function isSparse({ cells }: Row): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return 2 * filled.length < cells.length && !filled.some(isNumber);
}

/** The second of two lines of text above columns of numbers, or the first if only the second names all columns. */
function secondHeader([first, second, ...rows]: readonly Row[]): LineToSkip | null {
  if (first === undefined || second === undefined || rows.length < MIN_ROWS) return null;
  const numbers = columnsOfNumbers(rows);
  if ([first, second].some((row) => numbers.some((index) => isNumber(row.cells[index] ?? '')))) return null;
  const named = numbers.filter(
    (index) => isText(second, index) && !looksLikeMissing(second.cells[index] ?? ''),
  );
  const others = second.cells.filter((_, index) => !numbers.includes(index));
  const areOthersEmpty = others.every((cell) => cell === '' || looksLikeMissing(cell));
  if (named.length < 2 && !(named.length === 1 && areOthersEmpty)) return null;
  if (!numbers.some((index) => isText(first, index))) return null;
  return names(second) && !names(first)
    ? { line: first.line, because: `stands above the line that names the columns: ${shown(first)}` }
    : { line: second.line, because: `holds no row but units or other names: ${shown(second)}` };
}

/** Whether the first row has a text above a column of numbers. */
function isHeader([first, ...rows]: readonly Row[]): boolean {
  return first !== undefined && columnsOfNumbers(rows).some((index) => isText(first, index));
}

function columnsOfNumbers(rows: readonly Row[]): number[] {
  return [...(rows[0]?.cells.keys() ?? [])].filter((index) => {
    const count = rows.filter(({ cells }) => isNumber(cells[index] ?? '')).length;
    return count >= NUMBERS_SHARE * rows.length;
  });
}

function isText({ cells }: Row, index: number): boolean {
  return parseCell(cells[index] ?? '').kind === 'text';
}

/** Whether a row has a different text for each column. */
function names({ cells }: Row): boolean {
  return !cells.includes('') && new Set(cells).size === cells.length;
}

function isNumber(text: string): boolean {
  return parseCell(text).kind === 'number' || looksLikeFormattedNumber(text);
}

export function shown({ cells }: Row): string {
  return quote(cells.filter((cell) => cell !== '').join(', '));
}
