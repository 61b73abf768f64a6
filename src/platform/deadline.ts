/** A signal that is aborted at a time, or before by another signal. Dispose of it to stop its timer. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * A deadline after a number of milliseconds; null for none. `AbortSignal.any` of an `AbortSignal.timeout` is not
 * enough: Node 20 may collect the timeout as garbage, and then the signal is never aborted.
 */
export function createDeadline(before: AbortSignal, milliseconds: number | null): Deadline {
  const controller = new AbortController();
  const end = (): void => controller.abort(before.reason);
  if (before.aborted) end();
  before.addEventListener('abort', end);
  const timer = milliseconds === null ? null : setTimeout(() => controller.abort(), milliseconds);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      before.removeEventListener('abort', end);
      if (timer !== null) clearTimeout(timer);
    },
  };
}
