import type { ExecutorKind } from '../execution/kinds/executor-kind.js';
import type { TrainerKind } from '../trainers/trainer-kind.js';
import { executorKinds } from './executor-kinds.js';
import { trainerKinds } from './trainer-kinds.js';

/** What a config can name. A program that embeds fitfirst can pass more than the built-in kinds. */
export interface ConfigKinds {
  readonly trainers: readonly TrainerKind[];
  readonly executors: readonly ExecutorKind[];
}

export const builtInKinds: ConfigKinds = { trainers: trainerKinds, executors: executorKinds };
