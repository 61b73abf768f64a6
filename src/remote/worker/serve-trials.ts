import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { trialKey } from '../../campaign/trial.js';
import type { Executor } from '../../execution/executor.js';
import { settleWithin } from '../../platform/settle-within.js';
import { errorMessage } from '../../text/error-message.js';
import { type CampaignProof, proofDifference } from '../campaign-proof.js';
import { BEAT_MILLISECONDS, MAX_MESSAGE_BYTES } from '../limits.js';
import type { QueueNames } from '../queue-names.js';
import type { RedisAddress } from '../redis-address.js';
import { connectRedis, type QueueLibraries } from '../redis-connection.js';
import { isIdOf, type RemoteJob, readJob } from '../remote-job.js';
import { readAnnouncement, readToWorkers, type ToDriver } from '../remote-message.js';
import { type Returned, readStart, writeResult } from '../trial-result.js';
import { ReportSender } from './report-sender.js';

/** How long a worker may be silent. */
export interface QueueTiming {
  /** Milliseconds after which a trial whose worker is silent may start over elsewhere. */
  readonly lock: number;
  /** Milliseconds between two looks for such trials. */
  readonly checkEvery: number;
}

/** What a worker is run with. */
export interface ServeOptions {
  readonly address: RedisAddress;
  readonly names: QueueNames;
  readonly libraries: QueueLibraries;
  readonly timing: QueueTiming;
  readonly proof: CampaignProof;
  /** Names of the parameters of this campaign. */
  readonly parameters: readonly string[];
  /** Trains here: on threads or in processes, never on the calling thread, which has to keep the locks of jobs. */
  readonly executor: Executor;
  /** Aborted when the worker is to take no more trials. */
  readonly draining: AbortSignal;
  /** Aborted when running trials are to be given back. */
  readonly stopping: AbortSignal;
  /** Called with a sentence for the log of the worker. */
  readonly onMessage: (message: string) => void;
  /** Called when trials begin or end. */
  readonly onTrials?: (running: number, ended: number) => void;
}

/** How often a trial may stall before the queue gives it up. */
const MAX_STALLED = 2;
const GIVE_BACK_MILLISECONDS = 500;
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

interface RunningTrial {
  readonly controller: AbortController;
  /** Whether the driver wants it to end. */
  isStopped: boolean;
}

class TrialServer {
  readonly #id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  readonly #running = new Map<string, RunningTrial>();
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | null = null;
  #ended = 0;
  #end: (error: Error | null) => void = () => {};

  constructor(
    private readonly options: ServeOptions,
    private readonly client: Redis,
    private readonly subscriber: Redis,
  ) {}

  async serve(): Promise<void> {
    const { names, libraries, timing, executor, draining, stopping, onMessage } = this.options;
    await this.#checkAnnouncement();
    const ended = new Promise<Error | null>((resolve) => {
      this.#end = resolve;
    });
    this.subscriber.on('error', () => {});
    this.subscriber.on('message', (_, text: string) => this.#hear(text));
    await this.subscriber.subscribe(names.toWorkers);
    this.subscriber.on('ready', () => void this.#beat());
    const worker = new libraries.bullmq.Worker<unknown, Returned>(
      names.queue,
      (job, token) => this.#process(job, token ?? ''),
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
    this.#worker = worker;
    worker.on('error', (error) => onMessage(`The queue reports: ${errorMessage(error)}`));
    worker.on('completed', ({ id }) => this.#done(id));
    worker.on('failed', (job, error) => {
      onMessage(`Job ${job?.id ?? 'unknown'}: ${errorMessage(error)}`);
      this.#done(job?.id);
    });
    executor.onSlotsChange?.(() => {
      worker.concurrency = Math.max(1, executor.slots);
      void this.#beat();
    });
    const drain = (): void => {
      void this.#beat();
      void worker.close().then(() => this.#end(null));
    };
    const giveBack = (): void => {
      for (const { controller } of this.#running.values()) controller.abort();
    };
    draining.addEventListener('abort', drain, { once: true });
    stopping.addEventListener('abort', giveBack, { once: true });
    worker.run().catch((error: unknown) => onMessage(`The queue reports: ${errorMessage(error)}`));
    this.#timer = setInterval(() => void this.#beat(), BEAT_MILLISECONDS);
    await this.#beat();
    if (draining.aborted) drain();
    const error = await ended;
    if (error !== null) throw error;
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const { controller } of this.#running.values()) controller.abort();
    if (this.#worker !== null) await settleWithin(this.#worker.close(), CLOSE_MILLISECONDS);
    await settleWithin(this.#tell({ type: 'left', worker: this.#id }), CLOSE_MILLISECONDS);
    this.subscriber.disconnect();
    this.client.disconnect();
  }

  /** Throws CONFIG_CHANGED, and says so to the driver, if a driver has announced another campaign. */
  async #checkAnnouncement(): Promise<void> {
    const text = await this.client.get(this.options.names.campaign);
    if (text === null || text.length > MAX_MESSAGE_BYTES) return;
    const { proof, host } = readAnnouncement(text);
    const difference = proofDifference(this.options.proof, proof);
    if (difference === null) return;
    await this.#tell({ type: 'refused', host: hostname(), pid: process.pid, message: `${difference}.` });
    throw new FitfirstError(
      'CONFIG_CHANGED',
      `This worker cannot take trials of the queue "${this.options.names.queue}": compared with the driver on ` +
        `${host}, ${difference}. Give driver and workers the same config, data and code, and start this worker again.`,
    );
  }

  /** Ends this worker if a driver has announced another campaign. */
  async #isOfOtherCampaign(): Promise<boolean> {
    try {
      await this.#checkAnnouncement();
      return false;
    } catch (error) {
      if (!(error instanceof FitfirstError)) return false;
      this.#end(error);
      return true;
    }
  }

  async #process(job: Job<unknown, Returned>, token: string): Promise<Returned> {
    const { trial, id, remote } = this.#check(job);
    const difference = proofDifference(this.options.proof, remote.proof);
    if (difference !== null) {
      // If the driver has announced this job's campaign, this worker is the wrong one, and another one may fit.
      if (await this.#isOfOtherCampaign()) return this.#giveBack(job, token);
      throw this.#refusal(difference);
    }
    const running: RunningTrial = { controller: new AbortController(), isStopped: false };
    if (this.options.stopping.aborted) return this.#giveBack(job, token);
    this.#running.set(id, running);
    try {
      if ((await this.client.exists(this.options.names.stop(id))) === 1) this.#stop(running);
      return await this.#train(job, token, id, { ...remote, trial }, running);
    } finally {
      this.#running.delete(id);
      this.#ended += 1;
      this.options.onTrials?.(this.#running.size, this.#ended);
    }
  }

  /** Reads a job and checks that it is one of this campaign. Nothing in it is run. */
  #check(job: Job<unknown, Returned>): { trial: RemoteJob['trial']; id: string; remote: RemoteJob } {
    let remote: RemoteJob;
    try {
      remote = readJob(job.data);
    } catch (error) {
      throw this.#refusal(errorMessage(error));
    }
    const { id } = job;
    const trial = trialKey(this.options.proof.identity, remote.spec);
    const isOfCampaign = remote.proof.identity === this.options.proof.identity;
    if (id === undefined || !isIdOf(id, remote.trial)) throw this.#refusal('its id is not that of its trial');
    if (isOfCampaign && trial !== remote.trial) throw this.#refusal('its key is not that of its parameters');
    const unknown = Object.keys(remote.spec.parameters).find(
      (name) => !this.options.parameters.includes(name),
    );
    if (isOfCampaign && unknown !== undefined)
      throw this.#refusal(`this campaign has no parameter ${JSON.stringify(unknown.slice(0, 100))}`);
    return { trial, id, remote };
  }

  #refusal(why: string): Error {
    return new this.options.libraries.bullmq.UnrecoverableError(
      `the worker on ${hostname()} refused it: ${why}`,
    );
  }

  async #train(
    job: Job<unknown, Returned>,
    token: string,
    id: string,
    { spec, keepCheckpoint, start }: RemoteJob,
    running: RunningTrial,
  ): Promise<Returned> {
    const { names, executor } = this.options;
    const run = randomUUID();
    const { signal } = running.controller;
    this.options.onTrials?.(this.#running.size, this.#ended);
    using sender = new ReportSender(this.client, names, id, run);
    const from = start && (await readStart(this.client, names, id, start));
    const onReport = sender.push.bind(sender);
    try {
      const outcome = await executor.run(spec, { signal, onReport, from, keepCheckpoint });
      // Stopped because this worker ends: another one takes the trial.
      if (outcome.kind === 'stopped' && !running.isStopped) return await this.#giveBack(job, token);
      return await writeResult(this.client, names, id, { run, outcome, reports: sender.reports });
    } catch (error) {
      if (error instanceof this.options.libraries.bullmq.DelayedError) throw error;
      if (!(error instanceof RangeError)) this.#end(asFitfirstError(error));
      return await this.#giveBack(job, token);
    }
  }

  /** Puts a job back into the queue, for another worker or for later. */
  async #giveBack(job: Job<unknown, Returned>, token: string): Promise<never> {
    await job.moveToDelayed(Date.now() + GIVE_BACK_MILLISECONDS, token);
    throw new this.options.libraries.bullmq.DelayedError();
  }

  #stop(running: RunningTrial): void {
    running.isStopped = true;
    running.controller.abort();
  }

  #hear(text: string): void {
    try {
      if (text.length > MAX_MESSAGE_BYTES) throw new TypeError(`it has ${text.length} bytes`);
      const message = readToWorkers(text);
      if (message.type === 'roll-call') {
        void this.#isOfOtherCampaign();
        void this.#beat();
        return;
      }
      const running = this.#running.get(message.job);
      if (running !== undefined) this.#stop(running);
    } catch (error) {
      this.options.onMessage(
        `Ignored a message that is not from a driver of fitfirst: ${errorMessage(error)}.`,
      );
    }
  }

  /** Gives a sign of life, and looks for trials that are to stop: messages may be lost. */
  async #beat(): Promise<void> {
    if (this.client.status !== 'ready') return;
    const { executor, draining, names } = this.options;
    const jobs = [...this.#running.keys()];
    try {
      await this.#tell({
        type: 'beat',
        worker: this.#id,
        host: hostname(),
        pid: process.pid,
        slots: executor.slots,
        isDraining: draining.aborted,
        jobs,
      });
      const stops = await Promise.all(jobs.map((job) => this.client.exists(names.stop(job))));
      for (const [place, job] of jobs.entries()) {
        const running = this.#running.get(job);
        if (stops[place] === 1 && running !== undefined) this.#stop(running);
      }
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

function asFitfirstError(error: unknown): Error {
  return error instanceof FitfirstError
    ? error
    : new FitfirstError('EXECUTOR_BROKEN', `Trials cannot run here: ${errorMessage(error)}`, {
        cause: error,
      });
}
