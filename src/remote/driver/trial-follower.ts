import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Outcome } from '../../campaign/outcome.js';
import { errorMessage } from '../../text/error-message.js';
import type { OpenTrial } from '../open-trial.js';
import type { ToDriver } from '../remote-message.js';
import type { QueueLink } from './queue-link.js';

/** Milliseconds after which a trial that was asked to stop counts as stopped, whatever its worker does. */
const STOP_MILLISECONDS = 5_000;

type Reports = Extract<ToDriver, { type: 'reports' }>;

/** The trials that are under way: sends their jobs, stops them, and settles them by the states of their jobs. */
export class TrialFollower {
  readonly #open = new Map<string, OpenTrial>();

  constructor(
    private readonly link: QueueLink,
    private readonly say: (message: string) => void,
  ) {}

  has(job: string): boolean {
    return this.#open.has(job);
  }

  /** Follows a trial to its outcome. Its job is sent, unless an earlier driver has left one. */
  async follow(trial: OpenTrial, isAdopted: boolean): Promise<Outcome> {
    this.#open.set(trial.job, trial);
    const stop = (): void => this.#stop(trial);
    trial.options.signal.addEventListener('abort', stop, { once: true });
    try {
      if (isAdopted) void this.#collect(trial);
      else this.#ensure(trial, this.link.send(trial));
      return await trial.outcome;
    } finally {
      trial.options.signal.removeEventListener('abort', stop);
      this.#open.delete(trial.job);
    }
  }

  /** Passes on reports that a worker has sent. */
  hear({ job, run, from, reports }: Reports): void {
    const trial = this.#open.get(job);
    if (trial !== undefined) this.#pass(trial, () => trial.hear(run, from, reports));
  }

  /** Reads how a job has ended, if it has and a trial waits for it. */
  collect(job: string): void {
    const trial = this.#open.get(job);
    if (trial !== undefined) void this.#collect(trial);
  }

  /** Compares all trials with the states of their jobs: messages may be lost. */
  async collectAll(): Promise<void> {
    await Promise.all([...this.#open.values()].map((trial) => this.#collect(trial)));
  }

  /** Ends a job that no trial waits for. */
  endStray(job: string): void {
    this.#ensure(null, this.link.requestStop(job));
  }

  async stopAll(): Promise<void> {
    const trials = [...this.#open.values()];
    for (const trial of trials) this.#stop(trial);
    await Promise.allSettled(trials.map((trial) => trial.outcome));
  }

  /** Settles what is still open as stopped: nobody waits for Redis any more. */
  abandonAll(): void {
    for (const trial of this.#open.values()) trial.settle({ kind: 'stopped' });
  }

  failAll(error: Error): void {
    for (const trial of this.#open.values()) trial.fail(error);
  }

  #stop(trial: OpenTrial): void {
    if (trial.isStopping) return;
    trial.isStopping = true;
    const stop = async (): Promise<void> => {
      await this.link.requestStop(trial.job);
      if (await this.link.withdraw(trial.job)) trial.settle({ kind: 'stopped' });
    };
    this.#ensure(trial, stop());
    setTimeout(() => trial.settle({ kind: 'stopped' }), STOP_MILLISECONDS).unref();
  }

  /** Passes reports on. What the listener throws ends the trial. */
  #pass(trial: OpenTrial, hear: () => string | null): void {
    try {
      const problem = hear();
      if (problem !== null) this.#abandon(trial, problem);
    } catch (error) {
      this.endStray(trial.job);
      trial.fail(error);
    }
  }

  /** Ends an attempt whose reports or result cannot be used. */
  #abandon(trial: OpenTrial, problem: string): void {
    this.say(`Trial ${trial.trial}: ${problem}.`);
    this.endStray(trial.job);
    trial.settle({ kind: 'lost', message: `${problem}.` });
  }

  async #collect(trial: OpenTrial): Promise<void> {
    if (trial.isCollecting || trial.isSettled) return;
    trial.isCollecting = true;
    try {
      await this.#settle(trial);
    } catch (error) {
      trial.fail(this.#refusedBy(error));
    } finally {
      trial.isCollecting = false;
    }
  }

  /** Settles a trial if its job has ended, by the state of the job alone. */
  async #settle(trial: OpenTrial): Promise<void> {
    const state = await this.link.stateOf(trial.job);
    switch (state.kind) {
      case 'open':
        return;
      case 'missing':
        if (!trial.isStopping) await this.link.send(trial);
        return;
      case 'given-up': {
        const message = `The queue gave the trial up: ${state.reason}.`;
        this.say(`Trial ${trial.trial}: ${message}`);
        return trial.settle(trial.isStopping ? { kind: 'stopped' } : { kind: 'lost', message });
      }
      case 'refused':
        return this.#abandon(trial, `the result of the trial was refused: ${state.why}`);
      case 'ended':
        break;
      default:
        return state satisfies never;
    }
    const { run, outcome, reports } = state.result;
    if (outcome.kind === 'stopped') {
      if (trial.isStopping) return trial.settle(outcome);
      return this.#abandon(trial, 'a worker stopped the trial without being asked to');
    }
    this.#pass(trial, () => trial.complete(run, reports));
    trial.settle(outcome);
  }

  /** A command that Redis refuses ends the campaign, which can be resumed. */
  #ensure(trial: OpenTrial | null, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      const broken = this.#refusedBy(error);
      if (trial === null) this.say(broken.message);
      else trial.fail(broken);
    });
  }

  #refusedBy(error: unknown): FitfirstError {
    return new FitfirstError(
      'EXECUTOR_BROKEN',
      `Redis at ${this.link.shown} refused a command: ${errorMessage(error)}. Finished trials are kept; fix the ` +
        'cause and run the same command again.',
    );
  }
}
