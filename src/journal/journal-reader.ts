import type { FileHandle } from 'node:fs/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { NotRegularFile, openUserFile } from '../platform/regular-file.js';
import { systemErrorCode } from '../platform/system-error.js';
import { errorReason } from '../text/error-reason.js';
import { chainAfter, chainAfterHeader, decodeEntry, decodeHeader } from './codec.js';
import type { Entry, JournalHeader, ParseEvent } from './journal.js';
import { unwrap } from './journal-errors.js';
import { completeLines } from './journal-lines.js';
import { JOURNAL_START, type JournalPosition } from './journal-position.js';

/**
 * The first line of a journal, or null if it has none yet. Like all functions of this file it takes no lock and
 * changes nothing, so it may run while the campaign runs. Throws `CAMPAIGN_MISSING`, `JOURNAL_DAMAGED`,
 * `JOURNAL_VERSION`.
 */
export async function readHeader(path: string): Promise<JournalHeader | null> {
  const file = await openJournalFile(path);
  try {
    for await (const { bytes, number } of completeLines(file))
      return unwrap(path, number, decodeHeader(bytes));
    return null;
  } finally {
    await file.close();
  }
}

/**
 * The complete entries of a journal, by default from the first; an incomplete last line is ignored. Throws as
 * `readHeader` does.
 */
export async function* readEntries<Event>(
  path: string,
  parseEvent: ParseEvent<Event>,
  from: JournalPosition = JOURNAL_START,
): AsyncGenerator<Entry<Event>, void, undefined> {
  const file = await openJournalFile(path);
  try {
    let { chain } = from;
    for await (const { bytes, number } of completeLines(file, from)) {
      if (number === 1) {
        chain = chainAfterHeader(bytes, unwrap(path, number, decodeHeader(bytes)));
      } else {
        const entry = unwrap(path, number, decodeEntry(bytes, number - 1, chain, parseEvent));
        chain = chainAfter(bytes, chain);
        yield entry;
      }
    }
  } finally {
    await file.close();
  }
}

/** Opens a journal for reading. Throws `CAMPAIGN_MISSING` if there is none. */
export async function openJournalFile(path: string): Promise<FileHandle> {
  try {
    return await openUserFile(path);
  } catch (error) {
    const found = whatIsThere(error);
    if (found === null) throw error;
    throw new FitfirstError(
      'CAMPAIGN_MISSING',
      `${path}: ${found}. The journal of a campaign was expected: name a folder that "fitfirst run" wrote to.`,
      { cause: error },
    );
  }
}

function whatIsThere(error: unknown): string | null {
  if (error instanceof NotRegularFile) return `this is ${error.found}`;
  const code = systemErrorCode(error);
  if (code === null) return null;
  return code === 'ENOENT' ? 'there is no such file' : `it cannot be read: ${errorReason(error)}`;
}
