import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logsFolder, trialsFolder } from '../../execution/trial-directory.js';
import { PrecreatedPaths } from './precreated-paths.js';
import { PidFile } from './processes/pid-file.js';

/** What the commands of one executor share: whatever can be at hand before a trial is due. */
export interface CommandRuntime {
  /** Directories for trials, with the files that they find there, still empty. */
  readonly directories: PrecreatedPaths;
  /** Empty logs. */
  readonly logs: PrecreatedPaths;
  readonly processes: PidFile;
  /** The environment of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** As many trials seldom begin at once, but for the first ones. */
const MAX_PRECREATED = 8;

const makeEmpty = (path: string): Promise<void> => writeFile(path, '', { flag: 'wx' });

/** The runtime of an existing results folder, for this number of trials at once. Each gets these files. */
export function createCommandRuntime(
  folder: string,
  slots: number,
  files: readonly string[],
): CommandRuntime & AsyncDisposable {
  const [trials, logs] = [trialsFolder(folder), logsFolder(folder)];
  const precreated = (parent: string, make: (path: string) => Promise<void>): PrecreatedPaths =>
    new PrecreatedPaths(
      Array.from({ length: Math.min(slots + 2, MAX_PRECREATED) }, (_, n) => join(parent, `.spare-${n}`)),
      async (path) => {
        await rm(path, { recursive: true, force: true }); // whatever a program put there
        await make(path);
      },
    );
  const runtime: CommandRuntime = {
    directories: precreated(trials, async (path) => {
      await mkdir(path, { recursive: true });
      for (const name of files) await makeEmpty(join(path, name));
    }),
    logs: precreated(logs, makeEmpty),
    processes: new PidFile(folder),
    environment: { ...process.env },
  };
  return {
    ...runtime,
    async [Symbol.asyncDispose]() {
      await runtime.directories.close();
      await runtime.logs.close();
      runtime.processes.close();
    },
  };
}
