import { FitfirstError } from '../../../campaign/fitfirst-error.js';
import { errorMessage } from '../../../text/error-message.js';
import { campaignVariable } from '../processes/marked-processes.js';
import { endOrphanProcesses } from '../processes/orphan-processes.js';
import type { NotStarted, StartedCommand } from './launched-command.js';
import type { CommandToStart } from './launcher-message.js';
import { LauncherDied, LauncherProcess, type LauncherProcessOptions } from './launcher-process.js';

export interface LauncherOptions {
  /** The results folder, whose lock is held. */
  readonly folder: string;
  /** Commands that may run at once; more can, but begin later. */
  readonly atOnce: number;
  /** See LauncherProcessOptions. */
  readonly patience?: number;
}

/** How often a launcher may die while it starts, as one may that a program of an earlier run ends. */
const MAX_STARTS = 3;

/**
 * Starts commands by a process of its own, which ends them where this process is killed. A launcher that dies is
 * replaced, after everything that it has started was ended.
 */
export class Launcher implements AsyncDisposable {
  #current: Promise<LauncherProcess> | null = null;
  #mayHaveLeftSomething = false;

  constructor(private readonly options: LauncherOptions) {}

  /** Resolves when commands can be started. Throws EXECUTOR_BROKEN where they cannot. */
  async ready(): Promise<void> {
    await this.#process();
  }

  /** Never throws: what cannot be started ends at once, and what this cannot start is lost. */
  async start(command: CommandToStart): Promise<StartedCommand | NotStarted> {
    try {
      return await (await this.#process()).start(command);
    } catch (error) {
      return { kind: 'lost', message: errorMessage(error) };
    }
  }

  /** Resolves when the process has ended, and every command that was still running. */
  async [Symbol.asyncDispose](): Promise<void> {
    const current = await this.#current?.catch(() => null);
    await current?.close();
  }

  #process(): Promise<LauncherProcess> {
    this.#current ??= this.#begin();
    return this.#current;
  }

  async #begin(): Promise<LauncherProcess> {
    const { folder, ...options } = this.options;
    const forget = (): void => {
      this.#current = null;
    };
    try {
      if (this.#mayHaveLeftSomething) await endOrphanProcesses(folder);
      this.#mayHaveLeftSomething = true;
      // By this variable the next run in this folder finds the process, and waits for its end.
      const { NODE_OPTIONS: _, ...environment } = process.env;
      let hasBegun = false;
      const launcher = await beginPatiently({
        ...options,
        environment: { ...environment, [campaignVariable]: folder },
        onEnd: () => {
          if (hasBegun) forget();
        },
      });
      hasBegun = true;
      return launcher;
    } catch (error) {
      forget();
      const message = errorMessage(error);
      throw new FitfirstError('EXECUTOR_BROKEN', `Commands cannot be started: ${message}`, { cause: error });
    }
  }
}

/** Starts another process in the place of one that died while it started. */
async function beginPatiently(options: LauncherProcessOptions): Promise<LauncherProcess> {
  for (let starts = 1; ; starts++) {
    try {
      return await LauncherProcess.begin(options);
    } catch (error) {
      if (!(error instanceof LauncherDied) || starts === MAX_STARTS) throw error;
    }
  }
}
