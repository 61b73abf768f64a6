import { randomBytes } from 'node:crypto';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Outcome } from '../../campaign/outcome.js';
import { type TrialKey, type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { Executor, RunOptions } from '../../execution/executor.js';
import type { RemoteStatus } from '../../execution/kinds/remote-status.js';
import { settleWithin } from '../../platform/settle-within.js';
import { errorMessage } from '../../text/error-message.js';
import { formatCount } from '../../text/number.js';
import { DriverLog } from '../driver-log.js';
import { BEAT_MILLISECONDS, LOST_AFTER_MILLISECONDS, MAX_MESSAGE_BYTES } from '../limits.js';
import { OpenTrial } from '../open-trial.js';
import { jobId } from '../remote-job.js';
import { readToDriver, type ToDriver } from '../remote-message.js';
import type { LeftJob } from './left-jobs.js';
import { QueueLink, type QueueLinkOptions } from './queue-link.js';
import { SettledJobs } from './settled-jobs.js';
import { StatusPace } from './status-pace.js';
import { TrialFollower } from './trial-follower.js';
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
/** Milliseconds that closing may take. Redis may be away. */
const CLOSE_MILLISECONDS = 8_000;
/** Beats for which a trial is taken that was about to start when a worker left. */
const BEATS_TO_KEEP_SLOTS = 3;

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
  readonly #log = new DriverLog(() => this.#pace.change());
  readonly #pace = new StatusPace(() => this.#report());
  readonly #trials: TrialFollower;
  readonly #settled: SettledJobs;
  /** Jobs that a trial of the same key takes over instead of starting one. */
  readonly #adoptable = new Map<TrialKey, LeftJob>();
  readonly #listeners = new Set<() => void>();
  #slots = 0;
  #recentSlots: readonly number[] = [];
  #running = 0;
  #beats = 0;
  #isChecking = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | null = null;
  #connectedAt = 0;
  #broken: Error | null = null;

  constructor(
    private readonly options: QueueExecutorOptions,
    private readonly link: QueueLink,
  ) {
    this.#trials = new TrialFollower(link, (message) => this.#say(message));
    this.#settled = new SettledJobs(link);
  }

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
    this.#pace.change();
  }

  async run(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    if (this.#isClosed) throw new FitfirstError('EXECUTOR_BROKEN', 'The executor has been closed.');
    if (this.#broken !== null) throw this.#broken;
    if (options.signal.aborted) return { kind: 'stopped' };
    const limit = Math.max(this.#slots, ...this.#recentSlots);
    if (this.#running >= limit)
      throw new RangeError(`The workers have ${limit} slots, and ${this.#running} trials run already.`);
    this.#running += 1;
    const key = trialKey(this.options.proof.identity, spec);
    const adopted = this.#adopt(key, options);
    const trial = new OpenTrial(key, adopted ?? jobId(key, randomBytes(6).toString('hex')), spec, options);
    try {
      return await this.#trials.follow(trial, adopted !== null);
    } finally {
      this.#settled.add(trial.job, trial.run, this.#beats);
      this.#running -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await settleWithin(this.#endAll(), CLOSE_MILLISECONDS);
    this.#trials.abandonAll();
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#pace[Symbol.dispose]();
    await this.link.disconnect();
  }

  async #endAll(): Promise<void> {
    await this.#trials.stopAll();
    for (const { id } of this.#adoptable.values()) {
      await this.link.requestStop(id);
      await this.link.withdraw(id);
    }
    await this.#settled.removeAll();
    await this.link.leave();
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

  /** Ends a job that nobody waits for. */
  #endStray(job: string): void {
    this.#settled.add(job, null, this.#beats);
    this.#trials.endStray(job);
  }

  #hear(text: string): void {
    let message: ToDriver;
    try {
      if (text.length > MAX_MESSAGE_BYTES) throw new TypeError(`it has ${text.length} bytes`);
      message = readToDriver(text);
    } catch (error) {
      const why = errorMessage(error);
      this.#say(`Ignored a message on the queue that is not from a worker of fitfirst: ${why}.`);
      return;
    }
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
      case 'reports':
        this.#trials.hear(message);
        break;
      case 'done':
        this.#trials.collect(message.job);
        break;
      case 'refused':
        this.#say(`A worker on ${message.host} (process ${message.pid}) does not fit: ${message.message}`);
        break;
      default:
        message satisfies never;
    }
  }

  #isKnown(job: string): boolean {
    if (this.#trials.has(job) || this.#settled.has(job)) return true;
    return [...this.#adoptable.values()].some(({ id }) => id === job);
  }

  #checkOwner(job: string): void {
    if (this.#isKnown(job)) return;
    this.#say(`A worker runs a job that this campaign has not asked for. It is stopped: ${job}.`);
    this.#endStray(job);
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
    this.#recentSlots = [...this.#recentSlots.slice(-BEATS_TO_KEEP_SLOTS), this.#slots];
    this.#steer();
    try {
      await this.link.renew();
      if (this.#beats % BEATS_BETWEEN_CHECKS === 0) await this.#check();
    } catch (error) {
      if (!(error instanceof FitfirstError)) return; // Redis went away: the next beat tries again.
      this.#broken = error;
      this.#trials.failAll(error);
    }
  }

  /** Compares trials with the states of their jobs, since messages may be lost, and removes jobs from nowhere. */
  async #check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      await this.#trials.collectAll();
      await this.#settled.removeDue(this.#beats);
      const strays = await this.link.removeStrays((job) => this.#isKnown(job));
      if (strays > 0)
        this.#say(
          `Removed ${formatCount(strays, 'job')} from the queue that this campaign has not asked for.`,
        );
    } finally {
      this.#isChecking = false;
    }
  }

  #steer(): void {
    const slots = Math.min(this.options.maxSlots, this.#roster.slots);
    const isChanged = slots !== this.#slots;
    this.#slots = slots;
    this.#pace.change(isChanged);
    if (isChanged) for (const listener of this.#listeners) listener();
  }

  #say(message: string): void {
    this.#log.say(message, this.#beats);
  }

  #report(): void {
    const notice = this.#log.notice(this.#beats);
    this.options.onStatus({
      ...(notice !== null && { notice }),
      slots: this.#slots,
      workers: this.#roster.workers.map(({ jobs, ...worker }) => ({
        ...worker,
        trials: jobs.map((job) => job.slice(0, 32)),
      })),
      messages: this.#log.messages,
    });
  }
}
