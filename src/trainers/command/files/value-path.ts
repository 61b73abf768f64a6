/** A step of a path: a key, or a place in a list from 0. */
export type PathStep = string | number;

/** Reads `model.layers[0].dropout`; a key with special characters stands in brackets and quotes. Null if it is none. */
export function parseValuePath(text: string): PathStep[] | null {
  const steps: PathStep[] = [];
  const token = /\.?([^.[\]"']+)|\[(\d+)\]|\[(?:"([^"]+)"|'([^']+)')\]/y;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (match === null) return null;
    const [whole, key, place, double, single] = match;
    if (key !== undefined && whole.startsWith('.') !== start > 0) return null;
    steps.push(place === undefined ? (key ?? double ?? single ?? '') : Number(place));
  }
  return steps.length === 0 ? null : steps;
}

/** How far a path leads into a value: the number of steps that are there. */
export function reachOfPath(value: unknown, path: readonly PathStep[]): number {
  let at: unknown = value;
  for (const [i, step] of path.entries()) {
    if (typeof at !== 'object' || at === null) return i;
    if (Array.isArray(at) ? typeof step !== 'number' || step >= at.length : !Object.hasOwn(at, step))
      return i;
    at = Reflect.get(at, step);
  }
  return path.length;
}

/** Sets a value in place; objects on the way that are missing are made. */
export function setAtPath(root: object, path: readonly PathStep[], value: unknown): void {
  let at: object = root;
  for (const [i, step] of path.entries()) {
    if (i === path.length - 1) {
      define(at, step, value);
      return;
    }
    const next: unknown = Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined;
    if (typeof next === 'object' && next !== null) at = next;
    else {
      const made = typeof path[i + 1] === 'number' ? [] : {};
      define(at, step, made);
      at = made;
    }
  }
}

/** Not by an assignment: a key may be called `__proto__`. */
const define = (at: object, step: PathStep, value: unknown): boolean =>
  Reflect.defineProperty(at, step, { value, enumerable: true, configurable: true, writable: true });
