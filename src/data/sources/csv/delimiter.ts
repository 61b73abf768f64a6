/** What separates the cells of a row. */
export type Delimiter = 'comma' | 'tab' | 'semicolon' | 'pipe';

export const DELIMITERS: readonly Delimiter[] = ['comma', 'tab', 'semicolon', 'pipe'];

const CHARACTERS: Readonly<Record<Delimiter, string>> = { comma: ',', tab: '\t', semicolon: ';', pipe: '|' };

export function characterOf(delimiter: Delimiter): string {
  return CHARACTERS[delimiter];
}

const SAMPLE_CHARACTERS = 65_536;
const SAMPLE_ROWS = 100;

/**
 * Detects the delimiter by the first rows: the character that occurs equally often in every row, outside quoted
 * cells. A tab, semicolon or pipe wins over a comma, which may stand in numbers (`1,5;2,0`), unless there are more
 * commas than that explains. A comma if nothing is regular.
 */
export function detectDelimiter(text: string): Delimiter {
  const rows = countsIn(text.slice(0, SAMPLE_CHARACTERS), text.length > SAMPLE_CHARACTERS);
  const regular = new Map<Delimiter, number>();
  for (const delimiter of DELIMITERS) {
    const count = rows[0]?.[delimiter] ?? 0;
    if (count > 0 && rows.every((row) => row[delimiter] === count)) regular.set(delimiter, count);
  }
  const commas = regular.get('comma') ?? 0;
  const others = [...regular].filter(([delimiter]) => delimiter !== 'comma').sort((a, b) => b[1] - a[1]);
  const [best] = others;
  if (best !== undefined && commas <= best[1] + 1) return best[0];
  if (commas > 0) return 'comma';
  return mostFrequent(rows[0]);
}

type Counts = Record<Delimiter, number>;

/** How often each stands in each of the first rows; the last row is left out where it is cut off. */
function countsIn(text: string, isCut: boolean): Counts[] {
  const rows: Counts[] = [];
  let row: Counts = { comma: 0, tab: 0, semicolon: 0, pipe: 0 };
  let isQuoted = false;
  let isEmpty = true;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === '\n' || character === '\r')) {
      if (!isEmpty) rows.push(row);
      if (rows.length === SAMPLE_ROWS) return rows;
      row = { comma: 0, tab: 0, semicolon: 0, pipe: 0 };
      isEmpty = true;
      continue;
    } else if (!isQuoted) {
      if (character === ',') row.comma++;
      else if (character === '\t') row.tab++;
      else if (character === ';') row.semicolon++;
      else if (character === '|') row.pipe++;
    }
    isEmpty = false;
  }
  if (!isEmpty && (!isCut || rows.length === 0)) rows.push(row);
  return rows;
}

/** The most frequent delimiter of a row; for rows of different lengths, the first row decides. */
function mostFrequent(row: Counts | undefined): Delimiter {
  return DELIMITERS.reduce(
    (best, delimiter) => ((row?.[delimiter] ?? 0) > (row?.[best] ?? 0) ? delimiter : best),
    'comma',
  );
}
