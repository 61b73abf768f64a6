import { finished } from 'node:stream/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import { checkedText } from './checked-text.js';
import { dataError, placed } from './wording.js';

const LARGEST_ROW = 64 * 1024 * 1024;

/** Takes one row; see `CsvRow`. */
export type TakeRow = (cells: readonly string[], line: number) => void;

/** Reads a CSV file row by row; see `csvRows`. */
export async function readCsv(path: string, take: TakeRow): Promise<void> {
  for await (const rows of csvRows(path)) for (const row of rows) take(row.cells, row.line);
}

/** One row: its cells, white space around unquoted ones cut off, and the line on which it starts, from 1. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * The rows of a CSV text, as many at a time as a piece of it holds, so that whoever is slow is waited for:
 * commas between cells, double quotes around cells that hold commas, line ends or (doubled) quotes; lines end
 * in LF, CRLF or CR, also mixed; a byte order mark and blank lines are passed over. Rows may differ in length.
 * `path` is for messages. Throws DATA_INVALID where the text cannot be read so.
 */
export async function* csvRows(
  path: string,
  text: AsyncIterable<Buffer> = checkedText(path),
): AsyncGenerator<readonly CsvRow[], void, void> {
  let rows: CsvRow[] = [];
  // The parser counts a CRLF inside quotes as two lines, so lines are counted here.
  let linesOfRows = 0;
  const nextLine = (): number => 1 + linesOfRows + parser.info.empty_lines;
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LARGEST_ROW,
    on_record(cells: string[]) {
      rows.push({ cells, line: nextLine() });
      linesOfRows += 1 + lineEndsIn(cells);
      return null;
    },
  });
  const ended = finished(parser.resume());
  // A failure is thrown by whatever is waited for next.
  ended.catch(() => {});
  try {
    for await (const piece of text) {
      await write(parser, piece);
      yield rows;
      rows = [];
    }
    parser.end();
    await ended;
    yield rows;
  } catch (error) {
    if (error instanceof CsvError) throw explained(path, error, nextLine());
    throw error;
  } finally {
    parser.destroy();
  }
}

/** Resolves when the parser has taken the piece in. */
function write(parser: Parser, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

function lineEndsIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return count;
}

function explained(path: string, error: CsvError, line: number): Error {
  const index: unknown = error.index;
  const place = placed(path, line, typeof index === 'number' ? index + 1 : 1);
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return dataError(
        `${place}  found a double quote that opens in the row on this line and is never closed, ` +
          'expected a second one after the cell. Close it; inside a quoted cell write "" for a quote.',
        { cause: error },
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
      return dataError(
        `${place}  found text after the closing quote of a cell in this row, expected a comma or the line's end. ` +
          'Inside a quoted cell write "" for a quote.',
        { cause: error },
      );
    case 'INVALID_OPENING_QUOTE':
      return dataError(
        `${place}  found a double quote inside an unquoted cell of this row, expected quotes around the whole cell. ` +
          'Write "5"" pipe" for the cell 5" pipe.',
        { cause: error },
      );
    case 'CSV_MAX_RECORD_SIZE':
      return dataError(
        `${place}  found a row of more than 64 MiB, expected one line a row. Look for a double quote that is not closed.`,
        { cause: error },
      );
    default:
      return dataError(`${place}  is not CSV: ${error.message}`, { cause: error });
  }
}
