import { type Bounds, type Domain, domainSize, gridOf } from '../domain.js';
import type { ParameterValue } from '../parameters.js';
import { isAmong } from './conditions.js';
import { nearestMultiple } from './quantize.js';
import { magnitude } from './sizes.js';

/** Whether a parameter with this domain may have the value. */
export function isInDomain(domain: Domain, value: ParameterValue): boolean {
  if (domain.kind === 'fixed' || domain.kind === 'values') return isAmong(gridOf(domain) ?? [], value);
  if (domain.kind === 'open') return magnitude(value) >= magnitude(domain.from);
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  switch (domain.kind) {
    case 'uniform':
    case 'log_uniform_values':
      return isWithin(value, domain);
    case 'int_uniform':
      return Number.isInteger(value) && isWithin(value, domain);
    case 'q_uniform':
    case 'q_log_uniform_values':
      return domainSize(domain) !== 0 && nearestMultiple(value, domain.q, domain) === value;
    case 'normal':
      return domain.bounds === null || isWithin(value, domain.bounds);
    case 'q_normal':
      return nearestMultiple(value, domain.q, domain.bounds) === value;
    default:
      return domain satisfies never;
  }
}

function isWithin(value: number, { min, max }: Bounds): boolean {
  return value >= min && value <= max;
}
