import { type Stats, statSync } from 'node:fs';

/** Whether a file is at a path. A text that can be no path, because it is too long for example, is none. */
export function isFileAt(path: string): boolean {
  return statsAt(path)?.isFile() ?? false;
}

/** Whether a folder is at a path. */
export function isFolderAt(path: string): boolean {
  return statsAt(path)?.isDirectory() ?? false;
}

function statsAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
