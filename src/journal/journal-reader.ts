import type { FileHandle } from 'node:fs/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { NotRegularFile, openUserFile } from '../platform/regular-file.js';
import { systemErrorCode } from '../platform/system-error.js';
import { errorReason } from '../text/error-reason.js';
import { CHAIN_START, chainAfter, chainAfterHeader, decodeEntry, decodeHeader } from './codec.js';
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
    for await (const [line] of completeLines(file))
      if (line !== undefined) return unwrap(path, line.number, decodeHeader(line.bytes));
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
    for await (const lines of completeLines(file, from)) {
      for (const { bytes, number } of lines) {
        if (number === 1) {
          chain = chainAfterHeader(bytes, unwrap(path, number, decodeHeader(bytes)));
        } else {
          const entry = unwrap(path, number, decodeEntry(bytes, number - 1, chain, parseEvent));
          chain = chainAfter(bytes, chain);
          yield entry;
        }
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

/** The end of a line: the digits of its checksum, and what follows them. */
const LINE_END = /^([0-9a-f]{8})"\}\n$/;
const LINE_END_BYTES = 11;

/**
 * Whether a journal still has the lines before a position, whose checksums form a chain: the last one covers all of
 * them. False for a journal without a chain.
 */
export async function hasPosition(path: string, { offset, chain }: JournalPosition): Promise<boolean> {
  if (chain === CHAIN_START) return false;
  await using file = await openJournalFile(path);
  const bytes = Buffer.alloc(LINE_END_BYTES);
  await file.read(bytes, 0, LINE_END_BYTES, Math.max(0, offset - LINE_END_BYTES));
  const [, digits] = LINE_END.exec(bytes.toString('latin1')) ?? [];
  return digits !== undefined && Number.parseInt(digits, 16) === chain;
}
