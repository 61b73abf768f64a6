import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Executor } from '../../execution/executor.js';
import { errorMessage } from '../../text/error-message.js';
import { type CampaignProof, proofDifference } from '../campaign-proof.js';
import type { QueueNames } from '../queue-names.js';
import type { QueueLibraries } from '../redis-connection.js';
import type { RemoteJob } from '../remote-job.js';
import { readMembers } from '../sent-members.js';
import { type Returned, readStart, writeResult } from '../trial-result.js';
import { type CheckedJob, checkJob } from './check-job.js';
import { ReportSender } from './report-sender.js';

/** What jobs are run with. */
export interface JobRunnerOptions {
  readonly names: QueueNames;
  readonly libraries: QueueLibraries;
  readonly proof: CampaignProof;
  /** Names of the parameters of this campaign. */
  readonly parameters: readonly string[];
  /** Trains here: on threads or in processes, never on the calling thread, which has to keep the locks of jobs. */
  readonly executor: Executor;
  /** Aborted when running trials are to be given back. */
  readonly stopping: AbortSignal;
  /** Called when trials begin or end. */
  readonly onTrials?: (running: number, ended: number) => void;
}

interface RunningJob {
  readonly controller: AbortController;
  /** Whether the driver wants it to end. */
  isStopped: boolean;
}

const GIVE_BACK_MILLISECONDS = 500;

/** Runs the jobs that a worker takes from the queue. */
export class JobRunner {
  readonly #running = new Map<string, RunningJob>();
  #ended = 0;

  constructor(
    private readonly options: JobRunnerOptions,
    private readonly client: Redis,
    /** Whether a driver has announced another campaign, so that this worker ends. */
    private readonly isOfOtherCampaign: () => Promise<boolean>,
    /** Called with an error after which this worker can train nothing. */
    private readonly onBroken: (error: Error) => void,
  ) {}

  /** The jobs that run now. */
  get jobs(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Ends a job because the driver wants it. */
  stop(job: string): void {
    const running = this.#running.get(job);
    if (running === undefined) return;
    running.isStopped = true;
    running.controller.abort();
  }

  /** Ends all jobs; they go back to the queue. */
  giveBackAll(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }

  /** Looks for jobs that are to stop: messages may be lost, or come before their job. */
  async lookForStops(): Promise<void> {
    const { jobs } = this;
    if (jobs.length === 0) return;
    const marks = await this.client.mget(jobs.map((job) => this.options.names.stop(job)));
    for (const [place, job] of jobs.entries()) if (marks[place] !== null) this.stop(job);
  }

  /** Runs a job to its end. What it returns or throws is for BullMQ. */
  async process(job: Job<unknown, Returned>, token: string): Promise<Returned> {
    const { id, remote } = this.#check(job);
    const difference = proofDifference(this.options.proof, remote.proof);
    if (difference !== null) {
      // If the driver has announced this job's campaign, this worker is the wrong one, and another one may fit.
      if (await this.isOfOtherCampaign()) return this.#giveBack(job, token);
      throw this.#refusal(difference);
    }
    if (this.options.stopping.aborted) return this.#giveBack(job, token);
    const running: RunningJob = { controller: new AbortController(), isStopped: false };
    this.#running.set(id, running);
    try {
      return await this.#train(job, token, id, remote, running);
    } finally {
      this.#running.delete(id);
      this.#ended += 1;
      this.options.onTrials?.(this.#running.size, this.#ended);
    }
  }

  #check(job: Job<unknown, Returned>): CheckedJob {
    try {
      return checkJob(job.id, job.data, this.options.proof, this.options.parameters);
    } catch (error) {
      throw this.#refusal(errorMessage(error));
    }
  }

  #refusal(why: string): Error {
    const { UnrecoverableError } = this.options.libraries.bullmq;
    return new UnrecoverableError(`the worker on ${hostname()} refused it: ${why}`);
  }

  async #train(
    job: Job<unknown, Returned>,
    token: string,
    id: string,
    { spec, keepCheckpoint, start, members: heads }: RemoteJob,
    running: RunningJob,
  ): Promise<Returned> {
    const { names, executor } = this.options;
    const run = randomUUID();
    const { signal } = running.controller;
    this.options.onTrials?.(this.#running.size, this.#ended);
    using sender = new ReportSender(this.client, names, id, run);
    const from = start && (await readStart(this.client, names, id, start));
    const members = heads === undefined ? null : await readMembers(this.client, names, id, heads);
    const onReport = sender.push.bind(sender);
    const given = { from, keepCheckpoint, ...(members && { members }) };
    try {
      const outcome = await executor.run(spec, { signal, onReport, ...given });
      // Stopped because this worker ends: another one takes the trial.
      if (outcome.kind === 'stopped' && !running.isStopped) return await this.#giveBack(job, token);
      return await writeResult(this.client, names, id, { run, outcome, reports: sender.reports });
    } catch (error) {
      if (error instanceof this.options.libraries.bullmq.DelayedError) throw error;
      if (!(error instanceof RangeError)) this.onBroken(asFitfirstError(error));
      return await this.#giveBack(job, token);
    }
  }

  /** Puts a job back into the queue, for another worker or for later. */
  async #giveBack(job: Job<unknown, Returned>, token: string): Promise<never> {
    // The clock of this worker may be ahead, and others compare the time with their own clocks.
    const [seconds, microseconds] = await this.client.time();
    const now = Math.min(Date.now(), Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000));
    await job.moveToDelayed(now + GIVE_BACK_MILLISECONDS, token);
    throw new this.options.libraries.bullmq.DelayedError();
  }
}

function asFitfirstError(error: unknown): Error {
  if (error instanceof FitfirstError) return error;
  const message = `Trials cannot run here: ${errorMessage(error)}`;
  return new FitfirstError('EXECUTOR_BROKEN', message, { cause: error });
}
