import { access } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { Trainer } from '../../execution/trainer.js';
import { errorCode } from '../../text/error-message.js';
import { inspectValue } from '../../text/inspect-value.js';
import { createFunctionTrainer, type FunctionSurroundings } from '../function-trainer.js';
import { isTrainFunction, type TrainFunction } from '../train-function.js';
import { importTypescript } from './import-typescript.js';

/**
 * The trainer in the ES module at an absolute path, whose default export is an async generator function.
 * TypeScript works if this Node runs it, or if tsx is installed in its folder. Rejects with a message for the user if
 * there is no such module, it cannot be read, or its default export is no function.
 */
export async function createModuleTrainer(
  path: string,
  surroundings: FunctionSurroundings = {},
): Promise<Trainer> {
  const train = await loadTrain(path);
  return createFunctionTrainer(train, surroundings, {
    noReports: (returned) =>
      unusable(path, `has a default export that returned ${inspectValue(returned)}, ${expectation}`),
    located: (thrown) => located(thrown, path),
  });
}

async function loadTrain(path: string): Promise<TrainFunction<Parameters>> {
  try {
    await access(path);
  } catch (error) {
    throw unusable(path, `cannot be read: ${message(error)}`, error);
  }
  const exported = await importModule(path);
  const train = exported.default;
  if (!isTrainFunction(train)) {
    throw unusable(path, `has ${inspectValue(train)} as its default export, ${expectation}`);
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
        'imports "fitfirst", which is not installed next to it. defineTrainer only checks types: ' +
          'leave it out, or install ' +
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
      `is TypeScript, which Node ${process.version} does not run by itself. Use Node 22.18 or ` +
        'later, or install tsx next to it ' +
        '(npm install tsx), or compile it to JavaScript',
      error,
    );
  }
}

/** Of this package, be it built or not. */
const packageFolder = new URL('../../..', import.meta.url);

const expectation = 'but a trainer is "export default async function* train(parameters, context)"';

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
  return error instanceof Error ? error.message : inspectValue(error);
}

function hasCode(error: unknown, code: string): boolean {
  return errorCode(error) === code;
}
