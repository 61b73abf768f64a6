import type { Metric, StopTarget } from '../../src/campaign/metric.js';
import type { TrainedNetwork, TrialCheckpoint } from '../../src/campaign/outcome.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import { type Report, reachesTarget } from '../../src/campaign/report.js';
import type { Finish } from '../../src/campaign/trial.js';
import type { Dataset } from '../../src/data/dataset.js';
import type { Trainer } from '../../src/execution/trainer.js';
import { compiledKernel } from '../../src/mlp/compiled-kernel.js';
import type { EngineFactory } from '../../src/mlp/engine.js';
import { createMlpTrainer } from '../../src/mlp/mlp-trainer.js';

interface TrialRun {
  readonly reports: readonly Report[];
  readonly network: TrainedNetwork | null;
  /** What `onCheckpoint` received; null if it was not called. */
  readonly checkpoint: TrialCheckpoint | null;
}

interface TrialOptions {
  readonly epochs: number;
  readonly repeat?: number;
  readonly seed?: number;
  readonly until?: StopTarget;
  readonly finish?: Finish;
  readonly metric?: Metric;
  readonly shouldStop?: () => boolean;
  readonly from?: TrialCheckpoint | null;
  readonly createEngine?: EngineFactory;
  /** The trainer, where several trials are to share one. */
  readonly trainer?: Trainer;
}

/** Runs one trial of the built-in trainer to its end. */
export async function runTrial(
  dataset: Dataset,
  parameters: Parameters,
  options: TrialOptions,
): Promise<TrialRun> {
  let checkpoint: TrialCheckpoint | null = null;
  const trainer = options.trainer ?? createMlpTrainer(dataset, compiledKernel(), options.createEngine);
  const training = trainer.train(
    {
      parameters,
      repeat: options.repeat ?? 1,
      epochs: options.epochs,
      until: options.until ?? null,
      finish: options.finish ?? null,
    },
    {
      seed: options.seed ?? 7,
      metric: options.metric ?? { name: 'val_loss', goal: 'minimize' },
      shouldStop: options.shouldStop ?? (() => false),
      from: options.from ?? null,
      onCheckpoint: (kept) => {
        checkpoint = kept;
      },
    },
  );
  const reports: Report[] = [];
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { reports, network: step.value, checkpoint };
    reports.push(step.value);
    // As every executor does.
    if (reachesTarget(options.until ?? null, step.value)) {
      await training.return(null);
      return { reports, network: null, checkpoint };
    }
  }
}

/** A network that is handed over at the end of a trial. Fails where there is none. */
export function networkOf(run: TrialRun): TrainedNetwork {
  if (run.network === null) throw new Error('the trial handed no network over');
  return run.network;
}
