import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchCase } from './bench-case.js';

/**
 * How good the settings are that Optuna's TPE chooses with `window` trials at the same time: a row for each seed, a
 * value for each budget. They are kept in the folder, and computed where they are not there.
 */
export async function optunaRows(
  one: BenchCase,
  budgets: readonly number[],
  { seeds, window, folder }: { seeds: number; window: number; folder: string },
): Promise<number[][]> {
  const peer = window === 1 ? 'optuna' : `optuna-window-${window}`;
  const file = join(folder, `${peer}.${one.name.replaceAll(' ', '-')}.json`);
  if (!existsSync(file)) {
    const { space, noise, table } = one;
    const task = {
      space,
      noise,
      table: table?.all ?? null,
      function: one.name.split(' ')[0],
      budgets,
      seeds,
      window,
    };
    writeFileSync(file, await runPython(JSON.stringify(task)));
  }
  return JSON.parse(readFileSync(file, 'utf8')) as number[][];
}

function runPython(input: string): Promise<string> {
  const program = fileURLToPath(new URL('optuna_side.py', import.meta.url));
  return new Promise((resolve, reject) => {
    const options = { encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
    const child = execFile('/usr/bin/python3', [program], options, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    child.stdin?.end(input);
  });
}
