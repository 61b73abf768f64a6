import { isBetter } from '../campaign/metric.js';
import type { TrainedNetwork } from '../campaign/outcome.js';
import { metricIn, type Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Dataset } from '../data/dataset.js';
import { isMemoryShortage, MemoryShortage } from '../execution/memory-shortage.js';
import type { Trainer, TrainerContext } from '../execution/trainer.js';
import type { Kernel } from '../kernel/kernel.js';
import { type Best, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { trainCommittee } from './committee/train-committee.js';
import type { EngineFactory } from './engine.js';
import { evaluateNetworks } from './evaluate-network.js';
import { networkHealth } from './health/network-health.js';
import { kernelEngines } from './kernel-engine.js';
import { writeNetwork } from './network-file.js';
import { type MlpTrial, mlpTrial, type TrialSources } from './trial/mlp-trial.js';
import { RepeatDraws } from './trial/repeat-draws.js';
import { trialDataOf } from './trial-data.js';

/**
 * The built-in trainer: fully connected networks on a data set in memory. Reports are exact: measured at the
 * end of an epoch over whole parts, with nothing dropped, by names `train_` and `val_` with `loss`,
 * `accuracy` (classes) or `loss`, `r2`, `rmse` (numbers), and what else the campaign's metric or the trial's early end
 * names; `val_` is left out where no row is held out.
 */
export function createMlpTrainer(
  dataset: Dataset,
  kernel: Kernel,
  createEngine: EngineFactory = kernelEngines(kernel),
): Trainer {
  const dataOf = trialDataOf(dataset);
  const sources: TrialSources = { dataset, dataOf, draws: new RepeatDraws(), createEngine };
  const trainSingle: Trainer['train'] = (spec, context) => train(kernel, sources, spec, context);
  return {
    // Delegating a generator to another costs as much as an epoch of a small network, so only committees do.
    train: (spec, context) =>
      spec.finish?.committee === undefined
        ? trainSingle(spec, context)
        : withShortage(trainCommittee({ kernel, dataOf, train: trainSingle }, spec, context)),
  };
}

async function* withShortage(
  training: AsyncGenerator<Report, TrainedNetwork | null, void>,
): AsyncGenerator<Report, TrainedNetwork | null, void> {
  try {
    return yield* training;
  } catch (error) {
    throw shortageOr(error);
  }
}

/** A lack of memory as executors know it; any other error as it is. */
function shortageOr(error: unknown): unknown {
  return isMemoryShortage(error) && !(error instanceof MemoryShortage)
    ? new MemoryShortage(null, { cause: error })
    : error;
}

async function* train(
  kernel: Kernel,
  sources: TrialSources,
  spec: TrialSpec,
  context: TrainerContext,
): AsyncGenerator<Report, TrainedNetwork | null, void> {
  let trial: MlpTrial | null = null;
  try {
    trial = mlpTrial(sources, spec, context);
    const reports = trainEpochs(kernel, trial, spec, context);
    for (let step = reports.next(); ; step = reports.next()) {
      if (step.done === true) return step.value;
      yield step.value;
    }
  } catch (error) {
    throw shortageOr(error);
  } finally {
    trial?.engine.release();
  }
}

function* trainEpochs(
  kernel: Kernel,
  trial: MlpTrial,
  spec: TrialSpec,
  context: TrainerContext,
): Generator<Report, TrainedNetwork | null, void> {
  const { engine, parameters } = trial;
  const keepsBest = spec.finish?.checkpoint === 'best';
  let epoch = 0;
  let best: Best | null = null;
  const start = context.from && readCheckpoint(context.from.state);
  // With more epochs to run over, a schedule has given other rates from the first epoch on.
  if (start?.horizon === trial.horizon) {
    engine.restore(start.state);
    ({ epoch, best } = start);
  }
  while (epoch < spec.epochs) {
    if (context.shouldStop()) return null;
    epoch += 1;
    const objective = trial.trainEpoch(epoch);
    if (objective === null) return null;
    const isSound = Number.isFinite(objective);
    const isDue = epoch % parameters.report_every === 0;
    const bestBefore = best;
    if (!isSound || isDue || epoch === spec.epochs) {
      const metrics = trial.measure();
      if (metrics === null) return null;
      if (!isSound) metrics.train_loss = Number.NaN;
      const report: Report = { epoch, metrics };
      yield report;
      if (!Object.values(metrics).every(Number.isFinite)) return null;
      best = betterOf(best, report, context, keepsBest ? trial : null);
      if (isDue && hasLostPatience(best, epoch, parameters.patience)) break;
    }
    if (epoch < spec.epochs) continue;
    // A longer trial does not report here unless a report is due, so its best epoch cannot be this one.
    const carried = { epoch, horizon: trial.horizon, best: isDue ? best : bestBefore };
    context.onCheckpoint?.({
      epochs: epoch,
      reportsUpTo: epoch - (epoch % parameters.report_every),
      state: writeCheckpoint({ ...carried, state: engine.state() }),
    });
  }
  return spec.finish === null
    ? null
    : writeModelFiles(kernel, trial, keepsBest ? best : null, { epoch, repeat: spec.repeat }, context);
}

function hasLostPatience(best: Best | null, epoch: number, patience: number): boolean {
  return patience > 0 && best !== null && epoch - best.epoch >= patience;
}

/** The best epoch by the campaign's metric, the first of ties; unchanged by reports that do not have it. */
function betterOf(
  best: Best | null,
  report: Report,
  context: TrainerContext,
  keeps: MlpTrial | null,
): Best | null {
  const { name, goal } = context.metric;
  const value = metricIn(report.metrics, name);
  if (value === undefined) return best;
  if (best !== null && !isBetter(goal, value, best.value)) return best;
  return { epoch: report.epoch, value, weights: keeps?.engine.weights() ?? null };
}

/** The network of the epoch that counts, measured on the test part, which nothing has seen until now. */
function writeModelFiles(
  kernel: Kernel,
  trial: MlpTrial,
  best: Best | null,
  { epoch: lastEpoch, repeat }: { readonly epoch: number; readonly repeat: number },
  context: TrainerContext,
): TrainedNetwork {
  const { shape, data } = trial;
  const { precision } = trial.parameters;
  const weights = best?.weights ?? trial.engine.weights();
  const epoch = best?.epoch ?? lastEpoch;
  const network = { shape, precision, weights };
  const evaluation = {
    ...evaluateNetworks(kernel, [network], data, context.seed),
    health: networkHealth(kernel, network, trial, { seed: context.seed, repeat }),
  };
  return {
    bytes: writeNetwork({ shape, precision, preparation: data.preparation, epoch, weights, networks: 1 }),
    evaluation,
  };
}
