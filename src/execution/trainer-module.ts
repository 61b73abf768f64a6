import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { errorCode } from '../text/error-message.js';
import type { Trainer } from './trainer.js';

/**
 * A trainer that can be built anywhere: an ES module and the data that it builds the trainer from. This is all that a
 * worker thread, or another process, has to receive.
 */
export interface TrainerModule {
  /** URL of an ES module that exports `createTrainer(data)`, which returns a `Trainer` or a promise of one. */
  readonly url: string;
  /** What `createTrainer` receives. It has to survive `structuredClone`; shared memory stays shared between threads. */
  readonly data: unknown;
  /**
   * True for fitfirst's own trainer: if memory runs out in it, the machine is to blame and not the trial. A trainer of
   * the user's own may well take memory without end.
   */
  readonly isBuiltIn?: boolean;
}

/** Builds a trainer from its data. */
export type CreateTrainer = (data: unknown) => Trainer | Promise<Trainer>;

/** Loads the module. Rejects with CONFIG_INVALID where it exports no `createTrainer`, else with what loading throws. */
export async function loadTrainerModule(url: string): Promise<CreateTrainer> {
  const loaded = await importModule(url);
  if (isCreateTrainer(loaded.createTrainer)) return loaded.createTrainer;
  throw new FitfirstError('CONFIG_INVALID', `The trainer module ${url} does not export createTrainer(data).`);
}

async function importModule(url: string): Promise<{ readonly createTrainer?: unknown }> {
  try {
    return await import(url);
  } catch (error) {
    if (errorCode(error) !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    // TypeScript, as in development: in threads of Node 20, tsx reaches require alone.
    return createRequire(import.meta.url)(fileURLToPath(url));
  }
}

/** Builds the trainer in the calling thread. */
export async function buildTrainer({ url, data }: TrainerModule): Promise<Trainer> {
  const createTrainer = await loadTrainerModule(url);
  return createTrainer(data);
}

/** Only the form can be seen from outside. */
function isCreateTrainer(value: unknown): value is CreateTrainer {
  return typeof value === 'function';
}
