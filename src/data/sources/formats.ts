import { formatList } from '../../text/list.js';
import { escapeControls } from '../../text/quote.js';
import { dataError } from '../diagnostics.js';
import { CSV, csvRows } from './csv/csv-records.js';
import { inPlainNotation } from './csv/number-notation.js';
import { skipLines } from './csv/skip-lines.js';
import { utf8Lines } from './csv/utf8-lines.js';
import { type ArraySource, type FileFormat, type RowOptions, SNIFFED_BYTES } from './file-format.js';
import { IDX } from './idx/idx-file.js';
import { NPY } from './npy/npy-rows.js';
import { PARQUET } from './parquet/parquet-rows.js';
import { type ReadingWatch, readStart } from './read-bytes.js';
import { fileName, type RowSource } from './row-source.js';

/** The formats that are recognised by their first bytes. Any other file is read as text with delimiters. */
const BINARY_FORMATS: readonly FileFormat[] = [PARQUET, NPY, IDX];

/** The formats that hold tables, in words: `A, B or C`. */
export const TABLE_FORMATS = formatList(
  [CSV, ...BINARY_FORMATS].flatMap(({ title }) => title ?? []),
  'or',
);

function formatOf(start: Buffer): FileFormat {
  return BINARY_FORMATS.find((format) => format.matches(start)) ?? CSV;
}

/** The format of a file, by its first bytes; a gzip file counts as what is packed in it. Throws DATA_INVALID. */
async function sniffFormat(path: string): Promise<FileFormat> {
  const { bytes, isPacked } = await readStart(path, SNIFFED_BYTES);
  const format = formatOf(bytes);
  if (!isPacked || format.canBePacked) return format;
  throw dataError(
    `${escapeControls(path)}  found ${format.name} in a gzip file, expected it unpacked. Unpack it first: gunzip -k.`,
  );
}

/** The rows of a file in any format that holds tables. In Parquet and NPY files, lines count rows. */
export function fileSource(
  path: string,
  { delimiter = null, skipLines: skipped = [], notation = null }: Partial<Omit<RowOptions, 'watch'>> = {},
): RowSource {
  return {
    ...fileName(path),
    header: null,
    ...(delimiter !== null && { delimiter }),
    ...(notation !== null && { notation }),
    async *read(watch) {
      const format = await sniffFormat(path);
      if (format.readRows === undefined) {
        throw dataError(
          `${escapeControls(path)}  found ${format.name}, expected a table. Name it under ` +
            `\`images\` and \`labels\` in data in place of \`path\`.`,
        );
      }
      if (format !== CSV && (skipped.length > 0 || notation !== null)) {
        const keys = skipped.length > 0 ? 'skip_lines' : 'decimal and thousands';
        throw dataError(
          `${escapeControls(path)}  found ${format.name}, but ${keys} is for text. Remove ${keys}.`,
        );
      }
      yield* format.readRows(path, { delimiter, skipLines: skipped, notation, watch });
    },
  };
}

/** The rows of a text with DELIMITERS that comes from a pipe, under a name for messages. */
export function pipeSource(
  name: string,
  bytes: AsyncIterable<Buffer>,
  { delimiter, skipLines: skipped, notation }: Omit<RowOptions, 'watch'>,
): RowSource {
  return {
    ...fileName(name),
    header: null,
    ...(notation !== null && { notation }),
    read: () => {
      const rows = csvRows(name, skipLines(utf8Lines(name, refuseBinary(name, bytes)), skipped), delimiter);
      return notation === null ? rows : inPlainNotation(name, rows, notation);
    },
  };
}

async function* refuseBinary(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let isStart = true;
  for await (const chunk of bytes) {
    const format = isStart ? formatOf(chunk) : CSV;
    isStart = false;
    if (format !== CSV) {
      throw dataError(
        `${escapeControls(name)}  found ${format.name}, expected CSV text from a pipe. Save it ` +
          'to a file, and name the file.',
      );
    }
    yield chunk;
  }
}

/** Opens a file in any format that holds arrays. Throws DATA_INVALID. */
export async function openArray(path: string, watch: ReadingWatch): Promise<ArraySource> {
  const format = await sniffFormat(path);
  // IDX says best what is wrong with a file that is no array.
  return (format.openArray ?? IDX.openArray)(path, watch);
}

/** The first lines of a file of text, up to 64 KiB; null for a binary file. Throws DATA_INVALID. */
export async function firstLines(path: string): Promise<Buffer | null> {
  const format = await sniffFormat(path);
  return (await format.firstLines?.(path)) ?? null;
}
