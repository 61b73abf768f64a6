import { FitfirstError } from '../campaign/fitfirst-error.js';
import { type Decoded, JOURNAL_FORMAT } from './codec.js';

/** The value of a decoded line, or the error that says where and why there is none, and what to do. */
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

/** The refusal of a journal with a damaged line; `found` goes on from "this line". */
export function journalDamaged(path: string, line: number, found: string): FitfirstError {
  const advice =
    line === 1
      ? 'Without its first line a journal cannot be read: put back a copy, or start anew with --fresh.'
      : `The ${line - 1} lines before it are sound. Put back a copy of the file, or keep those lines alone ` +
        `(head -n ${line - 1}) and run again: what came after is computed anew.`;
  return new FitfirstError(
    'JOURNAL_DAMAGED',
    `${path}:${line}: this line ${found}. A sound journal was expected. ${advice}`,
  );
}
