import { mkdirSync } from 'node:fs';
import type { TrainedNetwork } from '../campaign/outcome.js';
import type { Parameters } from '../campaign/parameters.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Dataset } from '../data/dataset.js';
import { EpochCount } from '../execution/epoch-count.js';
import type { Trainer, TrainerContext } from '../execution/trainer.js';
import { type TrialPlaces, trialDirectory } from '../execution/trial-directory.js';
import { trainCheckpoint } from './train-checkpoint.js';
import { trainData } from './train-data.js';
import type { TrainFunction, TrainReport } from './train-function.js';

/** What a train function works on, besides its trial. */
export interface FunctionSurroundings {
  /** The data of the campaign; null if the function brings its own. */
  readonly dataset?: Dataset | null;
  /** Where trials have directories. */
  readonly places?: TrialPlaces;
}

/** Words for what goes wrong in a train function. */
export interface FunctionErrors {
  /** The error for a function that returned this instead of reports. */
  readonly noReports: (returned: unknown) => Error;
  /** What the function threw, with the place in its source where that is known. */
  readonly located: (thrown: unknown) => unknown;
}

/** How often, in milliseconds, a waiting trainer is checked for a stop: shared memory notifies nobody. */
const STOP_CHECK_INTERVAL = 20;

/** The trainer that runs a train function once for every trial. */
export function createFunctionTrainer(
  train: TrainFunction<Parameters>,
  { dataset = null, places }: FunctionSurroundings,
  errors: FunctionErrors,
): Trainer {
  return {
    async *train(
      spec: TrialSpec,
      context: TrainerContext,
    ): AsyncGenerator<Report, TrainedNetwork | null, void> {
      const stop = new AbortController();
      const stopCheck = setInterval(() => {
        if (context.shouldStop()) stop.abort();
      }, STOP_CHECK_INTERVAL);
      try {
        const { repeat, epochs } = spec;
        const epochCount = new EpochCount();
        const returned = train(structuredClone(spec.parameters), {
          seed: context.seed,
          repeat,
          epochs,
          signal: stop.signal,
          stage: spec.finish === null ? 'search' : 'finish',
          data: dataset && trainData(dataset, context.seed, spec),
          checkpoint: trainCheckpoint(context, epochs, epochCount),
          get directory() {
            if (places === undefined) throw new RangeError('this run has no results folder');
            const directory = trialDirectory(places, spec);
            mkdirSync(directory, { recursive: true });
            return directory;
          },
        });
        for await (const report of reportsOf(returned, errors)) yield numbered(report, epochCount);
        return null;
      } catch (thrown) {
        throw errors.located(thrown);
      } finally {
        clearInterval(stopCheck);
        stop.abort();
      }
    },
  };
}

async function* reportsOf(
  returned: ReturnType<TrainFunction<Parameters>>,
  { noReports }: FunctionErrors,
): AsyncGenerator<TrainReport, void, void> {
  if (typeof returned !== 'object' || returned === null) throw noReports(returned);
  if (Symbol.asyncIterator in returned) {
    yield* returned;
    return;
  }
  if (!('then' in returned)) throw noReports(returned);
  const report = await returned;
  if (typeof report !== 'object' || report === null) throw noReports(returned);
  yield report;
}

/**
 * The report with its epoch, which is counted if it is not given. Nothing else is checked here, not even that it is an
 * object: `runTrainer` reads every report with care.
 */
function numbered(report: TrainReport, epochs: EpochCount): Report {
  if (typeof report !== 'object' || report === null)
    return { epoch: epochs.next(undefined), metrics: report };
  const { epoch, ...metrics } = report;
  return { epoch: epochs.next(epoch), metrics };
}
