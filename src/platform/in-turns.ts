import { setImmediate as turn } from 'node:timers/promises';

/**
 * Runs a generator to its end and returns what it returns, with a turn of the event loop after each step. So long work
 * does not keep signals, trials and requests waiting. `onStep` hears how many milliseconds each step took
 * by the clock `now`. The next step waits for `rest`, which is given the milliseconds that the step took in the world.
 */
export async function inTurns<Result>(
  steps: Generator<undefined, Result>,
  onStep: (milliseconds: number) => void = () => {},
  now: () => number = () => performance.now(),
  rest: (milliseconds: number) => Promise<unknown> = () => turn(),
): Promise<Result> {
  for (;;) {
    const [started, begun] = [now(), performance.now()];
    const step = steps.next();
    onStep(now() - started);
    if (step.done === true) return step.value;
    await rest(performance.now() - begun);
  }
}
