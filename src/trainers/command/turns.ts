interface Waiting {
  readonly isAlone: boolean;
  readonly begin: (turn: Disposable | null) => void;
}

/** Lets work run together with other work, or alone. Turns are given in the order in which they were asked for. */
export class Turns {
  readonly #waiting: Waiting[] = [];
  #running = 0;
  #someoneIsAlone = false;

  /** Resolves when the work may begin, and the turn is disposed of when it is done; null if the signal comes first. */
  take(isAlone: boolean, signal: AbortSignal): Promise<Disposable | null> {
    return new Promise((resolve) => {
      const abort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        resolve(null);
        this.#serve();
      };
      const waiting: Waiting = {
        isAlone,
        begin: (turn) => {
          signal.removeEventListener('abort', abort);
          resolve(turn);
        },
      };
      if (signal.aborted) return resolve(null);
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiting);
      this.#serve();
    });
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#someoneIsAlone || (next.isAlone && this.#running > 0)) return;
      this.#waiting.shift();
      this.#running += 1;
      this.#someoneIsAlone = next.isAlone;
      next.begin({ [Symbol.dispose]: () => this.#end() });
    }
  }

  #end(): void {
    this.#running -= 1;
    this.#someoneIsAlone = false;
    this.#serve();
  }
}
