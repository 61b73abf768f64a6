import { FitfirstError } from '../campaign/fitfirst-error.js';
import { ImpossibleEvent } from '../campaign/impossible-event.js';
import { escapeControls } from '../text/quote.js';
import { type Decoded, JOURNAL_FORMAT } from './codec.js';

/** Returns the value of a decoded line. Throws an error that says what is wrong, where, and what to do. */
export function unwrap<Value>(path: string, line: number, decoded: Decoded<Value>): Value {
  switch (decoded.kind) {
    case 'sound':
      return decoded.value;
    case 'damaged':
      throw journalDamaged(path, line, decoded.found);
    case 'newer':
      throw new FitfirstError(
        'JOURNAL_VERSION',
        `${path}: was written in format ${decoded.format} by fitfirst ${decoded.engine}; this version reads formats ` +
          `up to ${JOURNAL_FORMAT}. Use that version of fitfirst, or a later one.`,
      );
    default:
      return decoded satisfies never;
  }
}

/** The error for a journal with a damaged line. `found` continues "this line". */
export function journalDamaged(path: string, line: number, found: string): FitfirstError {
  const advice =
    line === 1
      ? 'Without its first line a journal cannot be read: restore a copy, or start over with --fresh.'
      : `The ${line - 1} lines before it are sound. Restore a copy of the file, or keep only those lines ` +
        `(head -n ${line - 1}) and run again: everything after them is computed again.`;
  return new FitfirstError(
    'JOURNAL_DAMAGED',
    `${escapeControls(`${path}:${line}: this line ${found}`)}. A sound journal was expected. ${advice}`,
  );
}

/**
 * Calls `take` with an entry that was read. If it contradicts the entries before it, as one from the journal of another
 * campaign does, throws `JOURNAL_DAMAGED` with its line.
 */
export function takeEntry<AnyEntry extends { readonly seq: number }>(
  path: string,
  entry: AnyEntry,
  take: (entry: AnyEntry) => void,
): void {
  try {
    take(entry);
  } catch (error) {
    if (!(error instanceof ImpossibleEvent)) throw error;
    const found = `holds an event that ${error.message}, so it belongs to another campaign`;
    throw journalDamaged(path, entry.seq + 1, found);
  }
}
