import type { Dataset } from '../data/dataset.js';
import { createMlpTrainer } from '../mlp/mlp-trainer.js';
import { createModuleTrainer } from '../trainers/module/module-trainer.js';
import type { TrialPlaces } from '../trainers/trial-directory.js';
import type { Trainer } from './trainer.js';

/** Which trainer a thread builds for itself, and from what: plain data that can be sent to a thread. */
export type TrainerSetup =
  /** The built-in trainer; the rows are in shared memory and are not copied, nor is the kernel compiled again. */
  | { readonly kind: 'mlp'; readonly dataset: Dataset; readonly kernel: WebAssembly.Module }
  /** A module of the user's own, by absolute path. */
  | {
      readonly kind: 'module';
      readonly path: string;
      readonly dataset?: Dataset | null;
      readonly places?: TrialPlaces;
    };

/** Builds the trainer. Rejects where a module cannot be loaded or is no trainer. */
export async function buildTrainer(setup: TrainerSetup): Promise<Trainer> {
  switch (setup.kind) {
    case 'mlp':
      return createMlpTrainer(setup.dataset, setup.kernel);
    case 'module':
      return createModuleTrainer(setup.path, setup);
    default:
      return setup satisfies never;
  }
}
