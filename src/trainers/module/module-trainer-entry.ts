import type { Trainer } from '../../execution/trainer.js';
import type { FunctionSurroundings } from '../function-trainer.js';
import { createModuleTrainer } from './module-trainer.js';

/** What a thread builds a module trainer from. */
export interface ModuleTrainerData extends FunctionSurroundings {
  /** Absolute path of the module. */
  readonly path: string;
}

/** The entry that a trainer module has to export. */
export function createTrainer({ path, ...surroundings }: ModuleTrainerData): Promise<Trainer> {
  return createModuleTrainer(path, surroundings);
}
