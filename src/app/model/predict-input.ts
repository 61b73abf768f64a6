import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { RowOptions } from '../../data/sources/file-format.js';
import { fileSource, pipeSource } from '../../data/sources/formats.js';
import type { RowSource } from '../../data/sources/row-source.js';
import { errorReason } from '../../text/error-reason.js';

/**
 * Opens a table to read once: a file in any format that training reads, or CSV text from a pipe or, for `-`, from
 * standard input. Throws USAGE_INVALID if there is none.
 */
export async function predictInput(name: string, options: Omit<RowOptions, 'watch'>): Promise<RowSource> {
  if (name === '-') return pipeSource('standard input', process.stdin, options);
  const found = await stat(name).catch((cause: unknown) => {
    throw new FitfirstError(
      'USAGE_INVALID',
      `${name}: cannot be read: ${errorReason(cause)}. Expected a table.`,
      { cause },
    );
  });
  if (found.isDirectory()) {
    throw new FitfirstError('USAGE_INVALID', `${name}: this is a folder. Expected a table.`);
  }
  return found.isFile() ? fileSource(name, options) : pipeSource(name, createReadStream(name), options);
}
