import { constants } from 'node:os';

const SYSTEM_ERRORS = new RegExp(`\\b(?:${Object.keys(constants.errno).join('|')}|ERR_[A-Z_]+|Z_[A-Z_]+)\\b`);
const LANGUAGE_ERRORS = new RegExp(
  [
    '\\b(?:Type|Range|Syntax|Reference|URI|Eval|Aggregate|Assertion)Error\\b',
    'Maximum call stack',
    'Cannot read properties',
    'is not (?:a function|iterable|a constructor)',
    'Invalid (?:array|string) length',
    'Unexpected (?:token|end of JSON)',
    'Internal error',
    '\\[object ',
    '\\bundefined\\b',
  ].join('|'),
);
const STACK_FRAME = /^\s+at .*(?:\d+:\d+\)?|<anonymous>)$/m;
const MAX_LENGTH = 6000;

/** What of a message for a user comes from the system or the language as it is; null if nothing does. */
export function rawError(message: string): string | null {
  const found = [STACK_FRAME, SYSTEM_ERRORS, LANGUAGE_ERRORS]
    .map((pattern) => pattern.exec(message)?.[0])
    .find((text) => text !== undefined);
  if (found !== undefined) return found;
  if (/\p{Cc}/u.test(message.replaceAll('\n', ''))) return 'a control character';
  return message.length > MAX_LENGTH ? `${message.length} characters` : null;
}
