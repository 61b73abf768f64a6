import { getSystemErrorMap } from 'node:util';
import { errorMessage } from './error-message.js';

/**
 * Why something failed, to stand in brackets: the operating system's own words (`name too long (ENAMETOOLONG)`),
 * without the call and the path that Node adds to them, or else the message of what was thrown.
 */
export function errorReason(thrown: unknown): string {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('errno' in thrown))
    return errorMessage(thrown);
  const known = getSystemErrorMap().get(Number(thrown.errno));
  return known === undefined ? errorMessage(thrown) : `${known[1]} (${known[0]})`;
}
