import { hostname } from 'node:os';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { settleWithin } from '../../platform/settle-within.js';
import type { CampaignProof } from '../campaign-proof.js';
import { KEEP_SECONDS, MAX_MESSAGE_BYTES } from '../limits.js';
import type { OpenTrial } from '../open-trial.js';
import type { QueueNames } from '../queue-names.js';
import type { RedisAddress } from '../redis-address.js';
import { connectRedis, type QueueLibraries } from '../redis-connection.js';
import type { RemoteJob } from '../remote-job.js';
import type { ToWorkers } from '../remote-message.js';
import { canSendMembers, writeMembers } from '../sent-members.js';
import { readResult, type TrialResult, writeStart } from '../trial-result.js';
import { DriverLease } from './driver-lease.js';
import { findLeftJobs, type LeftJobs } from './left-jobs.js';

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

/**
 * Reads how far a job is in one round trip, and values only up to a limit of bytes: whether it has finished, the size
 * of what it returned, what it returned, and why it failed.
 */
const READ_JOB = `
  local key = KEYS[1]
  if redis.call('EXISTS', key) == 0 then return false end
  local function within(field, limit)
    if redis.call('HSTRLEN', key, field) > tonumber(limit) then return '' end
    return redis.call('HGET', key, field) or ''
  end
  return {
    redis.call('HEXISTS', key, 'finishedOn'), redis.call('HSTRLEN', key, 'returnvalue'),
    within('returnvalue', ARGV[1]), within('failedReason', ARGV[2])
  }`;
const jobState = z.tuple([z.number(), z.number(), z.string(), z.string()]).nullable();

/** Removes jobs that have ended, as BullMQ does, but many in one round trip. Returns those that are gone. */
const REMOVE_JOBS = `
  local gone = {}
  for place, id in ipairs(ARGV) do
    local key = KEYS[2 + place]
    local isEnded = redis.call('ZREM', KEYS[1], id) + redis.call('ZREM', KEYS[2], id) > 0
    if isEnded then redis.call('DEL', key, key .. ':logs') end
    if isEnded or redis.call('EXISTS', key) == 0 then gone[#gone + 1] = id end
  end
  return gone`;
const goneJobs = z.array(z.string());

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
    const { from = null, keepCheckpoint = false, members = [] } = options;
    const start = from && (await writeStart(this.client, names, job, from));
    const isCommittee = members.length > 0 && canSendMembers(members);
    const heads = isCommittee ? await writeMembers(this.client, names, job, members) : null;
    const data: RemoteJob = { trial, spec, proof, keepCheckpoint, start, ...(heads && { members: heads }) };
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
    const limits = [MAX_MESSAGE_BYTES, MAX_REASON_BYTES];
    const state = jobState.parse(await client.eval(READ_JOB, 1, names.job(job), ...limits));
    if (state === null) return { kind: 'missing' };
    const [isFinished, returnedSize, returned, reason] = state;
    if (isFinished === 0) return { kind: 'open' };
    if (returnedSize === 0) return { kind: 'given-up', reason: reason === '' ? 'it gave no reason' : reason };
    if (returnedSize > MAX_MESSAGE_BYTES) return { kind: 'refused', why: `it has ${returnedSize} bytes` };
    try {
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

  /**
   * Removes jobs and what belongs to them, by their ids and the runs whose results were read. Returns those that are
   * gone; workers still run the others.
   */
  async removeAll(jobs: ReadonlyMap<string, string | null>): Promise<readonly string[]> {
    const { names } = this.options;
    const ids = [...jobs.keys()];
    if (ids.length === 0) return [];
    const ended = goneJobs.parse(
      await this.client.eval(
        REMOVE_JOBS,
        2 + ids.length,
        names.job('completed'),
        names.job('failed'),
        ...ids.map((job) => names.job(job)),
        ...ids,
      ),
    );
    // A worker may have given a job back after its trial was stopped.
    const others = await Promise.all(
      ids.map(async (job) => !ended.includes(job) && (await this.queue.remove(job)) === 1),
    );
    const gone = [...ended, ...ids.filter((_, place) => others[place] === true)];
    const extra = gone.flatMap((job) => {
      const run = jobs.get(job) ?? null;
      return [names.start(job), names.members(job), ...(run === null ? [] : [names.result(job, run)])];
    });
    if (extra.length > 0) await this.client.unlink(extra);
    return gone;
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
