import type { Outcome } from '../../src/campaign/outcome.js';
import { type Report, reachesTarget } from '../../src/campaign/report.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import type { Executor, RunOptions } from '../../src/execution/executor.js';
import { Slots } from '../../src/execution/slots.js';
import { keyedStream, type RandomStream } from '../../src/numeric/keyed-stream.js';
import { BusyDriver, type DriverCosts } from './busy-driver.js';
import { CountOverTime } from './count-over-time.js';
import type { VirtualClock } from './virtual-clock.js';

/** What a cluster is made of. Times are in seconds. */
export interface ClusterOptions {
  /** Workers, each with one slot. */
  readonly workers: number;
  /** Deaths of all workers together in an hour. */
  readonly deathsPerHour: number;
  /** How long a trial trains. */
  readonly secondsOf: (spec: TrialSpec) => number;
  /** What a trial reports. */
  readonly reportsOf: (spec: TrialSpec) => readonly Report[];
  readonly costs: DriverCosts;
}

/** After this a trial of a dead worker may start over: the default `lock`, and on average half of `check_every`. */
const LOCK = 30;
const CHECK_EVERY = 5;
/** After this without a sign of life the driver counts a worker as lost. */
const LOST_AFTER = 6;
/** After this a new worker has taken the place of one that died. */
const REPLACED_AFTER = 60;
const MAX_STALLED = 2;

interface Worker {
  isAlive: boolean;
  job: Job | null;
}

interface Job {
  readonly spec: TrialSpec;
  readonly options: RunOptions;
  readonly settle: (outcome: Outcome) => void;
  /** Counts the workers that had it, so that what an earlier one planned is ignored. */
  run: number;
  startedAt: number;
  /** How many reports have reached the driver. */
  reported: number;
  isStopped: boolean;
}

/** A queue and its workers, behind the contract of executors. */
export class SimulatedCluster implements Executor {
  readonly driver: BusyDriver;
  /** Jobs that wait for a worker. */
  readonly waiting: CountOverTime;
  /** Workers that train. */
  readonly busy: CountOverTime;
  readonly alive: CountOverTime;
  /** Seconds of training that were lost with workers. */
  lostSeconds = 0;
  deaths = 0;
  /** When a worker took a new job of the search last, and the seconds of work and life of all workers until then. */
  last = { seconds: 0, busy: 0, alive: 0 };
  readonly #slots = new Slots(0);
  readonly #queue: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #stream: RandomStream;
  readonly #costs: DriverCosts;

  constructor(
    private readonly clock: VirtualClock,
    private readonly options: ClusterOptions,
  ) {
    this.driver = new BusyDriver(clock);
    this.waiting = new CountOverTime(clock);
    this.busy = new CountOverTime(clock);
    this.alive = new CountOverTime(clock);
    this.#stream = keyedStream('simulated cluster', options.workers, options.deathsPerHour);
    // Signs of life take a fixed share of the driver's time, so everything else takes longer.
    const left = 1 - options.workers * options.costs.beat;
    if (left <= 0) throw new RangeError('the signs of life alone take all of the time of the driver');
    const { trial, report, beat } = options.costs;
    this.#costs = { trial: trial / left, report: report / left, beat };
    for (let number = 0; number < options.workers; number++) this.#join();
  }

  get slots(): number {
    return this.#slots.count;
  }

  onSlotsChange(listener: () => void): () => void {
    return this.#slots.onChange(listener);
  }

  run(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    return new Promise((resolve) => {
      const settle = (outcome: Outcome): void => {
        resolve(outcome);
        this.clock.notice();
      };
      const job = { spec, options, settle, run: 0, startedAt: 0, reported: 0, isStopped: false };
      options.signal.addEventListener('abort', () => this.#stop(job), { once: true });
      this.driver.handle(this.#costs.trial / 2, () => {
        if (job.isStopped) return;
        this.#queue.push(job);
        this.#match();
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #join(): void {
    const worker: Worker = { isAlive: true, job: null };
    this.alive.add(1);
    this.#slots.count += 1;
    this.clock.notice();
    const { workers, deathsPerHour } = this.options;
    const meanSeconds = (3600 * workers) / deathsPerHour;
    if (deathsPerHour > 0)
      this.clock.after(-Math.log(1 - this.#stream.uniform()) * meanSeconds, () => this.#die(worker));
    this.#idle.push(worker);
    this.#match();
  }

  #die(worker: Worker): void {
    const { job } = worker;
    worker.isAlive = false;
    this.deaths += 1;
    this.alive.add(-1);
    this.clock.after(LOST_AFTER, () => {
      this.#slots.count -= 1;
      this.clock.notice();
    });
    this.clock.after(REPLACED_AFTER, () => this.#join());
    if (job === null) return;
    this.busy.add(-1);
    this.lostSeconds += this.clock.now - job.startedAt;
    job.run += 1;
    this.clock.after(LOCK + this.#stream.uniform() * CHECK_EVERY, () => this.#startOver(job));
  }

  /** Puts the job of a dead worker back into the queue, before all others. */
  #startOver(job: Job): void {
    if (job.isStopped) return;
    if (job.run > MAX_STALLED) {
      const message = 'The queue gave the trial up.';
      this.driver.handle(this.#costs.trial / 2, () => job.settle({ kind: 'lost', message }));
      return;
    }
    this.#queue.unshift(job);
    this.#match();
  }

  #match(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop();
      if (worker === undefined) break;
      if (!worker.isAlive) continue;
      const job = this.#queue.shift();
      if (job?.isStopped === false) this.#train(worker, job);
      else this.#idle.push(worker);
    }
    this.waiting.set(this.#queue.length);
  }

  #train(worker: Worker, job: Job): void {
    worker.job = job;
    this.busy.add(1);
    job.startedAt = this.clock.now;
    const { run, spec } = job;
    if (spec.finish === null && run === 0)
      this.last = { seconds: this.clock.now, busy: this.busy.total, alive: this.alive.total };
    const reports = this.options.reportsOf(spec);
    const secondsEach = this.options.secondsOf(spec) / reports.length;
    const train = (place: number): void => {
      const report = reports[place];
      if (job.run !== run || report === undefined) return;
      if (job.isStopped) {
        this.#free(worker);
        return;
      }
      const isFit = reachesTarget(spec.until, report);
      const isLast = isFit || place === reports.length - 1;
      // A run that started over repeats reports, which the driver compares and does not journal.
      if (place >= job.reported) {
        job.reported += 1;
        const cost = isLast ? this.#costs.trial / 2 : this.#costs.report;
        this.driver.handle(cost, () => {
          if (job.isStopped) return;
          void job.options.onReport(report);
          if (isLast) job.settle({ kind: 'finished', reason: isFit ? 'fit' : 'complete', network: null });
        });
      }
      if (isLast) this.#free(worker);
      else this.clock.after(secondsEach, () => train(place + 1));
    };
    this.clock.after(secondsEach, () => train(0));
  }

  #free(worker: Worker): void {
    worker.job = null;
    this.busy.add(-1);
    this.#idle.push(worker);
    this.#match();
  }

  #stop(job: Job): void {
    if (job.isStopped) return;
    job.isStopped = true;
    this.driver.handle(0, () => job.settle({ kind: 'stopped' }));
  }
}
