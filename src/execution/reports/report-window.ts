import { MAX_OPEN_REPORTS, type ReportListener } from './report-listener.js';

/**
 * Passes reports on to a listener, and lets a trainer wait that reports more quickly than the listener deals with its
 * reports. Otherwise they would fill the memory.
 */
export class ReportWindow {
  #open = 0;
  #waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(
    private readonly listener: ReportListener,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Calls the listener. Returns a promise if the trainer has to wait: until there is room or the signal is aborted.
   * Throws, or the promise rejects, with an error of the listener, at the latest with the next report.
   */
  readonly pass: ReportListener = (report) => {
    if (this.#failure !== null) throw this.#failure.error;
    const taken = this.listener(report);
    if (taken === undefined) return;
    this.#open += 1;
    taken.then(this.#taken, this.#fail);
    if (this.#open < MAX_OPEN_REPORTS || this.signal.aborted) return;
    return this.#room();
  };

  async #room(): Promise<void> {
    let release = (): void => {};
    try {
      await new Promise<void>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        release = resolve;
        this.signal.addEventListener('abort', release, { once: true });
      });
    } finally {
      this.signal.removeEventListener('abort', release);
      this.#waiting = null;
    }
  }

  readonly #taken = (): void => {
    this.#open -= 1;
    if (this.#open <= MAX_OPEN_REPORTS / 2) this.#waiting?.resolve();
  };

  readonly #fail = (error: unknown): void => {
    this.#failure ??= { error };
    this.#waiting?.reject(error);
  };
}
