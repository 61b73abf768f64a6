import type { TrialSpec } from '../campaign/trial.js';

/** Trials that are being asked for. */
export interface AskedInTurn {
  /** Resolves when the awaited trials are done, or nothing more is asked for. Rejects as `ask` does. */
  readonly awaited: Promise<void>;
  /** Resolves when all trials are done, or nothing more is asked for. Rejects as `ask` does. */
  readonly all: Promise<void>;
  /** Asks for no more of them. */
  stop(): void;
}

/** How trials are asked for. */
export interface AskOptions {
  /** Resolves when the trial is done. */
  readonly ask: (spec: TrialSpec) => Promise<void>;
  /** How many trials may be asked for at once. It may change. */
  readonly width: () => number;
  /** Once it holds, no more trials are asked for. */
  readonly isOver: () => boolean;
}

/**
 * Asks for trials in their order, only a few more at once than can run: a trial that waits for its turn takes a few
 * kilobytes, and a batch may have 100,000 of them.
 */
export function askInTurn(
  trials: readonly TrialSpec[],
  awaited: readonly TrialSpec[],
  { ask, width, isOver }: AskOptions,
): AskedInTurn {
  const pending = new Set(awaited);
  const awaitedDone = createDeferred();
  const allDone = createDeferred();
  let [next, open, isStopped] = [0, 0, false];
  const fail = (error: unknown): void => {
    isStopped = true;
    awaitedDone.reject(error);
    allDone.reject(error);
  };
  const advance = (): void => {
    while (next < trials.length && open < width() && !isStopped && !isOver()) {
      const spec = trials[next];
      next += 1;
      if (spec === undefined) continue;
      open += 1;
      ask(spec).then(() => {
        open -= 1;
        pending.delete(spec);
        advance();
      }, fail);
    }
    const isEnded = open === 0 && (next === trials.length || isStopped || isOver());
    if (pending.size === 0 || isEnded) awaitedDone.resolve();
    if (isEnded) allDone.resolve();
  };
  advance();
  return {
    awaited: awaitedDone.promise,
    all: allDone.promise,
    stop() {
      isStopped = true;
    },
  };
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** A promise that is settled from outside. Its rejection counts as handled. */
function createDeferred(): Deferred {
  let settle: Pick<Deferred, 'resolve' | 'reject'> = { resolve() {}, reject() {} };
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {});
  return { promise, ...settle };
}
