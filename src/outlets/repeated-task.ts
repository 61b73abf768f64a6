/** When a task runs again: milliseconds to wait after a run that took this number of milliseconds. */
export type Pause = (took: number) => number;

/**
 * A task that is asked for often and runs now and then, never twice at once. However often it is asked for while it
 * runs or waits, it runs once more.
 */
export class RepeatedTask {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #isAsked = false;
  #isCancelled = false;
  #stop = new AbortController();
  #pause: number;

  /** The task is cancelled when `end` is aborted. */
  constructor(
    private readonly task: (stop: AbortSignal) => Promise<void>,
    private readonly pauseAfter: Pause,
    end: AbortSignal | null,
  ) {
    this.#pause = pauseAfter(0);
    end?.addEventListener('abort', () => void this.cancel(), { once: true });
  }

  /**
   * Lets the task run after a pause, unless it was cancelled. What it throws is dropped: it is tried again the next
   * time.
   */
  ask(): void {
    if (this.#isCancelled) return;
    this.#isAsked = true;
    if (this.#running !== null || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#running = this.#run();
    }, this.#pause).unref();
  }

  /**
   * Takes back what was asked for, and aborts the signal of a task that runs. Resolves when the task does not run. It
   * never runs again: a process may run other campaigns afterwards, whose files a late run would overwrite.
   */
  async cancel(): Promise<void> {
    this.#isCancelled = true;
    this.#isAsked = false;
    this.#stop.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#isAsked = false;
    const started = performance.now();
    this.#stop = new AbortController();
    await this.task(this.#stop.signal).catch(() => {});
    this.#pause = this.pauseAfter(performance.now() - started);
    this.#running = null;
    if (this.#isAsked) this.ask();
  }
}
