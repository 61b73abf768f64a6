import type { CommandOptions } from './command-options.js';
import type { Trainer } from './trainer.js';
import type { TrainerModule } from './trainer-module.js';

/** How a trainer is started. An executor says which of these forms it runs. */
export type TrainerProgram =
  /** A module and its data: runs in this thread, in worker threads, or in other processes. */
  | ({ readonly kind: 'module' } & TrainerModule)
  /** An object of the running program, which cannot leave it. */
  | { readonly kind: 'object'; readonly trainer: Trainer }
  /** A program that is started once for every trial. */
  | { readonly kind: 'command'; readonly options: CommandOptions };

export type ProgramForm = TrainerProgram['kind'];
