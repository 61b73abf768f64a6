import type { Dataset } from '../../data/dataset.js';
import type { Trainer } from '../../execution/trainer.js';
import { createMlpTrainer } from '../mlp-trainer.js';

/** What a thread builds the built-in trainer from: rows in shared memory, and a kernel that is compiled already. */
export interface MlpTrainerData {
  readonly dataset: Dataset;
  readonly kernel: WebAssembly.Module;
}

/** The entry that a trainer module has to export. */
export function createTrainer({ dataset, kernel }: MlpTrainerData): Trainer {
  return createMlpTrainer(dataset, kernel);
}
