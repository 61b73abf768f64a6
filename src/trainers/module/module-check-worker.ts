import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../text/error-message.js';
import type { ModuleVerdict } from './module-check.js';
import { createModuleTrainer } from './module-trainer.js';

async function verdictOn(path: string): Promise<ModuleVerdict> {
  try {
    await createModuleTrainer(path);
    return null;
  } catch (error) {
    return errorMessage(error);
  }
}

parentPort?.postMessage(await verdictOn(workerData));
