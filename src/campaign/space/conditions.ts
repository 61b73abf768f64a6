import { canonicalJson } from '../canonical-json.js';
import type { Domain } from '../domain.js';
import type { Parameters, ParameterValue } from '../parameters.js';
import type { Prior } from './prior.js';

/**
 * What other parameters have to be for a parameter to be active: each of them is active itself and has one of the
 * listed values. A parameter that is not active is absent from a setting.
 */
export type Condition = { readonly [parameter: string]: readonly ParameterValue[] };

/**
 * A domain, the condition under which its parameter is active (left out where it always is), and where its good values
 * are expected (left out where nobody says).
 */
export type SearchParameter = Domain & { readonly when?: Condition; readonly prior?: Prior };

/** The parameters of a campaign: a domain by name, in the order of the config. */
export type SearchSpace = { readonly [name: string]: SearchParameter };

/** Whether a parameter is active in a setting. Parameters that are not in the space hold no other back. */
export function isActive(space: SearchSpace, setting: Parameters, name: string): boolean {
  return Object.entries(space[name]?.when ?? {}).every(([parent, values]) => {
    if (!Object.hasOwn(space, parent)) return true;
    const value = setting[parent];
    return value !== undefined && isAmong(values, value) && isActive(space, setting, parent);
  });
}

/** The setting without the parameters that are not active in it. */
export function withoutInactive(space: SearchSpace, setting: Parameters): Parameters {
  const names = Object.keys(setting);
  if (names.every((name) => space[name]?.when === undefined)) return setting;
  return Object.fromEntries(Object.entries(setting).filter(([name]) => isActive(space, setting, name)));
}

/** Whether a value is among others; lists are compared by their entries. */
export function isAmong(values: readonly ParameterValue[], value: ParameterValue): boolean {
  const text = canonicalJson(value);
  return values.some((each) => canonicalJson(each) === text);
}

/** The names of a space, each after the parameters that its condition names; else in the order of the space. */
export function parentsFirst(space: SearchSpace): string[] {
  const ordered = new Set<string>();
  const place = (name: string): void => {
    if (ordered.has(name)) return;
    for (const parent of parentsOf(space, name)) place(parent);
    ordered.add(name);
  };
  for (const name of Object.keys(space)) place(name);
  return [...ordered];
}

/** The parameters of the space that the condition of a parameter names. */
const parentsOf = (space: SearchSpace, name: string): string[] =>
  Object.keys(space[name]?.when ?? {}).filter((parent) => Object.hasOwn(space, parent));

/** For each parameter that conditions name: the values that they ask for. */
export function valuesInConditions(space: SearchSpace): ReadonlyMap<string, readonly ParameterValue[]> {
  const named = new Map<string, ParameterValue[]>();
  for (const { when = {} } of Object.values(space)) {
    for (const [parent, values] of Object.entries(when)) {
      const known = named.get(parent) ?? [];
      named.set(parent, [...known, ...values.filter((value) => !isAmong(known, value))]);
    }
  }
  return named;
}
