import { sobolCoordinate } from '../../numeric/sobol.js';
import { domainSize } from '../domain.js';
import type { Parameters, ParameterValue } from '../parameters.js';
import { type SearchSpace, withoutInactive } from './conditions.js';
import { followsPrior, priorValueAt } from './prior.js';
import { valueAt } from './quantile.js';

/**
 * Point number `index` (from 0) of a scrambled Sobol sequence, as a setting. Parameters with more than one value take
 * the dimensions of the sequence in the order of the config.
 */
export function sobolSetting(space: SearchSpace, seed: number, index: number): Parameters {
  let dimension = 0;
  const hasPrior = Object.values(space).some(({ prior }) => prior !== undefined);
  // Draws from priors and draws that ignore them are a sequence each, so that both are even.
  const isPrior = hasPrior && followsPrior(index);
  const place = hasPrior ? Math.floor(index / 2) : index;
  const values = Object.entries(space).map(([name, domain]): [string, ParameterValue] => {
    const { prior } = domain;
    if (isPrior && prior !== undefined && index === 0) return [name, prior.center];
    const key = isPrior ? `${name} prior` : name;
    const share = domainSize(domain) === 1 ? 0.5 : sobolCoordinate(dimension++, place, seed, key);
    return [
      name,
      isPrior && prior !== undefined ? priorValueAt(domain, prior, share) : valueAt(domain, share),
    ];
  });
  return withoutInactive(space, Object.fromEntries(values));
}
