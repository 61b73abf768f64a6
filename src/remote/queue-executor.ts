import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Outcome } from '../campaign/outcome.js';
import { type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Executor, RunOptions } from '../execution/executor.js';
import type { RemoteStatus } from '../execution/remote-status.js';
import { settleWithin } from '../platform/settle-within.js';
import { errorMessage } from '../text/error-message.js';
import type { CampaignProof } from './campaign-proof.js';
import { DriverLease } from './driver-lease.js';
import { findLeftJobs, type LeftJob } from './left-jobs.js';
import { BEAT_MILLISECONDS, KEEP_SECONDS, LOST_AFTER_MILLISECONDS, MAX_MESSAGE_BYTES } from './limits.js';
import { OpenTrial } from './open-trial.js';
import type { QueueNames } from './queue-names.js';
import type { RedisAddress } from './redis-address.js';
import { connectRedis, type QueueLibraries } from './redis-connection.js';
import { jobId, type RemoteJob } from './remote-job.js';
import { readToDriver, type ToDriver, type ToWorkers } from './remote-message.js';
import { readResult, writeStart } from './trial-result.js';
import { WorkerRoster } from './worker-roster.js';

/** What the driver of a queue is created from. */
export interface QueueExecutorOptions {
  readonly address: RedisAddress;
  readonly names: QueueNames;
  readonly libraries: QueueLibraries;
  readonly proof: CampaignProof;
  /** Trials at once, if there are enough workers. */
  readonly maxSlots: number;
  /** Absolute path of the results folder, whose lock the caller holds. */
  readonly folder: string;
  /** Called with workers and messages after each change. */
  readonly onStatus: (status: RemoteStatus) => void;
}

/** Every this many beats the driver compares its trials with the states of their jobs. */
const BEATS_BETWEEN_CHECKS = 2;
/** Milliseconds after which a trial that was told to stop counts as stopped, whatever its worker does. */
const STOP_MILLISECONDS = 5_000;
/** Milliseconds that closing may take while Redis is away. */
const CLOSE_MILLISECONDS = 3_000;
/** Beats for which the job of a settled trial is kept, so that a driver that dies now can adopt it. */
const BEATS_TO_KEEP = 3;
const MAX_MESSAGES = 50;
const MAX_REMOVED_AT_ONCE = 2_000;
const ANNOUNCEMENT_SECONDS = 15;

/** Runs trials as jobs of a BullMQ queue. Workers on any machine take them; see `serveTrials`. */
export async function createQueueExecutor(options: QueueExecutorOptions): Promise<Executor> {
  const { address, names, libraries } = options;
  const client = await connectRedis(address, libraries);
  try {
    const lease = new DriverLease(client, names, options.folder);
    await lease.take();
    const queue = new libraries.bullmq.Queue(names.queue, {
      connection: client,
      prefix: names.prefix,
      streams: { events: { maxLen: 1_000 } },
    });
    queue.on('error', () => {});
    const driver = new QueueDriver(options, { client, subscriber: client.duplicate(), queue, lease });
    await driver.start();
    return driver;
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

interface Connections {
  readonly client: Redis;
  readonly subscriber: Redis;
  readonly queue: Queue;
  readonly lease: DriverLease;
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
    private readonly connections: Connections,
  ) {}

  get slots(): number {
    return this.#slots;
  }

  onSlotsChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    const { client, subscriber, queue } = this.connections;
    const { names, proof } = this.options;
    const left = await findLeftJobs(client, queue, names, proof);
    for (const job of left.adoptable) this.#adoptable.set(job.trial, job);
    if (left.removed > 0) this.#say(`Removed ${left.removed} jobs from the queue that belong to no trial.`);
    subscriber.on('error', () => {});
    subscriber.on('message', (_, text: string) => this.#hear(text));
    await subscriber.subscribe(names.toDriver);
    // Messages may be missed while Redis is away, so the signs of life start over, and workers answer at once.
    subscriber.on('ready', () => {
      this.#connectedAt = performance.now();
      this.#roster.excuse(this.#connectedAt);
      this.#tell({ type: 'roll-call' });
    });
    await this.#announce();
    this.#tell({ type: 'roll-call' });
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
    const { client, subscriber, queue, lease } = this.connections;
    const close = async (): Promise<void> => {
      for (const trial of this.#open.values()) this.#stop(trial);
      await Promise.allSettled([...this.#open.values()].map((trial) => trial.outcome));
      for (const { id } of this.#adoptable.values()) {
        await this.#requestStop(id);
        await queue.remove(id);
      }
      for (const id of this.#settled.keys()) await this.#remove(id);
      await client.del(this.options.names.campaign);
      await lease.release();
    };
    await settleWithin(close(), STOP_MILLISECONDS + CLOSE_MILLISECONDS);
    for (const trial of this.#open.values()) trial.settle({ kind: 'stopped' });
    if (this.#timer !== null) clearInterval(this.#timer);
    await settleWithin(queue.close(), CLOSE_MILLISECONDS);
    subscriber.disconnect();
    client.disconnect();
  }

  async #train(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    const key = trialKey(this.options.proof.identity, spec);
    const adopted = this.#adopt(key, options);
    const trial = new OpenTrial(key, adopted ?? jobId(key, randomBytes(6).toString('hex')), spec, options);
    this.#open.set(trial.job, trial);
    const stop = (): void => this.#stop(trial);
    options.signal.addEventListener('abort', stop, { once: true });
    try {
      if (adopted === null) this.#ensure(trial, this.#send(trial));
      else void this.#collect(trial);
      return await trial.outcome;
    } finally {
      options.signal.removeEventListener('abort', stop);
      this.#open.delete(trial.job);
      this.#settled.set(trial.job, { beat: this.#beats + BEATS_TO_KEEP, run: trial.run });
    }
  }

  /** The job of an earlier driver, if it gives the reports that this trial has to give. */
  #adopt(key: TrialKey, { from = null }: RunOptions): string | null {
    const left = this.#adoptable.get(key);
    if (left === undefined) return null;
    this.#adoptable.delete(key);
    if (left.startEpochs === null || left.startEpochs === from?.epochs) return left.id;
    this.#ensure(null, this.#requestStop(left.id));
    this.#settled.set(left.id, { beat: this.#beats, run: null });
    return null;
  }

  async #send({ trial, job, spec, options }: OpenTrial): Promise<void> {
    const { client, queue } = this.connections;
    const { names, proof } = this.options;
    const { from = null, keepCheckpoint = false } = options;
    const start = from && (await writeStart(client, names, job, from));
    const data: RemoteJob = { trial, spec, proof, keepCheckpoint, start };
    const kept = { age: KEEP_SECONDS };
    await queue.add('trial', data, { jobId: job, attempts: 1, removeOnComplete: kept, removeOnFail: kept });
  }

  /** A command that Redis refuses ends the campaign, which can be resumed. */
  #ensure(trial: OpenTrial | null, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      const broken = new FitfirstError(
        'EXECUTOR_BROKEN',
        `Redis at ${this.options.address.shown} refused a command: ${errorMessage(error)}. Finished trials are kept; ` +
          'fix the cause and run the same command again.',
      );
      if (trial !== null) trial.fail(broken);
      else this.#say(broken.message);
    });
  }

  #stop(trial: OpenTrial): void {
    if (trial.isStopping) return;
    trial.isStopping = true;
    const { queue } = this.connections;
    const stop = async (): Promise<void> => {
      await this.#requestStop(trial.job);
      const state = await queue.getJobState(trial.job);
      // A job that waits is removed. One that a worker has taken meanwhile is locked, and its worker ends it.
      const waits = state === 'waiting' || state === 'delayed' || state === 'prioritized';
      if (state === 'unknown' || (waits && (await queue.remove(trial.job)) === 1))
        trial.settle({ kind: 'stopped' });
    };
    this.#ensure(trial, stop());
    setTimeout(() => trial.settle({ kind: 'stopped' }), STOP_MILLISECONDS).unref();
  }

  async #requestStop(job: string): Promise<void> {
    await this.connections.client.set(this.options.names.stop(job), '1', 'EX', KEEP_SECONDS);
    this.#tell({ type: 'stop', job });
  }

  #tell(message: ToWorkers): void {
    void this.connections.client
      .publish(this.options.names.toWorkers, JSON.stringify(message))
      .catch(() => {});
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
    switch (message.type) {
      case 'beat':
        this.#roster.hear(message, performance.now());
        for (const job of message.jobs) this.#checkOwner(job);
        return this.#steer();
      case 'left':
        this.#roster.leave(message.worker);
        return this.#steer();
      case 'reports': {
        const trial = this.#open.get(message.job);
        if (trial !== undefined)
          this.#pass(trial, () => trial.hear(message.run, message.from, message.reports));
        return;
      }
      case 'done': {
        const trial = this.#open.get(message.job);
        if (trial !== undefined) void this.#collect(trial);
        return;
      }
      case 'refused':
        return this.#say(
          `A worker on ${message.host} (process ${message.pid}) does not fit: ${message.message}`,
        );
      default:
        message satisfies never;
    }
  }

  /** Ends a job that a worker runs and nobody has asked for. */
  #checkOwner(job: string): void {
    const isLeft = [...this.#adoptable.values()].some(({ id }) => id === job);
    if (this.#open.has(job) || isLeft || this.#settled.has(job)) return;
    this.#settled.set(job, { beat: this.#beats + BEATS_TO_KEEP, run: null });
    this.#say(`A worker runs a job that this campaign has not asked for. It is stopped: ${job}.`);
    this.#ensure(null, this.#requestStop(job));
  }

  /** Passes reports on. What the listener throws ends the trial. */
  #pass(trial: OpenTrial, hear: () => string | null): boolean {
    try {
      const problem = hear();
      if (problem === null) return true;
      this.#abandon(trial, problem);
    } catch (error) {
      this.#ensure(null, this.#requestStop(trial.job));
      trial.fail(error);
    }
    return false;
  }

  /** Ends an attempt whose reports cannot be used. */
  #abandon(trial: OpenTrial, problem: string): void {
    this.#say(`Trial ${trial.trial}: ${problem}.`);
    this.#ensure(null, this.#requestStop(trial.job));
    trial.settle({ kind: 'lost', message: `${problem}.` });
  }

  /** Settles a trial if its job has ended, by the state of the job alone. */
  async #collect(trial: OpenTrial): Promise<void> {
    if (trial.isCollecting || trial.isSettled) return;
    trial.isCollecting = true;
    try {
      await this.#settle(trial);
    } catch (error) {
      trial.fail(
        new FitfirstError(
          'EXECUTOR_BROKEN',
          `Redis at ${this.options.address.shown}: ${errorMessage(error)}`,
        ),
      );
    } finally {
      trial.isCollecting = false;
    }
  }

  async #settle(trial: OpenTrial): Promise<void> {
    const { client } = this.connections;
    const { names } = this.options;
    const key = names.job(trial.job);
    const [finishedOn, returnedSize, reasonSize, isThere] = await Promise.all([
      client.hget(key, 'finishedOn'),
      client.hstrlen(key, 'returnvalue'),
      client.hstrlen(key, 'failedReason'),
      client.exists(key),
    ]);
    if (isThere === 0) {
      // Redis lost it in a restart, or somebody removed it.
      if (!trial.isStopping && !this.#isClosed) await this.#send(trial);
      return;
    }
    if (finishedOn === null) return;
    if (returnedSize === 0) {
      const reason = reasonSize > 10_000 ? null : await client.hget(key, 'failedReason');
      const message = `The queue gave the trial up: ${reason ?? 'it gave no reason'}.`;
      trial.settle(trial.isStopping ? { kind: 'stopped' } : { kind: 'lost', message });
      return;
    }
    try {
      if (returnedSize > MAX_MESSAGE_BYTES) throw new TypeError(`it has ${returnedSize} bytes`);
      const returned = (await client.hget(key, 'returnvalue')) ?? '';
      const result = await readResult(client, names, trial.job, returned);
      const isStopped = result.outcome.kind === 'stopped';
      const hasReports = isStopped || this.#pass(trial, () => trial.complete(result.run, result.reports));
      if (!hasReports || trial.isSettled) return;
      if (isStopped && !trial.isStopping) {
        trial.settle({ kind: 'lost', message: 'A worker stopped the trial without being asked to.' });
      } else trial.settle(result.outcome);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#abandon(trial, `the result of the trial was refused: ${error.message}`);
    }
  }

  async #beat(): Promise<void> {
    const { client, subscriber, lease } = this.connections;
    if (this.#isClosed || client.status !== 'ready' || subscriber.status !== 'ready') return;
    this.#beats += 1;
    const now = performance.now();
    if (now - this.#connectedAt > LOST_AFTER_MILLISECONDS) {
      for (const { host, pid, jobs } of this.#roster.sweep(now)) {
        const trials =
          jobs.length === 0 ? '' : ` It ran ${jobs.length} trials, which start over on other workers.`;
        this.#say(`Lost the worker on ${host} (process ${pid}): it gives no sign of life.${trials}`);
      }
    }
    this.#recentSlots = [...this.#recentSlots.slice(-BEATS_TO_KEEP), this.#slots];
    this.#steer();
    try {
      await lease.renew();
      await this.#announce();
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
    for (const [id, { beat }] of this.#settled) if (beat <= this.#beats) await this.#remove(id);
    const { client, queue } = this.connections;
    const waiting = await client.lrange(this.options.names.waiting, 0, MAX_REMOVED_AT_ONCE - 1);
    const left = new Set([...this.#adoptable.values()].map(({ id }) => id));
    const strays = waiting.filter((id) => !this.#open.has(id) && !left.has(id) && !this.#settled.has(id));
    if (strays.length === 0) return;
    await Promise.all(strays.map((id) => queue.remove(id)));
    this.#say(`Removed ${strays.length} jobs from the queue that this campaign has not asked for.`);
  }

  /** Removes a job, unless a worker still runs it. */
  async #remove(id: string): Promise<void> {
    const { client, queue } = this.connections;
    const { names } = this.options;
    if ((await queue.remove(id)) === 0 && (await client.exists(names.job(id))) === 1) return;
    const run = this.#settled.get(id)?.run ?? null;
    this.#settled.delete(id);
    await client.del(names.start(id), ...(run === null ? [] : [names.result(id, run)]));
  }

  async #announce(): Promise<void> {
    const { names, proof } = this.options;
    const text = JSON.stringify({ proof, host: hostname(), pid: process.pid });
    await this.connections.client.set(names.campaign, text, 'EX', ANNOUNCEMENT_SECONDS);
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
    if (this.#messages.length > MAX_MESSAGES) this.#messages.shift();
    this.#report();
  }

  #report(): void {
    this.options.onStatus({
      slots: this.#slots,
      workers: this.#roster.workers.map(({ jobs, ...worker }) => ({
        ...worker,
        trials: jobs.map((job) => job.slice(0, 32)),
      })),
      messages: [...this.#messages],
    });
  }
}
