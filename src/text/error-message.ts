import { inspect } from 'node:util';

/** One sentence about whatever was thrown: an error's message, or what stood in its place. */
export function errorMessage(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message === '' ? thrown.name : thrown.message;
  if (typeof thrown === 'string' && thrown !== '') return thrown;
  return `something other than an Error was thrown: ${inspect(thrown, { depth: 1, breakLength: Number.POSITIVE_INFINITY })}`;
}
