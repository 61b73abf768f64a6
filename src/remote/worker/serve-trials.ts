import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { settleWithin } from '../../platform/settle-within.js';
import { errorMessage } from '../../text/error-message.js';
import { BEAT_MILLISECONDS, MAX_MESSAGE_BYTES } from '../limits.js';
import type { RedisAddress } from '../redis-address.js';
import { connectRedis } from '../redis-connection.js';
import { isIdOf } from '../remote-job.js';
import { readToWorkers, type ToDriver } from '../remote-message.js';
import type { Returned } from '../trial-result.js';
import { checkAnnouncedCampaign } from './announced-campaign.js';
import { JobRunner, type JobRunnerOptions } from './job-runner.js';

/** How long a worker may be silent. */
export interface QueueTiming {
  /** Milliseconds after which a trial whose worker is silent may start over elsewhere. */
  readonly lock: number;
  /** Milliseconds between two looks for such trials. */
  readonly checkEvery: number;
}

/** What a worker is run with. */
export interface ServeOptions extends JobRunnerOptions {
  readonly address: RedisAddress;
  readonly timing: QueueTiming;
  /** Aborted when the worker is to take no more trials. */
  readonly draining: AbortSignal;
  /** Called with a sentence for the log of the worker. */
  readonly onMessage: (message: string) => void;
}

/** How often a trial may stall before the queue gives it up. */
const MAX_STALLED = 2;
const CLOSE_MILLISECONDS = 5_000;

/**
 * Takes trials from the queue and trains them until `draining`. Throws CONFIG_CHANGED if the campaign here is not the
 * one of the driver, and EXECUTOR_BROKEN if Redis cannot be reached or nothing can be trained here.
 */
export async function serveTrials(options: ServeOptions): Promise<void> {
  const client = await connectRedis(options.address, options.libraries, options.draining);
  const server = new TrialServer(options, client, client.duplicate());
  try {
    await server.serve();
  } finally {
    await server.close();
  }
}

class TrialServer {
  readonly #id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  readonly #runner: JobRunner;
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | null = null;
  #end: (error: Error | null) => void = () => {};

  constructor(
    private readonly options: ServeOptions,
    private readonly client: Redis,
    private readonly subscriber: Redis,
  ) {
    this.#runner = new JobRunner(
      options,
      client,
      () => this.#isOfOtherCampaign(),
      (error) => this.#end(error),
    );
  }

  async serve(): Promise<void> {
    const { names, executor, draining, stopping } = this.options;
    await this.#checkCampaign();
    const ended = new Promise<Error | null>((resolve) => {
      this.#end = resolve;
    });
    this.subscriber.on('error', () => {});
    this.subscriber.on('message', (_, text: string) => this.#hear(text));
    await this.subscriber.subscribe(names.toWorkers);
    this.subscriber.on('ready', () => void this.#beat());
    const worker = this.#createWorker();
    executor.onSlotsChange?.(() => {
      worker.concurrency = Math.max(1, executor.slots);
      void this.#beat();
    });
    const drain = (): void => {
      void this.#beat();
      void worker.close().then(() => this.#end(null));
    };
    draining.addEventListener('abort', drain, { once: true });
    stopping.addEventListener('abort', () => this.#runner.giveBackAll(), { once: true });
    worker.run().catch((error: unknown) => this.#reportQueue(error));
    this.#timer = setInterval(() => void this.#beat(), BEAT_MILLISECONDS);
    await this.#beat();
    if (draining.aborted) drain();
    const error = await ended;
    if (error !== null) throw error;
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#runner.giveBackAll();
    if (this.#worker !== null) await settleWithin(this.#worker.close(), CLOSE_MILLISECONDS);
    await settleWithin(this.#tell({ type: 'left', worker: this.#id }), CLOSE_MILLISECONDS);
    this.subscriber.disconnect();
    this.client.disconnect();
  }

  #createWorker(): Worker {
    const { names, libraries, timing, executor, onMessage } = this.options;
    const worker = new libraries.bullmq.Worker<unknown, Returned>(
      names.queue,
      (job, token) => this.#runner.process(job, token ?? ''),
      {
        connection: this.client,
        prefix: names.prefix,
        concurrency: Math.max(1, executor.slots),
        lockDuration: timing.lock,
        stalledInterval: timing.checkEvery,
        maxStalledCount: MAX_STALLED,
        autorun: false,
      },
    );
    worker.on('error', (error) => this.#reportQueue(error));
    worker.on('completed', ({ id }) => this.#done(id));
    worker.on('failed', (job, error) => {
      onMessage(`Job ${job?.id ?? 'unknown'}: ${errorMessage(error)}`);
      this.#done(job?.id);
    });
    this.#worker = worker;
    return worker;
  }

  #reportQueue(error: unknown): void {
    this.options.onMessage(`The queue reports: ${errorMessage(error)}`);
  }

  #checkCampaign(): Promise<void> {
    const { names, proof } = this.options;
    return checkAnnouncedCampaign(this.client, names, proof, (message) => this.#tell(message));
  }

  /** Ends this worker if a driver has announced another campaign. */
  async #isOfOtherCampaign(): Promise<boolean> {
    try {
      await this.#checkCampaign();
      return false;
    } catch (error) {
      if (!(error instanceof FitfirstError)) return false;
      this.#end(error);
      return true;
    }
  }

  #hear(text: string): void {
    try {
      if (text.length > MAX_MESSAGE_BYTES) throw new TypeError(`it has ${text.length} bytes`);
      const message = readToWorkers(text);
      if (message.type === 'stop') {
        this.#runner.stop(message.job);
        return;
      }
      void this.#isOfOtherCampaign();
      void this.#beat();
    } catch (error) {
      const why = errorMessage(error);
      this.options.onMessage(`Ignored a message that is not from a driver of fitfirst: ${why}.`);
    }
  }

  /** Gives a sign of life, and looks for trials that are to stop. */
  async #beat(): Promise<void> {
    if (this.client.status !== 'ready') return;
    const { executor, draining } = this.options;
    try {
      await this.#tell({
        type: 'beat',
        worker: this.#id,
        host: hostname(),
        pid: process.pid,
        slots: executor.slots,
        isDraining: draining.aborted,
        jobs: [...this.#runner.jobs],
      });
      await this.#runner.lookForStops();
    } catch {
      // Redis went away: the next beat tries again.
    }
  }

  #done(job: string | undefined): void {
    if (job !== undefined && isIdOf(job, '')) void this.#tell({ type: 'done', job }).catch(() => {});
  }

  async #tell(message: ToDriver): Promise<void> {
    await this.client.publish(this.options.names.toDriver, JSON.stringify(message));
  }
}
