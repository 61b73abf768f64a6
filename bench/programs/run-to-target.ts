import { join } from 'node:path';
import { type MethodConfig, tune } from '../../src/index.js';

/** What a search took until a trial reached a value; reached is false if it ended before. */
export interface Effort {
  readonly epochs: number;
  /** Seconds of processor time of the programs. */
  readonly processor: number;
  /** Seconds. */
  readonly wall: number;
  readonly reached: boolean;
}

export const HIDDEN = [4, 8, 16, 32, 64];
export const EPOCHS = 81;

interface Search {
  readonly seed: number;
  /** The value at which the search ends; null lets it run to its end. */
  readonly target: number | null;
  readonly folder: string;
  readonly method: MethodConfig;
  readonly stopEarly: 'median' | 'off' | null;
}

const program = new URL('timed_program.py', import.meta.url).pathname;

/** Runs the program by a method until a trial of the search reaches the target. Gives the best value as well. */
export async function runToTarget({
  seed,
  target,
  folder,
  method,
  stopEarly,
}: Search): Promise<Effort & { best: number }> {
  const begun = performance.now();
  const run = tune({
    name: 'spirals',
    seed,
    trainer: { command: ['/usr/bin/python3', program, '$'.concat('{args}')], program, report: 'stdout' },
    metric: { name: 'val_loss', goal: 'minimize' },
    parameters: {
      hidden: { values: HIDDEN },
      dropout: { min: 0, max: 0.5, distribution: 'uniform' },
      learning_rate: { min: 0.0005, max: 0.1, distribution: 'log_uniform_values' },
      epochs: EPOCHS,
    },
    repeats: 1,
    workers: 2,
    ...(stopEarly !== null && { stop_early: stopEarly }),
    method,
    folder: join(folder, 'results'),
    fresh: true,
  });
  /** Epochs and processor time of the running attempt of a trial, from its first new epoch on. */
  const used = new Map<string, number>();
  const trained = new Map<string, number>();
  const settings = new Map<string, string>();
  const sums = { epochs: 0, processor: 0 };
  let best = Number.POSITIVE_INFINITY;
  let effort: Effort | null = null;
  const now = (reached: boolean): Effort => ({ ...sums, wall: (performance.now() - begun) / 1000, reached });
  for await (const event of run) {
    if (event.type === 'batch-planned' && event.stage === 'finish') {
      effort ??= now(false);
      run.stop();
    }
    if (event.type === 'trial-started') {
      used.set(event.trial, 0);
      const record = run.campaign.trial(event.trial);
      settings.set(event.trial, JSON.stringify(record?.spec.parameters));
    }
    if (event.type !== 'trial-reported' || effort !== null) continue;
    const { epoch, metrics } = event.report;
    const setting = settings.get(event.trial) ?? event.trial;
    // A trial that goes on repeats the reports of the shorter one, which cost nothing.
    if (epoch <= (trained.get(setting) ?? 0)) continue;
    trained.set(setting, epoch);
    sums.epochs += 1;
    const seconds = metrics.processor_seconds ?? 0;
    sums.processor += seconds - (used.get(event.trial) ?? 0);
    used.set(event.trial, seconds);
    best = Math.min(best, metrics.val_loss ?? Number.POSITIVE_INFINITY);
    if (target !== null && best <= target) {
      effort = now(true);
      run.stop();
    }
  }
  await run.result;
  return { ...(effort ?? now(false)), best };
}
