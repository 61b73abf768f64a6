import { isAbsolute, relative } from 'node:path';

/** A path as a user would write it: relative to the working directory if it lies below, otherwise as it is. */
export function displayPath(path: string): string {
  const near = relative('', path);
  return near.startsWith('..') || isAbsolute(near) ? path : near || '.';
}
