import { parentPort, workerData } from 'node:worker_threads';
import { createModuleTrainer } from '../training/module-trainer.js';
import type { ModuleVerdict } from './module-check.js';
import { describeThrown } from './thrown.js';

async function verdictOn(path: string): Promise<ModuleVerdict> {
  try {
    await createModuleTrainer(path);
    return null;
  } catch (error) {
    return describeThrown(error);
  }
}

parentPort?.postMessage(await verdictOn(workerData));
