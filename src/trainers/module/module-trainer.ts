import { mkdirSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { TrainedNetwork } from '../../campaign/outcome.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { Report } from '../../campaign/report.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { Dataset } from '../../data/dataset.js';
import { EpochCount } from '../../execution/epoch-count.js';
import type { Trainer, TrainerContext } from '../../execution/trainer.js';
import { type TrialPlaces, trialDirectory } from '../../execution/trial-directory.js';
import { errorCode } from '../../text/error-message.js';
import { importTypescript } from './import-typescript.js';
import { type ModuleData, moduleData } from './module-data.js';

/** What a trainer of one's own is told beside the parameters. */
export interface ModuleContext {
  /** The campaign's seed. Together with `repeat` it should decide every random number. */
  readonly seed: number;
  /** Which repeat of the setting this is, from 1; another repeat is another initialisation and shuffle. */
  readonly repeat: number;
  /** How many epochs to train: one report each. */
  readonly epochs: number;
  /** Aborted when the trial is no longer wanted, for whatever can be cancelled. */
  readonly signal: AbortSignal;
  /** `finish` where the chosen setting is trained once more, for a model to be kept; else `search`. */
  readonly stage: 'search' | 'finish';
  /** Absolute path of a directory for this trial alone, the same for all of its attempts. */
  readonly directory: string;
  /** The prepared data of this repeat; null where the config has no `data`. */
  readonly data: ModuleData | null;
}

/**
 * What is yielded after an epoch: numbers by name, such as `{ train_loss: 0.2, val_accuracy: 0.9 }`. Epochs
 * are counted by themselves; `epoch` is only needed where some are not reported. It counts from 1, or from 0 where the
 * first report has it so.
 */
export type ModuleReport = Readonly<Record<string, number>>;

/** A trainer of one's own: the default export of a module. */
export type ModuleTrain<P> = (parameters: P, context: ModuleContext) => AsyncIterable<ModuleReport>;

/** Gives the function back as it is, with its types checked: for authors of modules. */
export function defineTrainer<P = Parameters>(train: ModuleTrain<P>): ModuleTrain<P> {
  return train;
}

/** Where a module is run, beside its path. */
export interface ModuleSurroundings {
  /** The data of the campaign; null, as usual, where the module brings its own. */
  readonly dataset?: Dataset | null;
  /** Where trials have directories. */
  readonly places?: TrialPlaces;
}

/** How often, in milliseconds, a waiting trainer is checked for a stop: shared memory calls nobody. */
const STOP_CHECK_INTERVAL = 20;

/**
 * The trainer in the ES module at an absolute path, whose default export is an async generator function.
 * TypeScript works where this Node runs it, or tsx is installed beside it. Rejects with a message for the user where there is no such module,
 * it cannot be read, or its default export is no function.
 */
export async function createModuleTrainer(
  path: string,
  { dataset = null, places }: ModuleSurroundings = {},
): Promise<Trainer> {
  const train = await loadTrain(path);
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
        const reports = train(structuredClone(spec.parameters), {
          seed: context.seed,
          repeat,
          epochs,
          signal: stop.signal,
          stage: spec.finish === null ? 'search' : 'finish',
          data: dataset && moduleData(dataset, context.seed, spec),
          get directory() {
            if (places === undefined) throw new RangeError('this run has no results folder');
            const directory = trialDirectory(places, spec);
            mkdirSync(directory, { recursive: true });
            return directory;
          },
        });
        const epochCount = new EpochCount();
        for await (const report of asReports(reports, path)) yield numbered(report, epochCount);
        return null;
      } catch (error) {
        throw located(error, path);
      } finally {
        clearInterval(stopCheck);
        stop.abort();
      }
    },
  };
}

async function loadTrain(path: string): Promise<ModuleTrain<Parameters>> {
  try {
    await access(path);
  } catch (error) {
    throw unusable(path, `cannot be read: ${message(error)}`, error);
  }
  const exported = await importModule(path);
  const train = exported.default;
  if (!isTrain(train)) {
    throw unusable(path, `has ${show(train)} as its default export, ${expectation}`);
  }
  return train;
}

async function importModule(path: string): Promise<{ readonly default?: unknown }> {
  try {
    return await importByNode(path);
  } catch (error) {
    if (hasCode(error, 'ERR_MODULE_NOT_FOUND') && message(error).includes("'fitfirst'")) {
      throw unusable(
        path,
        'imports "fitfirst", which is not installed beside it. defineTrainer only checks types: leave it out, or install ' +
          `it there (npm install ${fileURLToPath(packageFolder)})`,
        error,
      );
    }
    if (error instanceof FitfirstError) throw error;
    throw unusable(path, `cannot be loaded: ${message(located(error, path))}`, error);
  }
}

async function importByNode(path: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    const isTypescript = hasCode(error, 'ERR_UNKNOWN_FILE_EXTENSION') && /^\.[cm]?tsx?$/.test(extname(path));
    if (!isTypescript) throw error;
    const imported = await importTypescript(path);
    if (imported !== null) return imported;
    throw unusable(
      path,
      `is TypeScript, which Node ${process.version} does not run by itself. Use Node 22.18 or later, or install tsx beside it ` +
        '(npm install tsx), or compile it to JavaScript',
      error,
    );
  }
}

/** Of this package, be it built or not. */
const packageFolder = new URL('../../..', import.meta.url);

const expectation = 'but a trainer is "export default async function* train(parameters, context)"';

/** Only the form can be seen from outside; what it yields is checked report by report. */
function isTrain(value: unknown): value is ModuleTrain<Parameters> {
  return typeof value === 'function';
}

/** What the author's function returned, if reports can be taken from it. */
function asReports(returned: AsyncIterable<ModuleReport>, path: string): AsyncIterable<ModuleReport> {
  if (typeof returned === 'object' && returned !== null && Symbol.asyncIterator in returned) return returned;
  throw unusable(path, `has a default export that returned ${show(returned)}, ${expectation}`);
}

/**
 * The epoch taken out of the numbers, or counted where it is not given. Nothing is checked here, not even that
 * it is an object: whoever runs a trainer reads its reports with care.
 */
function numbered(report: ModuleReport, epochs: EpochCount): Report {
  if (typeof report !== 'object' || report === null)
    return { epoch: epochs.next(undefined), metrics: report };
  const { epoch, ...metrics } = report;
  return { epoch: epochs.next(epoch), metrics };
}

function unusable(path: string, what: string, cause?: unknown): FitfirstError {
  return new FitfirstError('CONFIG_INVALID', `The trainer ${path} ${what}.`, { cause });
}

/** The error with the line of the module that it comes from, as far as its stack tells. */
function located(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof FitfirstError) return error;
  const stack = error.stack ?? '';
  const places = [pathToFileURL(path).href, path].map((name) => ({ name, at: stack.indexOf(name) }));
  const place = places.find(({ at }) => at >= 0);
  if (place === undefined) return error;
  const position = /^[^:\s]*(:\d+(?::\d+)?)/.exec(stack.slice(place.at + place.name.length))?.[1];
  if (position === undefined) return error;
  return new Error(`${error.message} (${basename(path)}${position})`, { cause: error });
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : show(error);
}

function show(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 60 });
}

function hasCode(error: unknown, code: string): boolean {
  return errorCode(error) === code;
}
