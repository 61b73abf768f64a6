import { type ParquetScan, parquetScan } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { errorMessage } from '../../../text/error-message.js';
import { parquetFile } from './parquet-file.js';

/** A job for the process: some rows to read. */
export interface ParquetJob {
  readonly path: string;
  /** Names of the columns to read, in order. */
  readonly columns: readonly string[];
  /** The row group of the rows. */
  readonly group: RowRange;
  readonly rows: RowRange;
}

/** A range of rows from 0, excluding the end. */
export interface RowRange {
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** The answer to a job. */
export type ParquetAnswer =
  | { readonly kind: 'columns'; readonly columns: readonly ParquetColumn[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** The cells of a column: numbers only, with NaN for missing ones; or texts and other values. */
export type ParquetColumn = Float64Array | readonly ParquetCell[];

/** A cell as text; null if it is missing, false if it is neither a number nor a text. */
export type ParquetCell = string | null | false;

function cellOf(value: unknown): ParquetCell {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return null;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      return false;
  }
}

/** The cells of a column as numbers; null if some are not numbers. */
function numbersOf(values: ArrayLike<unknown>): Float64Array | null {
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value === 'number') numbers[row] = value;
    else if (typeof value === 'bigint') numbers[row] = Number(value);
    else if (value === null || value === undefined) numbers[row] = Number.NaN;
    else return null;
  }
  return numbers;
}

/** The open file, with what is decoded of it. */
let opened: Promise<ParquetScan> | null = null;

/**
 * Reads some rows of a row group. Each column is decoded whole when the first rows of its group are read, and kept
 * until the next group.
 */
async function readRows({ path, columns, group, rows }: ParquetJob): Promise<ParquetColumn[]> {
  opened ??= parquetFile(path).then((file) => parquetScan({ file, compressors }));
  const scan = await opened;
  const read: ParquetColumn[] = [];
  for (const column of columns) {
    if (rows.rowStart === group.rowStart) await scan.readColumn({ column, ...group });
    const values = await scan.readColumn({ column, ...rows });
    read.push(numbersOf(values) ?? Array.from(values, cellOf));
  }
  return read;
}

/** Answers one job after the other until the parent disconnects. */
function serve(): void {
  const answer = (words: ParquetAnswer): void => void process.send?.(words);
  process.on('message', (job: ParquetJob) => {
    readRows(job).then(
      (columns) => answer({ kind: 'columns', columns }),
      (error: unknown) => answer({ kind: 'failed', reason: errorMessage(error) }),
    );
  });
}

if (process.send !== undefined && process.argv[2] === 'serve-parquet') serve();
