/** Beats for which views show the latest message. */
const BEATS_TO_SHOW = 15;
const MAX_MESSAGES = 50;

/** What a driver has to say of its workers: refusals, losses. Time is counted in beats, about seconds. */
export class DriverLog {
  readonly #messages: string[] = [];
  #saidAt = 0;

  constructor(private readonly onChange: () => void) {}

  /** The last messages, oldest first. */
  get messages(): readonly string[] {
    return [...this.#messages];
  }

  /** Adds a message, unless it repeats the last one. */
  say(message: string, beat: number): void {
    if (this.#messages.at(-1) === message) return;
    this.#messages.push(message);
    this.#saidAt = beat;
    if (this.#messages.length > MAX_MESSAGES) this.#messages.shift();
    this.onChange();
  }

  /** The latest message, if it is recent. */
  notice(beat: number): string | null {
    return beat - this.#saidAt < BEATS_TO_SHOW ? (this.#messages.at(-1) ?? null) : null;
  }
}
