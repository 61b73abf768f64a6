import { hostname } from 'node:os';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { settleWithin } from '../platform/settle-within.js';
import type { CampaignProof } from './campaign-proof.js';
import { DriverLease } from './driver-lease.js';
import { findLeftJobs, type LeftJobs } from './left-jobs.js';
import { KEEP_SECONDS, MAX_MESSAGE_BYTES } from './limits.js';
import type { OpenTrial } from './open-trial.js';
import type { QueueNames } from './queue-names.js';
import type { RedisAddress } from './redis-address.js';
import { connectRedis, type QueueLibraries } from './redis-connection.js';
import type { RemoteJob } from './remote-job.js';
import type { ToWorkers } from './remote-message.js';
import { readResult, type TrialResult, writeStart } from './trial-result.js';

/** What a driver reaches its queue with. */
export interface QueueLinkOptions {
  readonly address: RedisAddress;
  readonly names: QueueNames;
  readonly libraries: QueueLibraries;
  readonly proof: CampaignProof;
  /** Absolute path of the results folder, whose lock the caller holds. */
  readonly folder: string;
}

/** How far a job is, by its state in Redis. */
export type JobState =
  /** Redis lost it in a restart, or somebody removed it. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'open' }
  /** It failed, or its workers were lost too often. */
  | { readonly kind: 'given-up'; readonly reason: string }
  | { readonly kind: 'ended'; readonly result: TrialResult }
  /** Its result cannot be used. */
  | { readonly kind: 'refused'; readonly why: string };

const CLOSE_MILLISECONDS = 3_000;
const MAX_REASON_BYTES = 10_000;
/** Jobs that are looked at in one go. */
const MAX_WAITING = 2_000;
/** Seconds after which workers know no campaign any more, if the driver ends without a word. */
const ANNOUNCEMENT_SECONDS = 15;

/** The driver's side of the queue: every command that it sends to Redis. */
export class QueueLink {
  readonly #lease: DriverLease;

  private constructor(
    private readonly options: QueueLinkOptions,
    private readonly client: Redis,
    private readonly subscriber: Redis,
    private readonly queue: Queue,
  ) {
    this.#lease = new DriverLease(client, options.names, options.folder);
  }

  /** Connects and becomes the only driver of the queue. Throws EXECUTOR_BROKEN if that is not possible. */
  static async open(options: QueueLinkOptions): Promise<QueueLink> {
    const { address, names, libraries } = options;
    const client = await connectRedis(address, libraries);
    const queue = new libraries.bullmq.Queue(names.queue, {
      connection: client,
      prefix: names.prefix,
      streams: { events: { maxLen: 1_000 } },
    });
    queue.on('error', () => {});
    const link = new QueueLink(options, client, client.duplicate(), queue);
    try {
      await link.#lease.take();
      return link;
    } catch (error) {
      await link.disconnect();
      throw error;
    }
  }

  /** Where Redis is, without user and password. */
  get shown(): string {
    return this.options.address.shown;
  }

  get isConnected(): boolean {
    return this.client.status === 'ready' && this.subscriber.status === 'ready';
  }

  /** Calls the listeners with each message of a worker, and after each interruption of the connection. */
  async listen(onMessage: (text: string) => void, onReconnect: () => void): Promise<void> {
    const { subscriber } = this;
    subscriber.on('error', () => {});
    subscriber.on('message', (_, text: string) => onMessage(text));
    await subscriber.subscribe(this.options.names.toDriver);
    subscriber.on('ready', onReconnect);
  }

  findLeftJobs(): Promise<LeftJobs> {
    const { names, proof } = this.options;
    return findLeftJobs(this.client, this.queue, names, proof);
  }

  /** Keeps the lease, and says which campaign this is. Throws EXECUTOR_BROKEN if another driver has the lease. */
  async renew(): Promise<void> {
    await this.#lease.renew();
    const { names, proof } = this.options;
    const text = JSON.stringify({ proof, host: hostname(), pid: process.pid });
    await this.client.set(names.campaign, text, 'EX', ANNOUNCEMENT_SECONDS);
  }

  tell(message: ToWorkers): void {
    void this.client.publish(this.options.names.toWorkers, JSON.stringify(message)).catch(() => {});
  }

  async send({ trial, job, spec, options }: OpenTrial): Promise<void> {
    const { names, proof } = this.options;
    const { from = null, keepCheckpoint = false } = options;
    const start = from && (await writeStart(this.client, names, job, from));
    const data: RemoteJob = { trial, spec, proof, keepCheckpoint, start };
    const kept = { age: KEEP_SECONDS };
    await this.queue.add('trial', data, {
      jobId: job,
      attempts: 1,
      removeOnComplete: kept,
      removeOnFail: kept,
    });
  }

  /** Makes the worker end a trial. The mark in Redis reaches workers that miss the message. */
  async requestStop(job: string): Promise<void> {
    await this.client.set(this.options.names.stop(job), '1', 'EX', KEEP_SECONDS);
    this.tell({ type: 'stop', job });
  }

  /** Removes a job that no worker has taken yet. Returns false if it is too late for that. */
  async withdraw(job: string): Promise<boolean> {
    const state = await this.queue.getJobState(job);
    const waits = state === 'waiting' || state === 'delayed' || state === 'prioritized';
    // A job that a worker has taken meanwhile is locked, and its worker ends it.
    return state === 'unknown' || (waits && (await this.queue.remove(job)) === 1);
  }

  async stateOf(job: string): Promise<JobState> {
    const { client } = this;
    const { names } = this.options;
    const key = names.job(job);
    const [finishedOn, returnedSize, reasonSize, isThere] = await Promise.all([
      client.hget(key, 'finishedOn'),
      client.hstrlen(key, 'returnvalue'),
      client.hstrlen(key, 'failedReason'),
      client.exists(key),
    ]);
    if (isThere === 0) return { kind: 'missing' };
    if (finishedOn === null) return { kind: 'open' };
    if (returnedSize === 0) {
      const reason = reasonSize > MAX_REASON_BYTES ? null : await client.hget(key, 'failedReason');
      return { kind: 'given-up', reason: reason ?? 'it gave no reason' };
    }
    if (returnedSize > MAX_MESSAGE_BYTES) return { kind: 'refused', why: `it has ${returnedSize} bytes` };
    try {
      const returned = (await client.hget(key, 'returnvalue')) ?? '';
      return { kind: 'ended', result: await readResult(client, names, job, returned) };
    } catch (error) {
      if (error instanceof TypeError) return { kind: 'refused', why: error.message };
      throw error;
    }
  }

  /** Removes jobs that wait and are not among the known ones. Returns how many there were. */
  async removeStrays(isKnown: (job: string) => boolean): Promise<number> {
    const waiting = await this.client.lrange(this.options.names.waiting, 0, MAX_WAITING - 1);
    const strays = waiting.filter((job) => !isKnown(job));
    await Promise.all(strays.map((job) => this.queue.remove(job)));
    return strays.length;
  }

  /** Removes a job and what belongs to it. Returns false if a worker still runs it. */
  async remove(job: string, run: string | null): Promise<boolean> {
    const { names } = this.options;
    if ((await this.queue.remove(job)) === 0 && (await this.client.exists(names.job(job))) === 1)
      return false;
    await this.client.del(names.start(job), ...(run === null ? [] : [names.result(job, run)]));
    return true;
  }

  /** Says that there is no driver any more. */
  async leave(): Promise<void> {
    await this.client.del(this.options.names.campaign);
    await this.#lease.release();
  }

  async disconnect(): Promise<void> {
    await settleWithin(this.queue.close(), CLOSE_MILLISECONDS);
    this.subscriber.disconnect();
    this.client.disconnect();
  }
}
