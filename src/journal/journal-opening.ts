import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resultsUnwritable } from '../platform/system-error.js';
import {
  chainAfter,
  chainAfterHeader,
  decodeHeader,
  encodeHeader,
  entryFault,
  JOURNAL_FORMAT,
} from './codec.js';
import { syncFolder } from './durable-folder.js';
import type { JournalHeader, JournalIdentity } from './journal.js';
import { journalDamaged, unwrap } from './journal-errors.js';
import { appendLines, completeLines } from './journal-lines.js';
import { JOURNAL_START, type JournalPosition } from './journal-position.js';

/** What was found in the file when it was opened. */
export interface FoundJournal {
  readonly header: JournalHeader;
  /** Where the first entry starts. */
  readonly first: number;
  /** Where `entries` begins. */
  readonly start: JournalPosition;
  /** Where the next entry goes. */
  readonly end: JournalPosition;
  /** Bytes that were cut off the end. */
  readonly torn: number;
}

/** How an open journal is read. */
interface OpeningOptions {
  /** Written into a new journal. */
  readonly identity: JournalIdentity;
  /** Ends reading early, by throwing its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Checks every line of an open journal from `startAt` on, by default from the first, then prepares the file for the
 * next line. Throws `JOURNAL_DAMAGED` (with the line), `JOURNAL_VERSION` and `RESULTS_UNWRITABLE`.
 */
export async function readToEnd(
  path: string,
  file: FileHandle,
  { identity, signal }: OpeningOptions,
  startAt: JournalPosition | null,
): Promise<FoundJournal> {
  let header: JournalHeader | null = null;
  let start = JOURNAL_START;
  for await (const [line] of completeLines(file)) {
    if (line === undefined) continue;
    header = unwrap(path, line.number, decodeHeader(line.bytes));
    start = { offset: line.end, number: 2, chain: chainAfterHeader(line.bytes, header) };
    break;
  }
  const first = start.offset;
  if (header !== null) start = startAt ?? start;
  let end = start;
  for await (const lines of completeLines(file, start)) {
    for (const line of lines) {
      signal?.throwIfAborted();
      const fault = entryFault(line.bytes, line.number - 1, end.chain);
      if (fault !== null) throw journalDamaged(path, line.number, fault);
      end = { offset: line.end, number: line.number + 1, chain: chainAfter(line.bytes, end.chain) };
    }
  }
  try {
    const torn = (await file.stat()).size - end.offset;
    if (torn > 0) {
      await file.truncate(end.offset);
      await file.datasync();
    }
    if (header !== null) return { header, first, start, end, torn };
    const line = encodeHeader(identity);
    await appendLines(file, line);
    await syncFolder(dirname(path));
    const created = { format: JOURNAL_FORMAT, ...identity };
    const chain = chainAfterHeader(line.subarray(0, -1), created);
    const begin = { offset: line.length, number: 2, chain };
    return { header: created, first: begin.offset, start: begin, end: begin, torn };
  } catch (error) {
    throw resultsUnwritable(path, error);
  }
}
