import { setImmediate as nextTurn } from 'node:timers/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Metric } from '../campaign/metric.js';
import type { Outcome } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Executor, RunOptions } from './executor.js';
import { MemoryRetreat } from './memory-retreat.js';
import { ReportWindow } from './reports/report-window.js';
import { runTrainer } from './run-trainer.js';
import { Slots } from './slots.js';
import type { Trainer } from './trainer.js';

export interface InProcessOptions {
  /** Trials that train at once; they share one thread. A number, or slots whose number the caller changes. */
  readonly slots: number | Slots;
  readonly trainer: Trainer;
  /** The campaign's seed. */
  readonly seed: number;
  readonly metric: Metric;
}

/** After this long, other work of the process gets a turn between two reports. */
const TURN_IN_MILLISECONDS = 10;

/**
 * An executor that trains in the calling thread, for small campaigns and for trainers that are objects of the
 * program. It cannot end a trainer that ignores `shouldStop`, and a trainer that exits ends the whole process.
 */
export function createInProcessExecutor({ trainer, seed, metric, ...options }: InProcessOptions): Executor {
  const slots = typeof options.slots === 'number' ? new Slots(options.slots) : options.slots;
  const retreat = new MemoryRetreat(slots);
  const closed = new AbortController();

  const train = async (spec: TrialSpec, options: RunOptions): Promise<Outcome> => {
    const { signal, onReport, from, keepCheckpoint, members } = options;
    const shouldStop = (): boolean => signal.aborted || closed.signal.aborted;
    if (shouldStop()) return { kind: 'stopped' };
    const window = new ReportWindow(onReport, signal);
    let turn = performance.now();
    const listen = async (report: Report): Promise<void> => {
      await window.pass(report);
      if (performance.now() - turn < TURN_IN_MILLISECONDS) return;
      await nextTurn();
      turn = performance.now();
    };
    const context = { seed, metric, shouldStop, from, keepCheckpoint, members };
    return runTrainer(trainer, spec, context, listen);
  };

  return {
    get slots() {
      return slots.count;
    },
    onSlotsChange: (listener) => slots.onChange(listener),
    async run(spec, options) {
      if (closed.signal.aborted) throw new FitfirstError('EXECUTOR_BROKEN', 'The executor has been closed.');
      if (options.signal.aborted) return { kind: 'stopped' };
      return slots.use(() => retreat.watch(() => train(spec, options)));
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      await slots.idle();
    },
  };
}
