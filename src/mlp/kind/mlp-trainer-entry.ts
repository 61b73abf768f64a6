import type { Dataset } from '../../data/dataset.js';
import type { Trainer } from '../../execution/trainer.js';
import type { Kernel } from '../../kernel/kernel.js';
import { createMlpTrainer } from '../mlp-trainer.js';

/** What a thread builds the built-in trainer from: rows in shared memory, and a kernel that is compiled already. */
export interface MlpTrainerData {
  readonly dataset: Dataset;
  readonly kernel: Kernel;
}

/** The entry that a trainer module has to export. */
export function createTrainer({ dataset, kernel }: MlpTrainerData): Trainer {
  return createMlpTrainer(dataset, kernel);
}
