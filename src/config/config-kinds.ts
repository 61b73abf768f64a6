import type { ExecutorKind } from '../execution/kinds/executor-kind.js';
import type { MethodKind } from '../methods/method-kind.js';
import { methodKinds } from '../methods/registry.js';
import type { TrainerKind } from '../trainers/trainer-kind.js';
import { executorKinds } from './executor-kinds.js';
import { trainerKinds } from './trainer-kinds.js';

/** What a config can name. A program that embeds fitfirst can pass more than the built-in kinds. */
export interface ConfigKinds {
  readonly trainers: readonly TrainerKind[];
  readonly executors: readonly ExecutorKind[];
  /** The first is the default. */
  readonly methods: readonly MethodKind[];
}

export const builtInKinds: ConfigKinds = {
  trainers: trainerKinds,
  executors: executorKinds,
  methods: methodKinds,
};
