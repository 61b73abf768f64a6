import { canonicalJson } from './canonical-json.js';

/** The value of a parameter; a list for a parameter with one entry for each layer, as in `hidden: [64, 32]`. */
export type ParameterValue = number | string | boolean | readonly (number | string | boolean)[];

/** A setting: the value of every parameter, in the order of the config. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Whether two settings have equal values, in any order of the parameters. */
export function isSameSetting(a: Parameters, b: Parameters): boolean {
  if (a === b) return true;
  let left = 0;
  for (const name in b) if (b[name] !== undefined) left += 1;
  for (const name in a) {
    const value = a[name];
    if (value === undefined) continue;
    if (!isSameValue(value, b[name])) return false;
    left -= 1;
  }
  return left === 0;
}

/** Whether two values of a parameter are equal; lists are if their entries are. */
export function isSameValue(a: ParameterValue | undefined, b: ParameterValue | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b));
}
