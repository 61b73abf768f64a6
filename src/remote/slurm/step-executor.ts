import { hostname } from 'node:os';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Outcome } from '../../campaign/outcome.js';
import { type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { Executor, RunOptions } from '../../execution/executor.js';
import type { RemoteStatus } from '../../execution/kinds/remote-status.js';
import { Slots } from '../../execution/slots.js';
import { type CampaignProof, proofDifference } from '../campaign-proof.js';
import { DriverLog } from '../driver-log.js';
import { OpenTrial } from '../open-trial.js';
import type { StepCommand } from './job-step.js';
import { StepLane } from './step-lane.js';
import type { FromStep } from './step-message.js';

/** What job steps are run with. */
export interface StepExecutorOptions {
  /** Job steps at once. */
  readonly count: number;
  /** Starts a job step with a worker that takes trials from its standard input. */
  readonly command: StepCommand;
  readonly proof: CampaignProof;
  /** Called with the steps and messages after each change. */
  readonly onStatus: (status: RemoteStatus) => void;
}

const WAITING =
  'Waits for job steps: none takes trials now. Slurm starts them when resources of this job are free.';

/**
 * Runs trials on workers in job steps. A worker takes trial after trial: many sites forbid thousands of short steps,
 * and a new step costs a start of the worker and a reading of the data for each trial. The slots are the steps that
 * are ready.
 */
export function createStepExecutor(options: StepExecutorOptions): Executor {
  const executor = new StepExecutor(options);
  executor.start();
  return executor;
}

class StepExecutor implements Executor {
  readonly #slots = new Slots(0);
  readonly #log = new DriverLog(() => this.#report());
  readonly #lanes: readonly StepLane[];
  readonly #dead = new Set<StepLane>();
  #broken: Error | null = null;
  #isClosed = false;

  constructor(private readonly options: StepExecutorOptions) {
    this.#lanes = Array.from({ length: options.count }, () => this.#createLane());
  }

  get slots(): number {
    return this.#slots.count;
  }

  onSlotsChange(listener: () => void): () => void {
    return this.#slots.onChange(listener);
  }

  start(): void {
    for (const lane of this.#lanes) lane.start();
    this.#report();
  }

  async run(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    if (this.#isClosed) throw new FitfirstError('EXECUTOR_BROKEN', 'The executor has been closed.');
    if (this.#broken !== null) throw this.#broken;
    if (options.signal.aborted) return { kind: 'stopped' };
    return this.#slots.use(async () => {
      const lane = this.#lanes.find(({ worker, trial }) => worker !== null && trial === null);
      if (lane === undefined) return { kind: 'lost', message: 'The job step for the trial has ended.' };
      const trial = new OpenTrial(trialKey(this.options.proof.identity, spec), '', spec, options);
      // A rejection is handled below, once the lane is free.
      trial.outcome.catch(() => {});
      await lane.run(trial);
      return trial.outcome;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all(this.#lanes.map((lane) => lane.close()));
    await this.#slots.idle();
  }

  #createLane(): StepLane {
    const lane: StepLane = new StepLane(this.options.command, {
      refuse: (ready) => this.#refuse(ready),
      onChange: () => this.#steer(),
      onLost: (message) => this.#say(message),
      onDead: (message) => this.#bury(lane, message),
    });
    return lane;
  }

  #refuse({ proof, host }: Extract<FromStep, { type: 'ready' }>): string | null {
    const difference = proofDifference(this.options.proof, proof);
    if (difference === null) return null;
    return (
      `The worker in a job step on ${host} would train another campaign: compared with this process on ` +
      `${hostname()}, ${difference}. Is the config's folder shared by all nodes?`
    );
  }

  #bury(lane: StepLane, message: string): void {
    this.#dead.add(lane);
    this.#say(message);
    void lane.retire();
    if (this.#dead.size < this.#lanes.length) return;
    const remedy = 'Finished trials are kept; fix the cause and run the same command again.';
    this.#broken ??= new FitfirstError('EXECUTOR_BROKEN', `No job step can run trials. ${message} ${remedy}`);
    this.#steer();
  }

  #steer(): void {
    const ready = this.#lanes.filter(({ worker }) => worker !== null).length;
    // A trial has to be asked for, or nobody would hear that the executor is broken.
    this.#slots.count = this.#broken === null ? ready : Math.max(1, ready);
    this.#report();
  }

  #say(message: string): void {
    this.#log.say(message, beat());
  }

  #report(): void {
    const notice = this.#log.notice(beat());
    this.options.onStatus({
      ...(notice !== null && { notice }),
      waiting: WAITING,
      slots: this.#slots.count,
      workers: this.#lanes.flatMap(({ worker, trial }) =>
        worker === null
          ? []
          : [
              {
                id: `${worker.host}-${worker.pid}`,
                ...worker,
                slots: 1,
                state: 'working' as const,
                trials: trial === null ? [] : [trial],
              },
            ],
      ),
      messages: this.#log.messages,
    });
  }
}

function beat(): number {
  return Math.floor(performance.now() / 1000);
}
