import { parse } from 'csv-parse/sync';
import { excerpt, type LineReader, type LineReading, type Numbers } from '../reading/report-line.js';

/** A reader for lines of a table with a header: names of columns, then rows of numbers. Other cells are passed over. */
export function createCsvReader(): LineReader {
  let header: readonly string[] | null = null;
  let delimiter = ',';
  return (text): LineReading => {
    const line = text.replace(/^\uFEFF/, '').replace(/\r$/, '');
    if (line.trim() === '' || line.startsWith('#')) return { kind: 'other' };
    if (header === null) {
      delimiter = delimiterOf(line);
      header = cellsOf(line, delimiter);
      if (header === null)
        return { kind: 'bad', message: `The header ${excerpt(line)} cannot be read as CSV.` };
      return { kind: 'other' };
    }
    const cells = cellsOf(line, delimiter);
    // A program that goes on writes its header once more.
    if (cells === null || cells.join('\n') === header.join('\n')) return { kind: 'other' };
    const numbers = numbersOf(header, cells);
    return Object.keys(numbers).length === 0 ? { kind: 'other' } : { kind: 'reports', reports: [numbers] };
  };
}

function delimiterOf(line: string): string {
  const [best = ','] = [',', ';', '\t'].sort((a, b) => line.split(b).length - line.split(a).length);
  return best;
}

function cellsOf(line: string, delimiter: string): string[] | null {
  try {
    const [cells = []]: string[][] = parse(line, { delimiter, relax_column_count: true, trim: true });
    return cells;
  } catch {
    return null;
  }
}

function numbersOf(header: readonly string[], cells: readonly string[]): Numbers {
  const named = header.flatMap((name, i): [string, number][] => {
    const value = numberOf(cells[i] ?? '');
    return value === null ? [] : [[/^epoch$/i.test(name) ? 'epoch' : name, value]];
  });
  return Object.fromEntries(named);
}

/** A cell as a number, also `12.5%`, `nan` and `inf`; null for an empty cell and for text. */
function numberOf(cell: string): number | null {
  const text = cell.replace(/%$/, '');
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!/^[-+]?inf(?:inity)?$/i.test(text)) return null;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
