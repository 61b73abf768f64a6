import { setTimeout as pause } from 'node:timers/promises';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Outcome } from '../../campaign/outcome.js';
import type { TrialSpec } from '../../campaign/trial.js';
import { entryUrl } from '../../platform/entry-url.js';
import { errorCode, errorMessage } from '../../text/error-message.js';
import type { Executor, RunOptions } from '../executor.js';
import { describeShortage, lostToShortage } from '../memory-shortage.js';
import { ownBytes } from '../own-bytes.js';
import { Slots } from '../slots.js';
import { RenewedPools } from './renewed-pools.js';
import { ThreadRun } from './thread-run.js';
import type { TrialReply, TrialTask, WorkerSetup } from './worker-message.js';

export interface ThreadPoolOptions {
  /** Threads, which is the number of trials that can run at once; at least 1. */
  readonly slots: number;
  /** Sent to each thread once. */
  readonly setup: WorkerSetup;
  /** Milliseconds that a stopped trial has to end by itself before its thread is ended; 2,000 by default. */
  readonly grace?: number;
  /** Limits on the heap of each thread. They do not include array buffers. */
  readonly resourceLimits?: ResourceLimits;
}

/** An executor that runs every trial on a worker thread. The threads start at once. */
export function createThreadPool(options: ThreadPoolOptions): Executor {
  return new RenewedPools(options.slots, (slots) => new ThreadPool({ ...options, slots }));
}

const program = entryUrl('trial-worker', import.meta.url);

/** Node's code for a thread that reached the limit of its heap. */
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

/** Milliseconds that the pool waits for threads to load before it ends them anyway. */
const LONGEST_LOAD = 5_000;

class ThreadPool implements Executor {
  readonly #slots: Slots;
  readonly #blamesMachine: boolean;
  readonly #grace: number;
  readonly #pool: Piscina<TrialTask, TrialReply>;
  /** Threads that have not ended, including those that the pool has given up. */
  readonly #threads = new Map<Worker, Promise<void>>();
  /** Threads that are still loading modules. Node 20 may abort the process if one is ended then. */
  readonly #loading = new Map<Worker, Promise<void>>();
  /** Keeps Node running while trials run. Idle and starting threads do not. */
  readonly #keepAlive = setInterval(() => {}, 0x7fff_ffff).unref();
  readonly #runs = new Set<ThreadRun>();
  #someRunHasBegun = false;
  #disposal: Promise<void> | null = null;

  constructor({ slots, setup, grace = 2_000, resourceLimits }: ThreadPoolOptions) {
    this.#slots = new Slots(slots);
    this.#grace = grace;
    this.#blamesMachine = setup.trainer.isBuiltIn === true;
    this.#pool = new Piscina<TrialTask, TrialReply>({
      filename: program.url.href,
      name: 'runTrial',
      minThreads: slots,
      maxThreads: slots,
      // The other modes wait for tasks without running the thread's event loop, so that a late error of one task
      // would appear in the next one.
      atomics: 'disabled',
      recordTiming: false,
      workerData: setup,
      ...(resourceLimits === undefined ? {} : { resourceLimits }),
      ...(program.execArgv.length > 0 ? { execArgv: [...program.execArgv] } : {}),
    });
    this.#watchThreads(true);
    // The pool reports later threads only when they have loaded.
    this.#pool.on('workerCreate', () => this.#watchThreads(false));
    this.#pool.on('error', (error) => this.#threadDiedIdle(error));
  }

  get slots(): number {
    return this.#slots.count;
  }

  async run(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    if (this.#disposal !== null) throw broken('The pool of worker threads has been closed.');
    if (options.signal.aborted) return { kind: 'stopped' };
    return await this.#slots.use(() => this.#runOnThread(spec, options));
  }

  async #runOnThread(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    const run = new ThreadRun(options, this.#grace);
    const { control, port, threadEnd } = run;
    this.#runs.add(run);
    this.#keepAlive.ref();
    try {
      const { from = null, keepCheckpoint = false, members } = options;
      const start = from && { ...from, state: ownBytes(from.state) };
      const reply = this.#pool.run(
        { spec, control, port, from: start, keepCheckpoint, members },
        { transferList: start === null ? [port] : [port, start.state.buffer], signal: threadEnd },
      );
      return await run.follow(reply, (error) => this.#afterDeath(run, error, options.signal));
    } finally {
      this.#someRunHasBegun ||= run.hasBegun;
      this.#runs.delete(run);
      if (this.#runs.size === 0) this.#keepAlive.unref();
    }
  }

  #afterDeath(run: ThreadRun, error: unknown, signal: AbortSignal): Outcome {
    if (run.verdict !== null) return run.verdict;
    if (signal.aborted || this.#disposal !== null) return { kind: 'stopped' };
    this.#someRunHasBegun ||= [...this.#runs].some((other) => other.hasBegun);
    if (!this.#someRunHasBegun) throw cannotStart(error);
    if (this.#blamesMachine && errorCode(error) === OUT_OF_MEMORY) {
      return lostToShortage({ bytes: null, message: describeShortage(null) });
    }
    return { kind: 'lost', message: describeDeath(error) };
  }

  /** Ends all threads. Trials that still run are `stopped`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    this.#keepAlive.ref();
    this.#watchThreads(false);
    const ended = [...this.#threads.values()];
    const waiting = new AbortController();
    await Promise.race([
      Promise.all(this.#loading.values()),
      pause(LONGEST_LOAD, undefined, { signal: waiting.signal }).catch(() => {}), // aborted once all have loaded
    ]);
    waiting.abort();
    await this.#pool.destroy();
    await Promise.all(ended);
    clearInterval(this.#keepAlive);
  }

  #watchThreads(areLoading: boolean): void {
    for (const thread of this.#pool.threads) {
      if (this.#threads.has(thread)) continue;
      const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
      this.#threads.set(
        thread,
        ended.finally(() => this.#threads.delete(thread)),
      );
      if (!areLoading) continue;
      // The first message of a thread says that it has loaded its modules.
      const loaded = new Promise<void>((resolve) => thread.once('message', () => resolve()));
      this.#loading.set(
        thread,
        Promise.race([loaded, ended]).finally(() => this.#loading.delete(thread)),
      );
    }
  }

  /** The pool replaces a thread that dies between two trials, but not one that dies while it starts. */
  #threadDiedIdle(error: unknown): void {
    if (this.#pool.threads.length > 0) return;
    for (const run of this.#runs) run.fail(cannotStart(error));
  }
}

function describeDeath(error: unknown): string {
  if (errorCode(error) === OUT_OF_MEMORY) {
    return 'The worker thread ran out of memory.';
  }
  return `The worker thread died under the trial: ${errorMessage(error)}`;
}

function cannotStart(error: unknown): FitfirstError {
  return broken(`The worker threads cannot start: ${errorMessage(error)}`, error);
}

function broken(message: string, cause?: unknown): FitfirstError {
  return new FitfirstError('EXECUTOR_BROKEN', message, { cause });
}
