import { fileURLToPath } from 'node:url';
import type { StopTarget } from '../../src/campaign/metric.js';
import type { Report } from '../../src/campaign/report.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import type { RunOptions } from '../../src/execution/executor.js';
import type { WorkerSetup } from '../../src/execution/threads/worker-message.js';
import { moduleTrainerModule } from '../../src/trainers/module/module-trainer-module.js';

/** A setup whose trainer does what the trial's parameters say. */
export const scriptedSetup: WorkerSetup = {
  trainer: moduleTrainerModule({
    path: fileURLToPath(new URL('fixtures/scripted-trainer.js', import.meta.url)),
  }),
  seed: 7,
  metric: { name: 'val_loss', goal: 'minimize' },
};

/** A trial that follows a script of the scripted trainer. */
export function scripted(
  script: string,
  { epochs = 3, repeat = 1, until = null, ...parameters }: ScriptOptions = {},
): TrialSpec {
  return { parameters: { script, ...parameters }, repeat, epochs, until, finish: null };
}

export interface ScriptOptions {
  readonly epochs?: number;
  readonly repeat?: number;
  readonly until?: StopTarget | null;
  readonly reports?: string;
  readonly value?: string;
  readonly channel?: string;
}

/** A trial that yields exactly these reports. */
export function giving(reports: readonly unknown[], options: ScriptOptions = {}): TrialSpec {
  return scripted('given', { epochs: 10, ...options, reports: JSON.stringify(reports) });
}

/** Hears a run: keeps its reports, and can stop it. */
export class Ear implements RunOptions {
  readonly reports: Report[] = [];
  readonly #controller = new AbortController();
  readonly #waiting: (() => void)[] = [];

  /** Stops the run itself as soon as it has heard so many reports. */
  constructor(private readonly stopAfter = Number.POSITIVE_INFINITY) {}

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly onReport = (report: Report): void => {
    this.reports.push(report);
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (this.reports.length >= this.stopAfter) this.stop();
  };

  stop(): void {
    this.#controller.abort();
  }

  async firstReport(): Promise<void> {
    if (this.reports.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The values of one metric, in the order in which they came. */
  values(name: string): readonly (number | undefined)[] {
    return this.reports.map((report) => report.metrics[name]);
  }
}
