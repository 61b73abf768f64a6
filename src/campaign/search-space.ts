import { domainSize, gridOf } from './domain.js';
import type { Parameters, ParameterValue } from './parameters.js';
import {
  isActive,
  parentsFirst,
  type SearchSpace,
  valuesInConditions,
  withoutInactive,
} from './space/conditions.js';
import { drawWithPrior } from './space/prior.js';

export type { SearchSpace } from './space/conditions.js';

/** The number of settings in the grid of a space; null if a parameter is continuous. */
export function gridSize(space: SearchSpace): number | null {
  const sizes = new Map<string, number>();
  for (const [name, domain] of Object.entries(space)) {
    const values = domainSize(domain);
    if (values === null) return null;
    sizes.set(name, values);
  }
  const names = parentsFirst(space);
  const asked = valuesInConditions(space);
  const count = (place: number, setting: Parameters): number => {
    const name = names[place];
    if (name === undefined) return 1;
    if (!isActive(space, setting, name)) return count(place + 1, setting);
    const size = sizes.get(name) ?? 0;
    const values = asked.get(name);
    if (values === undefined) return size * count(place + 1, setting);
    // Values that no condition asks for all activate the same parameters.
    const named = values.reduce<number>(
      (sum, value) => sum + count(place + 1, { ...setting, [name]: value }),
      0,
    );
    const others = size - values.length;
    return others === 0 ? named : named + others * count(place + 1, setting);
  };
  return count(0, {});
}

/**
 * Every combination of the values; the last parameter changes fastest. Parameters that are not active in a combination
 * are absent from it. A space without parameters has one setting, the empty one. Throws RangeError if a parameter is
 * continuous.
 */
export function grid(space: SearchSpace): Parameters[] {
  let settings: Parameters[] = [{}];
  for (const name of parentsFirst(space)) {
    const domain = space[name];
    const values = domain === undefined ? null : gridOf(domain);
    if (values === null) throw new RangeError(`${name} is continuous (${domain?.kind}) and has no grid`);
    settings = settings.flatMap((setting) =>
      isActive(space, setting, name) ? values.map((value) => ({ ...setting, [name]: value })) : [setting],
    );
  }
  const hasConditions = Object.values(space).some(({ when }) => when !== undefined);
  return hasConditions ? settings.map((setting) => inOrder(space, setting)) : settings;
}

/** The setting with its parameters in the order of the space. */
function inOrder(space: SearchSpace, setting: Parameters): Parameters {
  const names = Object.keys(space).filter((name) => Object.hasOwn(setting, name));
  return Object.fromEntries(names.map((name) => [name, setting[name] ?? 0]));
}

/**
 * Draw number `index` (from 0) of every parameter that is active. A draw is independent of the other parameters of the
 * space.
 */
export function drawSetting(space: SearchSpace, seed: number, index: number): Parameters {
  const drawn = Object.entries(space).map(([name, domain]): [string, ParameterValue] => [
    name,
    drawWithPrior(domain, seed, index, name),
  ]);
  return withoutInactive(space, Object.fromEntries(drawn));
}

/** The first draws of all parameters. */
export function drawSettings(space: SearchSpace, seed: number, count: number): Parameters[] {
  return Array.from({ length: count }, (_, index) => drawSetting(space, seed, index));
}

/** The part of a space that has these parameters, in the order of the space. */
export function subspace(space: SearchSpace, names: readonly string[]): SearchSpace {
  return Object.fromEntries(Object.entries(space).filter(([name]) => names.includes(name)));
}

/** Names of the parameters that can take more than one value. */
export function freeParameters(space: SearchSpace): string[] {
  return Object.keys(space).filter((name) => {
    const domain = space[name];
    return domain !== undefined && domainSize(domain) !== 1;
  });
}
