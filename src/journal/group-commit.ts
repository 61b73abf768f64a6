import { toError } from '../text/error-message.js';

/** A line that waits to become durable. */
interface Waiting {
  readonly line: Buffer;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Makes lines durable in order, one commit in flight: all lines that arrive meanwhile go into the next one. The
 * first commit that fails is the last: its lines, all that wait and all that come are refused with its error.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #failure: Error | null = null;
  #draining: Promise<void> | null = null;

  /** `commit` resolves when the bytes, some whole lines, are durable. */
  constructor(private readonly commit: (lines: Buffer) => Promise<void>) {}

  /** Why nothing is accepted any more, or null. */
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

  /** Accepts nothing more, for the reason given unless there is an earlier one; what waits is still committed. */
  stop(reason: Error): void {
    this.#failure ??= reason;
  }

  /** Resolves when nothing waits any more, be it durable or refused. */
  async settled(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // Lines that are added in the same turn of the event loop share the first commit.
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
