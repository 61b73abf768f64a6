import type { ConfigPath } from './diagnostic.js';

/** True where a path is the other one or leads on from it. */
export function isWithin(path: ConfigPath, enclosing: ConfigPath): boolean {
  return enclosing.every((step, i) => path[i] === step);
}

/** True where something at the path, in it or around it is broken. */
export function isBroken(path: ConfigPath, broken: readonly ConfigPath[]): boolean {
  return broken.some((other) => isWithin(path, other) || isWithin(other, path));
}
