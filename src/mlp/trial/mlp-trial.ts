import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { Dataset } from '../../data/dataset.js';
import type { TrainerContext } from '../../execution/trainer.js';
import { keyedWords } from '../../numeric/keyed-stream.js';
import type { Engine, EngineFactory, EngineParts } from '../engine.js';
import { learningRates } from '../learning-rate.js';
import { type MlpParameters, mlpTaskProblems, readMlpParameters } from '../mlp-parameters.js';
import { engineOptionsFor, shapeFor } from '../network-for.js';
import type { NetworkShape } from '../network-shape.js';
import type { TrialData, TrialDataSource } from '../trial-data.js';
import type { RepeatDraws } from './repeat-draws.js';
import { reportedMetrics } from './reported-metrics.js';

/** What all trials of a campaign are put together from. */
export interface TrialSources {
  readonly dataset: Dataset;
  readonly dataOf: TrialDataSource;
  readonly draws: RepeatDraws;
  readonly createEngine: EngineFactory;
}

/** A trial with everything in place: its data, its network on an engine, and its random streams. */
export interface MlpTrial {
  readonly parameters: MlpParameters;
  readonly shape: NetworkShape;
  readonly data: TrialData;
  readonly engine: Engine;
  /** The epochs over which the learning rate's schedule runs; null if the rate is constant. */
  readonly horizon: number | null;
  /** Trains one epoch, counted from 1: the mean objective on the way, or null where it was stopped. */
  trainEpoch(epoch: number): number | null;
  /** The metrics of a report, with nothing dropped; null where it was stopped. */
  measure(): Record<string, number> | null;
}

/**
 * Puts a trial together and starts its network. Shuffles, masks and first weights are keyed by seed, purpose,
 * repeat and epoch and never by the setting, so that settings are compared on equal terms. Throws
 * FitfirstError CONFIG_INVALID on parameters that do not go with the task.
 */
export function mlpTrial(
  { dataset, dataOf, draws, createEngine }: TrialSources,
  spec: TrialSpec,
  context: TrainerContext,
): MlpTrial {
  const { seed, shouldStop } = context;
  const { repeat } = spec;
  const parameters = readMlpParameters(spec.parameters);
  const problems = mlpTaskProblems(parameters, dataset.task);
  if (problems.length > 0) throw new FitfirstError('CONFIG_INVALID', problems.join('\n'));

  const data = dataOf({ seed, repeat, onAll: spec.finish?.on === 'all' });
  const { training, validation, test } = data;
  // The test part is used once, at the end, unless the campaign's own metric asks for it all the time.
  const asked = [context.metric.name, spec.until?.metric ?? ''];
  const asksForTest = asked.some((name) => name.startsWith('test_'));
  const measured: EngineParts = {
    train: training,
    ...(validation && { val: validation }),
    ...(asksForTest && test && { test }),
  };

  const shape = shapeFor(parameters, dataset);
  const classes = dataset.classes?.length ?? null;
  const options = engineOptionsFor(parameters, shape, classes, training.targets);
  const engine = createEngine(options, measured);
  engine.start(draws.weights(shape, parameters, seed, repeat));

  const rows = training.places.length;
  const rates = new Float64Array(Math.ceil(rows / options.batchSize));
  // One batch of all rows needs no shuffle: sums in the rows' own order are easier to check.
  const isShuffled = rates.length > 1;
  // Epochs of a repeat count on from its words: hashing a key each time would take longer than a small epoch.
  const words = keyedWords(seed, 'dropout', repeat);
  const horizon = Math.max(parameters.epochs, spec.epochs);
  return {
    parameters,
    shape,
    data,
    engine,
    horizon: parameters.lr_schedule === 'constant' ? null : horizon,
    trainEpoch(epoch) {
      const order = isShuffled ? draws.order(seed, repeat, epoch, rows) : null;
      learningRates(parameters, epoch, horizon, rates);
      const masks = [words[0], words[1], words[2], (words[3] + epoch) >>> 0] as const;
      return engine.trainEpoch({ order, rates, masks }, shouldStop);
    },
    measure: reportedMetrics(engine, measured, asked, shouldStop),
  };
}
