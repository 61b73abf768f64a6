import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { checkedText } from '../training/data/checked-text.js';
import { type CsvRow, csvRows } from '../training/data/csv-records.js';

/** A table to read once: a file, a pipe, or standard input for `-`. */
export interface PredictInput {
  /** Its name in messages. */
  readonly path: string;
  readonly rows: AsyncIterable<readonly CsvRow[]>;
}

/** Some thousand rows: enough at once for the kernel, few enough to be forgotten quickly. */
const CHUNK_BYTES = 256 * 1024;

/** Opens the table; throws USAGE_INVALID where there is none. */
export async function predictInput(name: string): Promise<PredictInput> {
  if (name === '-') return inputOf('standard input', process.stdin);
  const found = await stat(name).catch((cause: Error) => {
    throw new FitfirstError(
      'USAGE_INVALID',
      `${name}: cannot be read (${cause.message}). Expected a CSV file.`,
      {
        cause,
      },
    );
  });
  if (found.isDirectory()) {
    throw new FitfirstError('USAGE_INVALID', `${name}: this is a folder. Expected a CSV file.`);
  }
  return inputOf(name, createReadStream(name, { highWaterMark: CHUNK_BYTES }));
}

function inputOf(path: string, bytes: AsyncIterable<Buffer>): PredictInput {
  return { path, rows: csvRows(path, checkedText(path, bytes)) };
}
