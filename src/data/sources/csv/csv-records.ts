import { finished } from 'node:stream/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import { dataError, formatPlace } from '../../diagnostics.js';
import type { FileFormat } from '../file-format.js';
import { bytesOf } from '../read-bytes.js';
import { type Row, type Rows, textRows } from '../rows.js';
import { characterOf, type Delimiter, detectDelimiter } from './delimiter.js';
import { inPlainNotation } from './number-notation.js';
import { lineEndsIn, PlainRows } from './plain-rows.js';
import { skipLines } from './skip-lines.js';
import { utf8Lines } from './utf8-lines.js';

const MAX_ROW_BYTES = 64 * 1024 * 1024;
const SAMPLE_BYTES = 256 * 1024;
const QUOTE = 0x22;

/**
 * The rows of a CSV text, as many at a time as a piece of it holds, so that a slow reader is waited for. Delimiters
 * separate cells; double quotes enclose cells with delimiters, line ends or doubled quotes; lines end in LF, CRLF or
 * CR, also mixed; a byte order mark and blank lines are skipped. Rows may differ in length. null detects the
 * delimiter. `path` is for messages. Throws DATA_INVALID if the text cannot be parsed.
 */
export async function* csvRows(
  path: string,
  text: AsyncIterable<Buffer> = utf8Lines(path),
  delimiter: Delimiter | null = null,
): AsyncGenerator<Rows, void, void> {
  let known = delimiter;
  let line = 1;
  let quoted: QuotedRows | null = null;
  try {
    for await (const piece of text) {
      known ??= detectDelimiter(piece.toString('utf8', 0, SAMPLE_BYTES));
      // Most tables have no quotes, and finding their cells is many times as fast.
      if (quoted === null && !piece.includes(QUOTE)) {
        yield new PlainRows(piece, characterOf(known), line);
        line += lineEndsIn(piece);
      } else {
        quoted ??= new QuotedRows(path, known, line);
        yield textRows(await quoted.take(piece));
      }
    }
    if (quoted !== null) yield textRows(await quoted.end());
  } finally {
    quoted?.destroy();
  }
}

/** Parses a text with quotes, piece by piece. */
class QuotedRows {
  #rows: Row[] = [];
  /** The parser counts a CRLF inside quotes as two lines, so lines are counted here. */
  #linesOfRows = 0;
  readonly #parser: Parser;
  readonly #ended: Promise<void>;

  constructor(
    readonly path: string,
    readonly delimiter: Delimiter,
    readonly firstLine: number,
  ) {
    this.#parser = parse({
      bom: true,
      delimiter: characterOf(delimiter),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: MAX_ROW_BYTES,
      on_record: (cells: string[]) => {
        this.#rows.push({ cells, line: this.#nextLine() });
        this.#linesOfRows += 1 + lineEndsWithin(cells);
        return null;
      },
    });
    this.#ended = finished(this.#parser.resume());
    // The next step that is awaited throws the error.
    this.#ended.catch(() => {});
  }

  /** The rows that end in this piece. */
  take(piece: Buffer): Promise<readonly Row[]> {
    return this.#rowsAfter(
      new Promise((resolve, reject) => {
        this.#parser.write(piece, (error) => (error ? reject(error) : resolve()));
      }),
    );
  }

  /** The last rows. */
  end(): Promise<readonly Row[]> {
    this.#parser.end();
    return this.#rowsAfter(this.#ended);
  }

  destroy(): void {
    this.#parser.destroy();
  }

  async #rowsAfter(step: Promise<void>): Promise<readonly Row[]> {
    try {
      await step;
    } catch (error) {
      if (error instanceof CsvError) throw explained(this.path, error, this.#nextLine(), this.delimiter);
      throw error;
    }
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #nextLine(): number {
    return this.firstLine + this.#linesOfRows + this.#parser.info.empty_lines;
  }
}

function lineEndsWithin(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return count;
}

function explained(path: string, error: CsvError, line: number, delimiter: Delimiter): Error {
  const index: unknown = error.index;
  const place = formatPlace(path, line, typeof index === 'number' ? index + 1 : 1);
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return dataError(
        `${place}  found a double quote that opens in the row on this line and is never closed, ` +
          'expected a second one after the cell. Close it; inside a quoted cell write "" for a quote.',
        { cause: error },
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
      return dataError(
        `${place}  found text after the closing quote of a cell in this row, expected a ` +
          `${delimiter} or the line's end. ` +
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
        `${place}  found a row of more than 64 MiB, expected one line a row. Look for a double ` +
          'quote that is not closed.',
        { cause: error },
      );
    default:
      return dataError(`${place}  is not CSV: ${error.message}`, { cause: error });
  }
}

/** Text with DELIMITERS. Its files start with anything, so it is the format of all that no other claims. */
export const CSV: FileFormat = {
  name: 'a CSV file',
  title: 'CSV or other delimited text (also .gz)',
  matches: () => true,
  canBePacked: true,
  readRows(path, { delimiter, skipLines: skipped, notation, watch }) {
    const rows = csvRows(path, skipLines(utf8Lines(path, bytesOf(path, watch)), skipped), delimiter);
    return notation === null ? rows : inPlainNotation(path, rows, notation);
  },
  async firstLines(path) {
    for await (const piece of utf8Lines(path)) return piece;
    return Buffer.alloc(0);
  },
};
