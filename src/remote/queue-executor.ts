import { randomBytes } from 'node:crypto';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Outcome } from '../campaign/outcome.js';
import { type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Executor, RunOptions } from '../execution/executor.js';
import type { RemoteStatus } from '../execution/kinds/remote-status.js';
import { settleWithin } from '../platform/settle-within.js';
import { errorMessage } from '../text/error-message.js';
import { formatCount } from '../text/number.js';
import type { LeftJob } from './left-jobs.js';
import { BEAT_MILLISECONDS, LOST_AFTER_MILLISECONDS, MAX_MESSAGE_BYTES } from './limits.js';
import { OpenTrial } from './open-trial.js';
import { QueueLink, type QueueLinkOptions } from './queue-link.js';
import { jobId } from './remote-job.js';
import { readToDriver, type ToDriver } from './remote-message.js';
import { WorkerRoster } from './worker-roster.js';

/** What the driver of a queue is created from. */
export interface QueueExecutorOptions extends QueueLinkOptions {
  /** Trials at once, if there are enough workers. */
  readonly maxSlots: number;
  /** Called with workers and messages after each change. */
  readonly onStatus: (status: RemoteStatus) => void;
}

/** Every this many beats the driver compares its trials with the states of their jobs. */
const BEATS_BETWEEN_CHECKS = 2;
/** Milliseconds after which a trial that was told to stop counts as stopped, whatever its worker does. */
const STOP_MILLISECONDS = 5_000;
/** Milliseconds that closing may take. Redis may be away. */
const CLOSE_MILLISECONDS = 8_000;
/** Beats for which the job of a settled trial is kept, so that a driver that dies now can adopt it. */
const BEATS_TO_KEEP = 3;
const MAX_MESSAGES = 50;
/** Beats for which views show the latest message. */
const BEATS_TO_SHOW = 15;

/** Runs trials as jobs of a BullMQ queue. Workers on any machine take them; see `serveTrials`. */
export async function createQueueExecutor(options: QueueExecutorOptions): Promise<Executor> {
  const link = await QueueLink.open(options);
  try {
    const driver = new QueueDriver(options, link);
    await driver.start();
    return driver;
  } catch (error) {
    await link.disconnect();
    throw error;
  }
}

class QueueDriver implements Executor {
  readonly #roster = new WorkerRoster();
  readonly #open = new Map<string, OpenTrial>();
  /** Jobs that a trial of the same key takes over instead of starting one. */
  readonly #adoptable = new Map<TrialKey, LeftJob>();
  /** Jobs of settled trials, with the beat at which they are removed and the run whose result was read. */
  readonly #settled = new Map<string, { readonly beat: number; readonly run: string | null }>();
  readonly #listeners = new Set<() => void>();
  readonly #messages: string[] = [];
  #saidAt = 0;
  #slots = 0;
  /** Slots of a moment ago: a trial that was about to start when a worker left is still taken. */
  #recentSlots: readonly number[] = [];
  #running = 0;
  #beats = 0;
  #isClosed = false;
  #timer: NodeJS.Timeout | null = null;
  #connectedAt = 0;
  #broken: Error | null = null;

  constructor(
    private readonly options: QueueExecutorOptions,
    private readonly link: QueueLink,
  ) {}

  get slots(): number {
    return this.#slots;
  }

  onSlotsChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    const left = await this.link.findLeftJobs();
    for (const job of left.adoptable) this.#adoptable.set(job.trial, job);
    if (left.removed > 0)
      this.#say(`Removed ${formatCount(left.removed, 'job')} from the queue that belong to no trial.`);
    await this.link.listen(
      (text) => this.#hear(text),
      () => {
        // Messages may be missed while Redis is away, so the signs of life start over.
        this.#connectedAt = performance.now();
        this.#roster.excuse(this.#connectedAt);
        this.link.tell({ type: 'roll-call' });
      },
    );
    await this.link.renew();
    this.link.tell({ type: 'roll-call' });
    this.#timer = setInterval(() => void this.#beat(), BEAT_MILLISECONDS);
    this.#report();
  }

  async run(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    if (this.#isClosed) throw new FitfirstError('EXECUTOR_BROKEN', 'The executor has been closed.');
    if (this.#broken !== null) throw this.#broken;
    if (options.signal.aborted) return { kind: 'stopped' };
    const limit = Math.max(this.#slots, ...this.#recentSlots);
    if (this.#running >= limit)
      throw new RangeError(`The workers have ${limit} slots, and ${this.#running} trials run already.`);
    this.#running += 1;
    try {
      return await this.#train(spec, options);
    } finally {
      this.#running -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await settleWithin(this.#endAll(), CLOSE_MILLISECONDS);
    for (const trial of this.#open.values()) trial.settle({ kind: 'stopped' });
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.link.disconnect();
  }

  async #endAll(): Promise<void> {
    for (const trial of this.#open.values()) this.#stop(trial);
    await Promise.allSettled([...this.#open.values()].map((trial) => trial.outcome));
    for (const { id } of this.#adoptable.values()) {
      await this.link.requestStop(id);
      await this.link.withdraw(id);
    }
    await Promise.all([...this.#settled].map(([job, { run }]) => this.link.remove(job, run)));
    await this.link.leave();
  }

  async #train(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    const key = trialKey(this.options.proof.identity, spec);
    const adopted = this.#adopt(key, options);
    const trial = new OpenTrial(key, adopted ?? jobId(key, randomBytes(6).toString('hex')), spec, options);
    this.#open.set(trial.job, trial);
    const stop = (): void => this.#stop(trial);
    options.signal.addEventListener('abort', stop, { once: true });
    try {
      if (adopted === null) this.#ensure(trial, this.link.send(trial));
      else void this.#collect(trial);
      return await trial.outcome;
    } finally {
      options.signal.removeEventListener('abort', stop);
      this.#open.delete(trial.job);
      this.#forgetLater(trial.job, trial.run);
    }
  }

  /** The job of an earlier driver, if it gives the reports that this trial has to give. */
  #adopt(key: TrialKey, { from = null }: RunOptions): string | null {
    const left = this.#adoptable.get(key);
    if (left === undefined) return null;
    this.#adoptable.delete(key);
    if (left.startEpochs === null || left.startEpochs === from?.epochs) return left.id;
    this.#endStray(left.id);
    return null;
  }

  /** A command that Redis refuses ends the campaign, which can be resumed. */
  #ensure(trial: OpenTrial | null, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      const broken = this.#refusedBy(error);
      if (trial === null) this.#say(broken.message);
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

  /** Ends a job that nobody waits for. */
  #endStray(job: string): void {
    this.#forgetLater(job, null);
    this.#ensure(null, this.link.requestStop(job));
  }

  #forgetLater(job: string, run: string | null): void {
    this.#settled.set(job, { beat: this.#beats + BEATS_TO_KEEP, run });
  }

  #hear(text: string): void {
    let message: ToDriver;
    try {
      if (text.length > MAX_MESSAGE_BYTES) throw new TypeError(`it has ${text.length} bytes`);
      message = readToDriver(text);
    } catch (error) {
      this.#say(
        `Ignored a message on the queue that is not from a worker of fitfirst: ${errorMessage(error)}.`,
      );
      return;
    }
    const trial = 'job' in message ? this.#open.get(message.job) : undefined;
    switch (message.type) {
      case 'beat':
        this.#roster.hear(message, performance.now());
        for (const job of message.jobs) this.#checkOwner(job);
        this.#steer();
        break;
      case 'left':
        this.#roster.leave(message.worker);
        this.#steer();
        break;
      case 'reports': {
        const { run, from, reports } = message;
        if (trial !== undefined) this.#pass(trial, () => trial.hear(run, from, reports));
        break;
      }
      case 'done':
        if (trial !== undefined) void this.#collect(trial);
        break;
      case 'refused':
        this.#say(`A worker on ${message.host} (process ${message.pid}) does not fit: ${message.message}`);
        break;
      default:
        message satisfies never;
    }
  }

  #isKnown(job: string): boolean {
    if (this.#open.has(job) || this.#settled.has(job)) return true;
    return [...this.#adoptable.values()].some(({ id }) => id === job);
  }

  #checkOwner(job: string): void {
    if (this.#isKnown(job)) return;
    this.#say(`A worker runs a job that this campaign has not asked for. It is stopped: ${job}.`);
    this.#endStray(job);
  }

  /** Passes reports on. What the listener throws ends the trial. */
  #pass(trial: OpenTrial, hear: () => string | null): void {
    try {
      const problem = hear();
      if (problem !== null) this.#abandon(trial, problem);
    } catch (error) {
      this.#ensure(null, this.link.requestStop(trial.job));
      trial.fail(error);
    }
  }

  /** Ends an attempt whose reports or result cannot be used. */
  #abandon(trial: OpenTrial, problem: string): void {
    this.#say(`Trial ${trial.trial}: ${problem}.`);
    this.#ensure(null, this.link.requestStop(trial.job));
    trial.settle({ kind: 'lost', message: `${problem}.` });
  }

  /** Settles a trial if its job has ended, by the state of the job alone. */
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

  async #settle(trial: OpenTrial): Promise<void> {
    const state = await this.link.stateOf(trial.job);
    switch (state.kind) {
      case 'open':
        return;
      case 'missing':
        if (!trial.isStopping && !this.#isClosed) await this.link.send(trial);
        return;
      case 'given-up': {
        const message = `The queue gave the trial up: ${state.reason}.`;
        this.#say(`Trial ${trial.trial}: ${message}`);
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

  async #beat(): Promise<void> {
    if (this.#isClosed || !this.link.isConnected) return;
    this.#beats += 1;
    const now = performance.now();
    if (now - this.#connectedAt > LOST_AFTER_MILLISECONDS) {
      for (const { host, pid, jobs } of this.#roster.sweep(now)) {
        const trials = jobs.length === 0 ? '' : ` Trials that it ran start over elsewhere: ${jobs.length}.`;
        this.#say(`Lost the worker on ${host} (process ${pid}): it gives no sign of life.${trials}`);
      }
    }
    this.#recentSlots = [...this.#recentSlots.slice(-BEATS_TO_KEEP), this.#slots];
    this.#steer();
    try {
      await this.link.renew();
      if (this.#beats % BEATS_BETWEEN_CHECKS === 0) await this.#check();
    } catch (error) {
      if (!(error instanceof FitfirstError)) return; // Redis went away: the next beat tries again.
      this.#broken = error;
      for (const trial of this.#open.values()) trial.fail(error);
    }
  }

  /** Compares trials with the states of their jobs, since messages may be lost, and removes jobs from nowhere. */
  async #check(): Promise<void> {
    await Promise.all([...this.#open.values()].map((trial) => this.#collect(trial)));
    for (const [job, { beat, run }] of this.#settled) {
      if (beat <= this.#beats && (await this.link.remove(job, run))) this.#settled.delete(job);
    }
    const strays = await this.link.removeStrays((job) => this.#isKnown(job));
    if (strays > 0)
      this.#say(`Removed ${formatCount(strays, 'job')} from the queue that this campaign has not asked for.`);
  }

  #steer(): void {
    const slots = Math.min(this.options.maxSlots, this.#roster.slots);
    const isChanged = slots !== this.#slots;
    this.#slots = slots;
    this.#report();
    if (isChanged) for (const listener of this.#listeners) listener();
  }

  #say(message: string): void {
    if (this.#messages.at(-1) === message) return;
    this.#messages.push(message);
    this.#saidAt = this.#beats;
    if (this.#messages.length > MAX_MESSAGES) this.#messages.shift();
    this.#report();
  }

  #report(): void {
    const latest = this.#messages.at(-1);
    const isRecent = latest !== undefined && this.#beats - this.#saidAt < BEATS_TO_SHOW;
    this.options.onStatus({
      ...(isRecent && { notice: latest }),
      slots: this.#slots,
      workers: this.#roster.workers.map(({ jobs, ...worker }) => ({
        ...worker,
        trials: jobs.map((job) => job.slice(0, 32)),
      })),
      messages: [...this.#messages],
    });
  }
}
