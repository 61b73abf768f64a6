import { type Domain, domainSize, draw, gridOf } from './domain.js';
import type { Parameters, ParameterValue } from './parameters.js';

/** The parameters of a campaign: a domain by name, in the order of the config. */
export type SearchSpace = { readonly [name: string]: Domain };

/** The number of settings in the grid of a space; null if a parameter is continuous. */
export function gridSize(space: SearchSpace): number | null {
  let size = 1;
  for (const domain of Object.values(space)) {
    const values = domainSize(domain);
    if (values === null) return null;
    size *= values;
  }
  return size;
}

/**
 * Every combination of the values; the last parameter changes fastest. A space without parameters has one setting,
 * the empty one. Throws RangeError if a parameter is continuous.
 */
export function grid(space: SearchSpace): Parameters[] {
  let settings: Parameters[] = [{}];
  for (const [name, domain] of Object.entries(space)) {
    const values = gridOf(domain);
    if (values === null) throw new RangeError(`${name} is continuous (${domain.kind}) and has no grid`);
    settings = settings.flatMap((setting) => values.map((value) => ({ ...setting, [name]: value })));
  }
  return settings;
}

/** Draw number `index` (from 0) of every parameter. Each is independent of the other parameters of the space. */
export function drawSetting(space: SearchSpace, seed: number, index: number): Parameters {
  const drawn = Object.entries(space).map(([name, domain]): [string, ParameterValue] => [
    name,
    draw(domain, seed, index, name),
  ]);
  return Object.fromEntries(drawn);
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
