import { toError } from '../text/error-message.js';

/** A line that waits to become durable. */
interface Waiting {
  readonly line: Buffer;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Makes lines durable in order, one commit at a time. Lines that arrive during a commit share the next one. After a
 * commit has failed, its lines, all waiting lines and all later ones are refused with its error.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #failure: Error | null = null;
  #draining: Promise<void> | null = null;

  /** `commit` gets the bytes of whole lines and resolves when they are durable. */
  constructor(private readonly commit: (lines: Buffer) => Promise<void>) {}

  /** Why no more lines are accepted, or null. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Resolves when the line is durable. */
  add(line: Buffer): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Accepts no more lines; the first reason counts. Waiting lines are still committed. */
  stop(reason: Error): void {
    this.#failure ??= reason;
  }

  /** Resolves when every line is either durable or refused. */
  async settled(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // Lines that are added in the same turn of the event loop share a commit.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.commit(Buffer.concat(group.map((waiting) => waiting.line)));
        for (const waiting of group) waiting.resolve();
      } catch (error) {
        const failure = toError(error);
        this.#failure = failure;
        for (const waiting of [...group, ...this.#waiting]) waiting.reject(failure);
        this.#waiting = [];
      }
    }
    this.#draining = null;
  }
}
