import { setImmediate as turn } from 'node:timers/promises';

/** How the steps of long work take turns with other work. */
export interface TurnOptions {
  /** Hears how many milliseconds each step took by the clock `spent`. */
  readonly onStep?: (milliseconds: number) => void;
  /** The clock for `onStep`, in milliseconds; default: that of the world. */
  readonly spent?: () => number;
  /** The clock of the world, in milliseconds. */
  readonly now?: () => number;
  /** Is given how long a step took in the world, and the next step waits for it; default: a turn of the event loop. */
  readonly rest?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/**
 * Runs a generator to its end and returns what it returns, with a rest after each step. So long work does not keep
 * signals, trials and requests waiting.
 */
export async function inTurns<Result>(
  steps: Generator<undefined, Result>,
  options: TurnOptions = {},
): Promise<Result> {
  const { now = () => performance.now(), spent = now, onStep = () => {}, rest = () => turn() } = options;
  for (;;) {
    const [begun, spentBefore] = [now(), spent()];
    const step = steps.next();
    onStep(spent() - spentBefore);
    if (step.done === true) return step.value;
    await rest(now() - begun);
  }
}
