export interface SignsOfLifeOptions {
  /** Asks the other process for a sign. */
  readonly ask: () => void;
  /** Called once, if the process gave no sign. */
  readonly onSilence: () => void;
}

/** Questions without an answer until a process counts as silent. */
const MAX_UNANSWERED = 10;

/**
 * Notices that a process no longer answers, because it was stopped for example. Questions are counted, not time: this
 * process may be the one that did not run for a while.
 */
export class SignsOfLife {
  readonly #interval: number;
  #timer: NodeJS.Timeout | null = null;
  #unanswered = 0;
  #isSilent = false;

  /** The patience is in milliseconds. */
  constructor(
    patience: number,
    private readonly options: SignsOfLifeOptions,
  ) {
    this.#interval = patience / MAX_UNANSWERED;
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Starts or ends the watch. */
  watch(isOn: boolean): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!isOn || this.#isSilent) return;
    this.#unanswered = 0;
    this.#askLater();
  }

  /** To be called with every sign. */
  hear(): void {
    this.#unanswered = 0;
  }

  /** Calls the process silent now. */
  giveUp(): void {
    if (this.#isSilent) return;
    this.#isSilent = true;
    this.watch(false);
    this.options.onSilence();
  }

  #askLater(): void {
    this.#timer = setTimeout(() => {
      if (this.#unanswered === MAX_UNANSWERED) return this.giveUp();
      this.#unanswered += 1;
      this.options.ask();
      this.#askLater();
    }, this.#interval);
  }
}
