import { gridOf } from '../../../campaign/domain.js';
import type { SearchSpace } from '../../../campaign/search-space.js';

/** Of these parameters those whose values are listed rates from 0 to below 1, each with its values in rising order. */
export function listedRates(
  space: SearchSpace,
  names: readonly string[],
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    names.flatMap((name): [string, number[]][] => {
      const domain = space[name];
      const values = domain === undefined ? null : gridOf(domain);
      const rates = values?.filter((value) => typeof value === 'number' && value >= 0 && value < 1) ?? [];
      if (rates.length < 2 || rates.length !== values?.length) return [];
      return [[name, rates.map(Number).sort((a, b) => a - b)]];
    }),
  );
}
