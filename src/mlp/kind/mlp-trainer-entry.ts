import type { Dataset } from '../../data/dataset.js';
import type { Trainer } from '../../execution/trainer.js';
import type { Kernel } from '../../kernel/kernel.js';
import { kernelEngines } from '../kernel-engine.js';
import { createMlpTrainer } from '../mlp-trainer.js';

/** What a thread builds the built-in trainer from: rows in shared memory, and a kernel that is compiled already. */
export interface MlpTrainerData {
  readonly dataset: Dataset;
  readonly kernel: Kernel;
  /** What the prepared rows of a network may take in its memory. */
  readonly residentBytes: number;
}

/** The entry that a trainer module has to export. */
export function createTrainer({ dataset, kernel, residentBytes }: MlpTrainerData): Trainer {
  return createMlpTrainer(dataset, kernel, kernelEngines(kernel, residentBytes));
}
