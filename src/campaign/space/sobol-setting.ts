import { sobolCoordinate } from '../../numeric/sobol.js';
import { domainSize } from '../domain.js';
import type { Parameters, ParameterValue } from '../parameters.js';
import { type SearchSpace, withoutInactive } from './conditions.js';
import { valueAt } from './quantile.js';

/**
 * Point number `index` (from 0) of a scrambled Sobol sequence, as a setting. Parameters with more than one value take
 * the dimensions of the sequence in the order of the config.
 */
export function sobolSetting(space: SearchSpace, seed: number, index: number): Parameters {
  let dimension = 0;
  const values = Object.entries(space).map(([name, domain]): [string, ParameterValue] => [
    name,
    valueAt(domain, domainSize(domain) === 1 ? 0.5 : sobolCoordinate(dimension++, index, seed, name)),
  ]);
  return withoutInactive(space, Object.fromEntries(values));
}
