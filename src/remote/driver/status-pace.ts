/** Milliseconds between two reports. With a thousand workers, each report lists a thousand of them. */
const MILLISECONDS_BETWEEN_REPORTS = 200;

/** Reports a status that changes often, a few times a second. */
export class StatusPace implements Disposable {
  #timer: NodeJS.Timeout | null = null;
  #hasChanged = false;

  constructor(private readonly report: () => void) {}

  /** To be called after each change. One that everybody has to see is reported at once. */
  change(isUrgent = false): void {
    this.#hasChanged = true;
    if (isUrgent && this.#timer !== null) clearTimeout(this.#timer);
    if (isUrgent || this.#timer === null) this.#tell();
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #tell(): void {
    this.#timer = null;
    if (!this.#hasChanged) return;
    this.#hasChanged = false;
    this.report();
    this.#timer = setTimeout(() => this.#tell(), MILLISECONDS_BETWEEN_REPORTS).unref();
  }
}
