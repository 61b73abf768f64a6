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
const MAX_SPARES = 8;

const makeEmpty = (path: string): Promise<void> => writeFile(path, '', { flag: 'wx' });

/** The supplies of a results folder, which is there, for so many trials at once, each with such files. */
export function createCommandRuntime(
  folder: string,
  slots: number,
  files: readonly string[],
): CommandRuntime & AsyncDisposable {
  const [trials, logs] = [trialsFolder(folder), logsFolder(folder)];
  const spares = (parent: string, make: (path: string) => Promise<void>): PrecreatedPaths =>
    new PrecreatedPaths(
      Array.from({ length: Math.min(slots + 2, MAX_SPARES) }, (_, n) => join(parent, `.spare-${n}`)),
      async (path) => {
        await rm(path, { recursive: true, force: true }); // whatever a program put there
        await make(path);
      },
    );
  const supplies: CommandRuntime = {
    directories: spares(trials, async (path) => {
      await mkdir(path, { recursive: true });
      for (const name of files) await makeEmpty(join(path, name));
    }),
    logs: spares(logs, makeEmpty),
    processes: new PidFile(folder),
    environment: { ...process.env },
  };
  return {
    ...supplies,
    async [Symbol.asyncDispose]() {
      await supplies.directories.close();
      await supplies.logs.close();
      supplies.processes.close();
    },
  };
}
