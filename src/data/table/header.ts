import { parseCell } from './cell.js';

/** What is known of a column below the first line. */
interface ColumnBelow {
  readonly numbers: number;
  readonly texts: number;
  /** Different texts, as far as they were counted. */
  readonly distinctTexts: number;
  readonly hasText: (text: string) => boolean;
}

/** Number columns that a header of whole numbers in a row needs: fewer could be the first row of a small table. */
const NUMBERED_COLUMNS = 5;

/**
 * Whether the first line names the columns, judged by whether it is like the lines below it.
 *
 * In a column of numbers, a text on top speaks for a header and a number against. In a column of texts that
 * repeat, a top that never comes again speaks for a header and one that does against. The majority decides;
 * a draw is no header. Headers that are numbers themselves are known by counting up: `0,1,2,3,4,...`.
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
