import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { isFileAt } from '../../../platform/path-kind.js';

/** Where a program is that the system would start, or why there is none. */
export type FoundProgram =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'absent' }
  /** A file that is there and may not be executed. */
  | { readonly kind: 'not-executable'; readonly path: string };

/**
 * Looks for a program as the system does: by its path from a folder, or by its name in the folders of PATH, in order.
 */
export function findProgram(program: string, folder: string, path: string): FoundProgram {
  if (program.includes('/')) {
    const place = resolve(folder, program);
    if (!isFileAt(place)) return { kind: 'absent' };
    return isExecutable(place) ? { kind: 'found', path: place } : { kind: 'not-executable', path: place };
  }
  const places = path.split(delimiter).map((one) => join(resolve(folder, one), program));
  const place = places.find(isExecutable);
  return place === undefined ? { kind: 'absent' } : { kind: 'found', path: place };
}

/**
 * What `${interpreter}` stands for: `python`, as in W&B's sweeps, and so the one that a shell would start; an
 * environment that is active (venv, conda, pyenv's shims) stands first in PATH. `python3` where a folder that comes
 * before has only that, or where there is no `python` at all.
 */
export function interpreterIn(path: string): 'python' | 'python3' {
  for (const folder of path.split(delimiter))
    for (const name of ['python', 'python3'] as const) if (isExecutable(join(folder, name))) return name;
  return 'python3';
}

/** What is started in the end, where `env` starts it. */
export function startedProgram(argv: readonly string[]): string {
  const [first = '', ...rest] = argv;
  if (basename(first) !== 'env') return first;
  return rest.find((word) => !word.startsWith('-') && !/^\w+=/.test(word)) ?? first;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFileAt(path);
  } catch {
    return false; // not there, or not for this user
  }
}
