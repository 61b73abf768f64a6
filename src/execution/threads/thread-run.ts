import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Outcome, TrialCheckpoint } from '../../campaign/outcome.js';
import type { Report } from '../../campaign/report.js';
import type { RunOptions } from '../executor.js';
import { createRunControl, hasBegun, requestStop } from './run-control.js';
import type { TrialMessage, TrialReply } from './worker-message.js';

/**
 * A trial on a worker thread, as the calling thread sees it. It passes reports on, asks the thread to stop when the
 * signal is aborted, and has the thread ended if it does not react.
 */
export class ThreadRun {
  readonly control = createRunControl();
  /** The thread's end of the channel. It is sent to the thread with the task. */
  readonly port: MessagePort;
  readonly #inbox: MessagePort;
  readonly #threadEnd = new AbortController();
  readonly #options: RunOptions;
  readonly #grace: number;
  #graceTimer: NodeJS.Timeout | undefined;
  #settle: { resolve: (outcome: Outcome) => void; reject: (error: unknown) => void } | null = null;
  #verdict: Outcome | null = null;
  #checkpoint: TrialCheckpoint | null = null;

  /** The grace is in milliseconds. */
  constructor(options: RunOptions, grace: number) {
    const { port1, port2 } = new MessageChannel();
    this.#inbox = port1;
    this.port = port2;
    this.#options = options;
    this.#grace = grace;
  }

  /** Aborted when the thread must be ended from outside. */
  get threadEnd(): AbortSignal {
    return this.#threadEnd.signal;
  }

  get hasBegun(): boolean {
    return hasBegun(this.control);
  }

  /** The outcome that the thread sent before it ended; null if it sent none. */
  get verdict(): Outcome | null {
    return this.#verdict;
  }

  /**
   * Follows the run to its end and returns its outcome: that of `reply`, the answer of the thread, or that of
   * `afterDeath`, called with the error that the reply rejected with.
   */
  async follow(reply: Promise<TrialReply>, afterDeath: (error: unknown) => Outcome): Promise<Outcome> {
    const { signal } = this.#options;
    const settled = new Promise<Outcome>((resolve, reject) => {
      this.#settle = { resolve, reject };
      const replied = ({ outcome, reports }: TrialReply): Outcome => {
        this.#drain();
        this.#pass(reports, () => {}); // the thread does not wait for these
        if (outcome.kind !== 'finished' || this.#checkpoint === null) return outcome;
        return { ...outcome, checkpoint: this.#checkpoint };
      };
      const died = (error: unknown): Outcome => {
        this.#drain();
        return afterDeath(error);
      };
      reply.then(replied, died).then(resolve, reject);
    });
    this.#inbox.on('message', this.#receive);
    signal.addEventListener('abort', this.#stop, { once: true });
    try {
      return await settled;
    } finally {
      this.#settle = null;
      signal.removeEventListener('abort', this.#stop);
      clearTimeout(this.#graceTimer);
      this.#inbox.close();
    }
  }

  /** Makes the run reject with the error, unless it has ended. */
  readonly fail = (error: unknown): void => {
    if (this.#settle === null) return; // the thread may run another trial by now
    this.#settle.reject(error);
    this.#threadEnd.abort();
  };

  readonly #stop = (): void => {
    if (requestStop(this.control)) {
      this.#acknowledge(Number.POSITIVE_INFINITY); // a trainer that stops waits for nothing
      this.#graceTimer = setTimeout(() => this.#threadEnd.abort(), this.#grace);
    } else {
      this.#settle?.resolve({ kind: 'stopped' });
    }
  };

  readonly #receive = (message: TrialMessage): void => {
    try {
      this.#take(message);
    } catch (error) {
      this.fail(error);
    }
  };

  #take(message: TrialMessage): void {
    switch (message.type) {
      case 'reports':
        this.#pass(message.reports, (count) => this.#acknowledge(count));
        break;
      case 'checkpoint':
        this.#checkpoint = message.checkpoint;
        break;
      case 'thread-unfit':
        this.#verdict = message.outcome;
        this.#threadEnd.abort();
        break;
      default:
        message satisfies never;
    }
  }

  /** Passes reports on. `onDone` is called when they have been dealt with. Throws what the listener throws. */
  #pass(reports: readonly Report[], onDone: (count: number) => void): void {
    const taken = reports.map((report) => this.#options.onReport(report));
    const open = taken.filter((promise) => promise !== undefined);
    if (open.length === 0) onDone(reports.length);
    else Promise.all(open).then(() => onDone(reports.length), this.fail);
  }

  #acknowledge(count: number): void {
    this.#inbox.postMessage(count);
  }

  /** Handles messages that have arrived: the last messages of a thread can be slower than its answer. */
  #drain(): void {
    for (;;) {
      const entry: { message: TrialMessage } | undefined = receiveMessageOnPort(this.#inbox);
      if (entry === undefined) return;
      this.#take(entry.message);
    }
  }
}
