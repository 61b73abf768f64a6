import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Rows } from '../data/sources/cells.js';
import { csvRows } from '../data/sources/csv-records.js';
import { tableRows } from '../data/sources/table-rows.js';
import { utf8Lines } from '../data/sources/utf8-lines.js';
import { errorReason } from '../text/error-reason.js';

/** A table to read once: a file in any format that training reads, or text from a pipe or, for `-`, standard input. */
interface PredictInput {
  /** Its name in messages. */
  readonly path: string;
  readonly rows: AsyncIterable<Rows>;
}

/** Opens the table; throws USAGE_INVALID where there is none. */
export async function predictInput(name: string): Promise<PredictInput> {
  if (name === '-') return inputOf('standard input', process.stdin);
  const found = await stat(name).catch((cause: Error) => {
    throw new FitfirstError(
      'USAGE_INVALID',
      `${name}: cannot be read: ${errorReason(cause)}. Expected a table.`,
      {
        cause,
      },
    );
  });
  if (found.isDirectory()) {
    throw new FitfirstError('USAGE_INVALID', `${name}: this is a folder. Expected a table.`);
  }
  if (found.isFile()) return { path: name, rows: tableRows(name, null, () => {}) };
  return inputOf(name, createReadStream(name));
}

function inputOf(path: string, bytes: AsyncIterable<Buffer>): PredictInput {
  return { path, rows: csvRows(path, utf8Lines(path, bytes)) };
}
