import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { systemErrorCode } from '../platform/system-error.js';
import { chainAfter, chainAfterHeader, type Decoded, decodeEntry, decodeHeader } from './codec.js';
import { FileChanges } from './file-changes.js';
import type { Entry, JournalHeader, ParseEvent } from './journal.js';
import { unwrap } from './journal-errors.js';
import { completeLines, type LinePosition, lineMemory } from './journal-lines.js';
import { JOURNAL_START, type JournalPosition } from './journal-position.js';
import { openJournalFile } from './journal-reader.js';

/** How to follow a journal. */
export interface FollowOptions {
  /** Ends the iteration, without an error. */
  readonly signal: AbortSignal;
  /** Look for new entries at least this often, for disks that report no changes; default 1000. */
  readonly pollMilliseconds?: number;
  /** Wake up as soon as the operating system reports a change; default true. */
  readonly events?: boolean;
  /** Called before each wait for more, when every entry so far has been yielded; with the place where more begins. */
  readonly onCaughtUp?: (position: JournalPosition) => void;
  /** Where to begin; by default at the start. The caller knows that everything before is sound. */
  readonly from?: JournalPosition;
}

/**
 * Yields the entries of a journal, first the existing ones and then the new ones, until the signal is aborted: those
 * that are read at once in one portion. Takes no lock and changes nothing. Throws `CAMPAIGN_MISSING` if there is no
 * journal or if it is moved or replaced meanwhile, `JOURNAL_DAMAGED` and `JOURNAL_VERSION`.
 */
export async function* followJournal<Event>(
  path: string,
  parseEvent: ParseEvent<Event>,
  options: FollowOptions,
): AsyncGenerator<readonly Entry<Event>[], void, undefined> {
  const { signal, pollMilliseconds = 1000, events = true } = options;
  const file = await openJournalFile(path);
  try {
    // Watches before it reads, so that no change is missed.
    using changes = new FileChanges(path, { signal, pollMilliseconds, events });
    let position: LinePosition = options.from ?? JOURNAL_START;
    let { chain } = options.from ?? JOURNAL_START;
    let doubted: number | null = null;
    const memory = lineMemory();
    const { ino: opened } = await file.stat();
    while (!signal.aborted) {
      // Always from the end of the last complete line: an incomplete line may be cut off and replaced.
      for await (const lines of completeLines(file, position, { memory })) {
        const entries: Entry<Event>[] = [];
        let unsound: { readonly number: number; readonly decoded: Decoded<unknown> } | null = null;
        for (const { bytes, number, end } of lines) {
          const decoded: Decoded<Entry<Event> | JournalHeader> =
            number === 1 ? decodeHeader(bytes) : decodeEntry(bytes, number - 1, chain, parseEvent);
          if (decoded.kind !== 'sound') {
            unsound = { number, decoded };
            break;
          }
          const read = decoded.value;
          position = { offset: end, number: number + 1 };
          chain = 'format' in read ? chainAfterHeader(bytes, read) : chainAfter(bytes, chain);
          if (!('format' in read)) entries.push(read);
        }
        if (entries.length > 0) yield entries;
        if (signal.aborted) return;
        if (unsound === null) continue;
        // A network disk may show the length of a line before its contents, so a line is read twice before it counts
        // as damaged.
        if (unsound.decoded.kind !== 'damaged' || doubted === unsound.number)
          unwrap(path, unsound.number, unsound.decoded);
        doubted = unsound.number;
        break;
      }
      await assertInPlace(path, opened, position.offset);
      options.onCaughtUp?.({ ...position, chain });
      await changes.next();
    }
  } finally {
    await file.close();
  }
}

/** `opened` is the number of the file that is being read. */
async function assertInPlace(path: string, opened: number, readBytes: number): Promise<void> {
  const found = await statusOf(path);
  if (found !== null && found.ino === opened && found.size >= readBytes) return;
  throw new FitfirstError(
    'CAMPAIGN_MISSING',
    `${path}: was moved away or replaced while it was being followed. Start again to follow what is there now.`,
  );
}

async function statusOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
