/** Levels of objects inside of each other that are looked at. */
const MAX_DEPTH = 8;

/**
 * The numbers of a JSON value by name; an object inside of another one is `outer/inner`. Texts, lists and null are
 * passed over: programs write much else to their files.
 */
export function jsonNumbers(value: object): Readonly<Record<string, number>> {
  const found: [string, number][] = [];
  const collect = (of: object, prefix: string, depth: number): void => {
    for (const [name, entry] of Object.entries(of)) {
      if (typeof entry === 'number') found.push([prefix + name, entry]);
      else if (isObject(entry) && depth < MAX_DEPTH) collect(entry, `${prefix}${name}/`, depth + 1);
    }
  };
  collect(value, '', 1);
  return Object.fromEntries(found);
}

/** Whether a value is an object with names, and no list. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
