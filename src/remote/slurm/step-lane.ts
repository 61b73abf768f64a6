import { errorMessage } from '../../text/error-message.js';
import type { OpenTrial } from '../open-trial.js';
import { unpackOutcome } from '../outcome-form.js';
import { JobStep, type StepCommand } from './job-step.js';
import { type FromStep, packedOutcome, trainMessage } from './step-message.js';

/** What a lane tells the executor. */
export interface LaneListener {
  /** Called before a worker gets its first trial. Returns a sentence if it must not get any, else null. */
  readonly refuse: (ready: Extract<FromStep, { type: 'ready' }>) => string | null;
  /** Called when the lane can run trials, or no longer can. */
  readonly onChange: () => void;
  /** Called when a step has ended that was not to end. */
  readonly onLost: (message: string) => void;
  /** Called when no step can be started here any more. */
  readonly onDead: (message: string) => void;
}

/** A step that ends this often before it is ready is not started again. */
const MAX_FAILED_STARTS = 3;
const RESTART_MILLISECONDS = 1_000;
/** Milliseconds after which a step that does not stop its trial is ended. */
const STOP_MILLISECONDS = 5_000;

/** A place for one trial at a time: a job step with a worker, and a new one when that ends. */
export class StepLane {
  /** The worker, once it is ready. */
  worker: { readonly host: string; readonly pid: number } | null = null;
  #step: JobStep | null = null;
  #trial: OpenTrial | null = null;
  #number = 0;
  /** How many reports of its trial were heard. */
  #reports = 0;
  #free: () => void = () => {};
  #failedStarts = 0;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(
    private readonly command: StepCommand,
    private readonly listener: LaneListener,
  ) {}

  /** The key of the trial that it runs; null if it waits. */
  get trial(): string | null {
    return this.#trial?.trial ?? null;
  }

  start(): void {
    const step = new JobStep(this.command, (message) => this.#hear(message));
    this.#step = step;
    void step.ended.then((how) => this.#restart(how));
  }

  /** Runs a trial to its outcome, and resolves when the lane is free for another one. */
  async run(trial: OpenTrial): Promise<void> {
    const { spec, options } = trial;
    const isFree = new Promise<void>((resolve) => {
      this.#free = resolve;
    });
    this.#trial = trial;
    this.#number += 1;
    this.#reports = 0;
    const { signal } = options;
    const stop = (): void => {
      trial.isStopping = true;
      this.#stop();
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#step?.send(trainMessage(this.#number, spec, options));
    this.listener.onChange();
    await isFree;
    signal.removeEventListener('abort', stop);
    this.#trial = null;
    this.listener.onChange();
  }

  /** Stops its trial and ends. */
  async close(): Promise<void> {
    if (this.#trial !== null) this.#trial.isStopping = true;
    await this.retire();
  }

  /** Ends, and loses its trial. */
  async retire(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#step?.end();
  }

  #hear(message: FromStep): void {
    switch (message.type) {
      case 'ready':
        this.#welcome(message);
        break;
      case 'report':
        if (message.id === this.#number)
          this.#pass((trial) => trial.hear('step', this.#reports++, [message.report]));
        break;
      case 'ended':
        if (message.id === this.#number) this.#settle(message);
        break;
      case 'broken':
        this.listener.onDead(message.message);
        break;
      default:
        message satisfies never;
    }
  }

  #welcome(ready: Extract<FromStep, { type: 'ready' }>): void {
    const refusal = this.listener.refuse(ready);
    if (refusal !== null) {
      this.listener.onDead(refusal);
      return;
    }
    this.#failedStarts = 0;
    this.worker = { host: ready.host, pid: ready.pid };
    this.listener.onChange();
  }

  #pass(hear: (trial: OpenTrial) => string | null): void {
    const trial = this.#trial;
    if (trial === null) return;
    try {
      const problem = hear(trial);
      if (problem === null) return;
      trial.settle({ kind: 'lost', message: `${problem}.` });
    } catch (error) {
      // What the listener of the reports throws ends the trial.
      trial.fail(error);
    }
    this.#stop();
  }

  #settle(message: Extract<FromStep, { type: 'ended' }>): void {
    const trial = this.#trial;
    if (trial === null) return;
    try {
      const { outcome, reports } = unpackOutcome(packedOutcome(message));
      if (outcome.kind !== 'stopped') this.#pass(() => trial.complete('step', reports));
      const isStray = outcome.kind === 'stopped' && !trial.isStopping;
      const stray = {
        kind: 'lost',
        message: 'A job step stopped the trial without being asked to.',
      } as const;
      trial.settle(isStray ? stray : outcome);
    } catch (error) {
      trial.settle({ kind: 'lost', message: `The result of the trial was refused: ${errorMessage(error)}.` });
    }
    this.#free();
  }

  /** Asks the worker to end its trial, and ends the step if it does not. */
  #stop(): void {
    const number = this.#number;
    this.#step?.send({ type: 'stop', id: number });
    const end = (): void => {
      if (this.#trial !== null && number === this.#number) void this.#step?.end();
    };
    setTimeout(end, STOP_MILLISECONDS).unref();
  }

  #restart(how: string): void {
    const wasReady = this.worker !== null;
    this.worker = null;
    this.#step = null;
    // Before the trial settles, so that no other one takes its place.
    this.listener.onChange();
    const message = `A job step has ended (${how})`;
    this.#trial?.settle(
      this.#trial.isStopping ? { kind: 'stopped' } : { kind: 'lost', message: `${message}.` },
    );
    this.#free();
    if (this.#isClosed) return;
    this.#failedStarts = wasReady ? 0 : this.#failedStarts + 1;
    if (this.#failedStarts >= MAX_FAILED_STARTS) {
      this.listener.onDead(`${message}.`);
      return;
    }
    this.listener.onLost(`${message}. Another one is started.`);
    this.#timer = setTimeout(() => this.start(), RESTART_MILLISECONDS * (1 + this.#failedStarts));
  }
}
