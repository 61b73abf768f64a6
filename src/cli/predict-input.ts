import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Rows } from '../training/data/cells.js';
import { checkedText } from '../training/data/checked-text.js';
import { csvRows } from '../training/data/csv-records.js';
import { tableRows } from '../training/data/table-rows.js';

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
      `${name}: cannot be read (${cause.message}). Expected a table.`,
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
  return { path, rows: csvRows(path, checkedText(path, bytes)) };
}
