import type { Rows } from './cells.js';
import { csvRows } from './csv-records.js';
import type { Delimiter } from './delimiter.js';
import { npyRows } from './npy-rows.js';
import { parquetRows } from './parquet-rows.js';
import { bytesOf, type ReadingWatch, startOfFile } from './read-bytes.js';
import { utf8Lines } from './utf8-lines.js';

/**
 * The rows of a file, some at a time, in the format that its first bytes tell: Parquet (its column names come
 * first, as line 1), NPY, or text with delimiters, also packed with gzip. In Parquet and NPY files, lines count
 * rows. Throws DATA_INVALID.
 */
export async function* tableRows(
  path: string,
  delimiter: Delimiter | null,
  watch: ReadingWatch,
): AsyncGenerator<Rows, void, void> {
  const { start } = await startOfFile(path, 6);
  if (start.toString('latin1', 0, 4) === 'PAR1') yield* parquetRows(path, watch);
  else if (start.toString('latin1') === '\x93NUMPY') yield* npyRows(path, watch);
  else yield* csvRows(path, utf8Lines(path, bytesOf(path, watch)), delimiter);
}
