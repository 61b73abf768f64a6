import type { Controls } from '../runner/controls.js';

/** Milliseconds that running trials may take to finish after a SIGTERM: Slurm kills after 30 seconds. */
const TERMINATION = 20_000;

/**
 * Steers a run by signals: the first Ctrl-C or SIGTERM lets running trials finish (after a SIGTERM for at most
 * 20 seconds), the second stops at once; SIGHUP, a terminal that closed, calls `onHangup` and the campaign goes on.
 * Returns a function that removes the handlers.
 */
export function steerBySignals(controls: Controls, onHangup: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  const onInterrupt = (): void => {
    if (controls.draining.aborted) controls.stop();
    else controls.drain();
  };
  const onTerminate = (): void => {
    onInterrupt();
    timer ??= setTimeout(() => controls.stop(), TERMINATION).unref();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  process.on('SIGHUP', onHangup);
  return () => {
    if (timer !== null) clearTimeout(timer);
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
    process.off('SIGHUP', onHangup);
  };
}
