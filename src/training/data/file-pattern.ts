import { access } from 'node:fs/promises';
import { glob, isDynamicPattern } from 'tinyglobby';
import { dataError, printable } from './wording.js';

/**
 * The files that paths and patterns name, in order; those of a pattern in the order of their names' code
 * units. A path that is a file is never a pattern. Throws DATA_INVALID where a pattern matches no file, or a
 * file is named twice.
 */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await matching(path)));
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined) {
    throw dataError(`${printable(twice)}  is named twice, expected each file once. Take it out of the list.`);
  }
  return files;
}

async function matching(path: string): Promise<string[]> {
  if (!isDynamicPattern(path) || (await exists(path))) return [path];
  const found = await glob(path, { absolute: true, expandDirectories: false, dot: false });
  if (found.length === 0) {
    throw dataError(
      `${printable(path)}  no file matches this pattern, expected at least one. Paths are relative to the config that names them.`,
    );
  }
  return found.sort();
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
