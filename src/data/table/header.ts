import { parseCell } from './cell.js';

/** Counts of a column below the first line. */
interface ColumnBelow {
  readonly numbers: number;
  readonly texts: number;
  /** Distinct texts, as far as they are counted. */
  readonly distinctTexts: number;
  readonly hasText: (text: string) => boolean;
}

/**
 * The number of columns that a header of consecutive whole numbers needs. Fewer could be the first row of a small
 * table.
 */
const NUMBERED_COLUMNS = 5;

/**
 * Whether the first line names the columns, judged by how it differs from the lines below.
 *
 * In a column of numbers, a text on top is evidence for a header and a number is evidence against it. In a column of
 * texts that repeat, a top that does not occur below is evidence for a header, and one that does is evidence against
 * it. The majority decides; a draw means no header. A header of consecutive whole numbers (`0,1,2,3,4,...`) is
 * recognised, too.
 */
export function looksLikeHeader(first: readonly string[], below: readonly ColumnBelow[]): boolean {
  let evidence = 0;
  let contradicted = false;
  const numbersOnTop: number[] = [];
  below.forEach((column, i) => {
    const top = parseCell(first[i] ?? '');
    if (column.numbers > column.texts) {
      if (top.kind === 'text') evidence++;
      if (top.kind === 'number') {
        evidence--;
        numbersOnTop.push(top.value);
      }
    } else if (column.texts > 0 && top.kind === 'text') {
      if (column.hasText(top.text)) {
        evidence--;
        contradicted = true;
      } else if (column.texts >= 2 * column.distinctTexts) {
        evidence++;
      }
    }
  });
  if (!contradicted && numbersOnTop.length >= NUMBERED_COLUMNS && countsUp(numbersOnTop)) return true;
  return evidence > 0;
}

function countsUp(values: readonly number[]): boolean {
  return values.every(
    (value, i) => Number.isInteger(value) && (i === 0 || value === (values[i - 1] ?? 0) + 1),
  );
}
