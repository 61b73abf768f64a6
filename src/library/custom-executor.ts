import { z } from 'zod';
import { executorKinds } from '../config/executor-kinds.js';
import type { Executor } from '../execution/executor.js';
import type { ExecutorContext, ExecutorKind } from '../execution/kinds/executor-kind.js';
import type { ProgramForm } from '../execution/trainer-program.js';
import { type ProgramPart, refuseBuiltInName } from './program-part.js';

/** A way to run trials that a program brings along. */
export interface CustomExecutor {
  /** Its name in messages and in the config of the results folder; not that of a built-in executor. */
  readonly name: string;
  /**
   * The forms of trainers that it runs: `module` (a file, also the built-in network), `object` (a function of the
   * program),
   * `command` (a program of its own).
   */
  readonly runs: readonly ProgramForm[];
  /** Creates the executor of one run, which disposes of it at its end. */
  create(context: ExecutorContext): Executor | Promise<Executor>;
}

/** A built-in executor by its name, or by its name with its options, as in `{ threads: { grace: '5s' } }`. */
export type ExecutorConfig =
  | string
  | Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** The executor of a config: one of the program, which has no options in the config, or a built-in one. */
export function executorPart(
  executor: ExecutorConfig | CustomExecutor | undefined,
): ProgramPart<ExecutorKind> {
  if (!isCustom(executor)) return { value: executor, kind: null };
  const { name, runs } = executor;
  refuseBuiltInName('executor', name, executorKinds);
  const schema = z.strictObject({});
  return {
    value: name,
    kind: { name, runs, schema, create: async (_, context) => executor.create(context) },
  };
}

function isCustom(executor: ExecutorConfig | CustomExecutor | undefined): executor is CustomExecutor {
  return typeof executor === 'object' && typeof executor.create === 'function';
}
