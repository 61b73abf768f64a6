import { z } from 'zod';
import type { Executor } from '../execution/executor.js';
import type { ExecutorContext, ExecutorKind } from '../execution/kinds/executor-kind.js';
import type { ProgramForm } from '../execution/trainer-program.js';

/** A way to run trials that a program brings along. */
export interface CustomExecutor {
  /** Its name in messages and in the config of the results folder; not that of a built-in executor. */
  readonly name: string;
  /**
   * The forms of trainers that it runs: `module` (a file, also the built-in network), `object` (a function of the program),
   * `command` (a program of its own).
   */
  readonly runs: readonly ProgramForm[];
  /** Creates the executor of one run, which disposes of it at its end. */
  create(context: ExecutorContext): Executor | Promise<Executor>;
}

/** The executor as a kind that a config can name, without options of its own. */
export function executorKindOf(custom: CustomExecutor): ExecutorKind {
  return {
    name: custom.name,
    runs: custom.runs,
    schema: z.strictObject({}),
    create: async (_, context) => custom.create(context),
  };
}
