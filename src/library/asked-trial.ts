import { canonicalJson } from '../campaign/canonical-json.js';
import type { Parameters } from '../campaign/parameters.js';
import type { TrainContext, TrainReport } from '../trainers/train-function.js';

/** A trial that the program runs itself, and answers with `tell`. */
export interface AskedTrial<P = Parameters> extends TrainContext {
  readonly parameters: P;
  /**
   * Journals the metrics after an epoch. Resolves with whether to train on: false after the last epoch, and for a trial
   * that fits, falls behind or is no longer wanted, which then needs no further report.
   */
  report(metrics: TrainReport): Promise<boolean>;
}

type Message =
  | { readonly kind: 'report'; readonly metrics: TrainReport; readonly answer: (goesOn: boolean) => void }
  | { readonly kind: 'end'; readonly error: Error | null };

/** Passes the reports of a program on to the run that waits for them. */
export class TrialExchange {
  /** The trial as the program sees it. */
  readonly asked: AskedTrial;
  /** What the trial is known by among those that run at the same time. */
  readonly text: string;
  /** Resolves when the end of the trial is in the journal, or the run has ended. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
  readonly #epochs: number;
  readonly #signal: AbortSignal;
  #messages: Message[] = [];
  #wake: () => void = () => {};
  #isOver = false;
  #epoch = 0;

  constructor(parameters: Parameters, context: TrainContext) {
    const { repeat, epochs, stage, signal } = context;
    this.text = exchangeText(parameters, repeat, epochs, stage);
    this.#epochs = epochs;
    this.#signal = signal;
    // `directory` is made when it is read, so the context is not copied.
    const own = { parameters, report: (metrics: TrainReport) => this.#report(metrics) };
    this.asked = Object.defineProperties(own, Object.getOwnPropertyDescriptors(context)) as AskedTrial;
    let settle = (): void => {};
    this.settled = new Promise((resolve) => {
      settle = resolve;
    });
    this.settle = settle;
  }

  /** Ends the trial: as one that has done what it can, or as one that failed. */
  end(error: Error | null): void {
    if (!this.#isOver) this.#push({ kind: 'end', error });
  }

  /** What the run reads. `onEnd` is called when it reads no more. */
  async *reports(onEnd: () => void): AsyncGenerator<TrainReport, void, void> {
    const wake = (): void => this.#wake();
    this.#signal.addEventListener('abort', wake);
    try {
      for (;;) {
        const message = await this.#next();
        if (message === null) return;
        if (message.kind === 'end') {
          if (message.error === null) return;
          throw message.error;
        }
        let goesOn = false;
        try {
          yield message.metrics;
          this.#epoch = message.metrics.epoch ?? this.#epoch + 1;
          goesOn = this.#epoch < this.#epochs;
        } finally {
          message.answer(goesOn);
        }
      }
    } finally {
      this.#isOver = true;
      this.#signal.removeEventListener('abort', wake);
      for (const message of this.#messages) if (message.kind === 'report') message.answer(false);
      onEnd();
    }
  }

  #report(metrics: TrainReport): Promise<boolean> {
    if (this.#isOver) return Promise.resolve(false);
    return new Promise((answer) => this.#push({ kind: 'report', metrics, answer }));
  }

  #push(message: Message): void {
    this.#messages.push(message);
    this.#wake();
  }

  /** Null if the trial is no longer wanted. */
  async #next(): Promise<Message | null> {
    while (this.#messages.length === 0 && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#signal.aborted ? null : (this.#messages.shift() ?? null);
  }
}

/** What a trial is known by: no two trials with an equal text run at once. */
export function exchangeText(
  parameters: Parameters,
  repeat: number,
  epochs: number,
  stage: 'search' | 'finish',
): string {
  return `${stage} ${repeat} ${epochs} ${canonicalJson(parameters)}`;
}
