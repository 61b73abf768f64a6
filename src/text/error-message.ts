import { inspect } from 'node:util';
import { escapeControls } from './quote.js';

/** One sentence about anything that was thrown: an error's message, or the value itself if it is not an error. */
export function errorMessage(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message === '' ? thrown.name : thrown.message;
  if (typeof thrown === 'string' && thrown !== '') return thrown;
  return (
    'something other than an Error was thrown: ' +
    `${inspect(thrown, { depth: 1, breakLength: Number.POSITIVE_INFINITY })}`
  );
}

/** Anything that was thrown, as an error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(errorMessage(thrown), { cause: thrown });
}

/** The stack of what was thrown, for internal errors, safe to print; its message if it has no stack. */
export function errorStack(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : errorMessage(thrown);
  return stack.split('\n').map(escapeControls).join('\n');
}

/** The `code` of an error, such as `ENOENT`; null if it has none. */
export function errorCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}
