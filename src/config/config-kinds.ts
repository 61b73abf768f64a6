import type { ExecutorKind } from '../execution/kinds/executor-kind.js';
import type { MethodKind } from '../methods/method-kind.js';
import { methodKinds } from '../methods/registry.js';
import type { OutletKind } from '../outlets/kinds/outlet-kind.js';
import { outletKinds } from '../outlets/kinds/outlet-kinds.js';
import type { TrainerKind } from '../trainers/trainer-kind.js';
import { executorKinds } from './executor-kinds.js';
import { trainerKinds } from './trainer-kinds.js';

/** What a config can name. A program that embeds fitfirst can pass more than the built-in kinds. */
export interface ConfigKinds {
  readonly trainers: readonly TrainerKind[];
  readonly executors: readonly ExecutorKind[];
  readonly outlets: readonly OutletKind[];
  /** The first is the default. */
  readonly methods: readonly MethodKind[];
}

export const builtInKinds: ConfigKinds = {
  trainers: trainerKinds,
  executors: executorKinds,
  outlets: outletKinds,
  methods: methodKinds,
};
