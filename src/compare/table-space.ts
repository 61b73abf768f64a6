import { canonicalJson } from '../campaign/canonical-json.js';
import { type Domain, gridOf } from '../campaign/domain.js';
import type { Parameters, ParameterValue } from '../campaign/parameters.js';
import type { PlannedGrowth } from '../campaign/plan.js';
import { grid, gridSize, type SearchSpace, subspace } from '../campaign/search-space.js';
import { withoutInactive } from '../campaign/space/conditions.js';
import { valueAt } from '../campaign/space/quantile.js';
import { firstSizes } from '../campaign/space/sizes.js';
import { sobolSetting } from '../campaign/space/sobol-setting.js';
import { firstAllowed } from '../methods/allowed-settings.js';
import { distinct } from '../methods/comparison.js';

/** The settings of a table of results. */
export interface TableSpace {
  /** The search space with listed values in the place of each range. */
  readonly space: SearchSpace;
  readonly settings: readonly Parameters[];
  /** Sobol points of the parameters that neither grow nor are dropout; null where the table has their whole grid. */
  readonly draws: number | null;
  /** Settings of the whole grid; null where it is infinite. */
  readonly whole: number | null;
  /** Whether the table has a setting, or, of a part of a setting, any that it is a part of. */
  readonly allows: (setting: Parameters) => boolean;
}

/** Sizes and dropout rates alone are more settings than a table may have. */
export interface TooManySizes {
  /** Combinations of sizes and dropout rates. */
  readonly combinations: number;
}

/** What the table is made of. */
interface TableSpaceOptions {
  readonly space: SearchSpace;
  readonly growth: PlannedGrowth;
  /** The regularisers at their off values. */
  readonly off: Parameters;
  /** The most settings. */
  readonly maxSettings: number;
  readonly seed: number;
  readonly allows: (setting: Parameters) => boolean;
}

/** Sizes of an open range, of which the table takes the first. */
export const MAX_OPEN_SIZES = 8;
/** Values of a dropout rate that has a range, in addition to its off value. */
const RATES = 4;
/** Digits of values that are drawn from a range: more would say nothing. */
const DIGITS = 3;

/**
 * The settings of the table: every size with every dropout rate, crossed with the grid of all other parameters, or with
 * Sobol points of them if that grid is infinite or too large.
 */
export function tableSpace(options: TableSpaceOptions): TableSpace | TooManySizes {
  const { space, growth, off, maxSettings, seed, allows } = options;
  const listed: SearchSpace = Object.fromEntries(
    Object.entries(space).map(([name, { when, ...domain }]) => {
      const values = listedValues(name, domain, growth, off);
      return [name, { ...(values === null ? domain : listOf(values)), ...(when && { when }) }];
    }),
  );
  const size = gridSize(listed);
  if (size !== null && size <= maxSettings) {
    return withSettings(listed, grid(listed).filter(allows), null, size);
  }
  const structural = [growth.parameter, growth.depth?.parameter ?? '', ...Object.keys(off)];
  const kept = grid(subspace(listed, structural));
  const draws = Math.floor(maxSettings / kept.length);
  if (draws < 1) return { combinations: kept.length };
  const names = Object.keys(space).filter((name) => !structural.includes(name));
  const others = subspace(space, names);
  const drawn = distinct(firstAllowed((index) => rounded(sobolSetting(others, seed, index)), draws, allows));
  const sampled: SearchSpace = Object.fromEntries(
    Object.entries(listed).map(([name, parameter]) => {
      if (structural.includes(name) || parameter.kind === 'fixed') return [name, parameter];
      const { when } = parameter;
      return [name, { ...listOf(valuesIn(drawn, name)), ...(when && { when }) }];
    }),
  );
  const settings = kept.flatMap((base) =>
    drawn.map((other) => withoutInactive(sampled, inOrder(space, { ...base, ...other }))),
  );
  return withSettings(sampled, distinct(settings).filter(allows), drawn.length, size);
}

function withSettings(
  space: SearchSpace,
  settings: readonly Parameters[],
  draws: number | null,
  whole: number | null,
): TableSpace {
  const own = new Set(settings.map(canonicalJson));
  /** Parts of settings, by the names of their parameters. */
  const parts = new Map<string, Set<string>>();
  const partsWith = (names: readonly string[]): Set<string> => {
    const key = names.join('\n');
    const known = parts.get(key);
    if (known !== undefined) return known;
    const found = new Set(
      settings.map((setting) =>
        canonicalJson(Object.fromEntries(Object.entries(setting).filter(([name]) => names.includes(name)))),
      ),
    );
    parts.set(key, found);
    return found;
  };
  const allows = (setting: Parameters): boolean => {
    const text = canonicalJson(setting);
    return own.has(text) || partsWith(Object.keys(setting)).has(text);
  };
  return { space, settings, draws, whole, allows };
}

/** The values that the table has of a parameter whatever the others are; null where they are drawn or listed before. */
function listedValues(
  name: string,
  domain: Domain,
  growth: PlannedGrowth,
  off: Parameters,
): readonly ParameterValue[] | null {
  if (name === growth.parameter) return firstSizes(growth, Math.max(MAX_OPEN_SIZES, growth.sizes.length));
  if (name === growth.depth?.parameter) return growth.depth.values;
  const none = off[name];
  if (none === undefined) return null;
  const values = gridOf(domain) ?? spaced(domain, RATES);
  return [none, ...values.filter((value) => canonicalJson(value) !== canonicalJson(none))];
}

/** Values in the middle of equal shares of a range. */
const spaced = (domain: Domain, count: number): ParameterValue[] =>
  Array.from({ length: count }, (_, i) => short(valueAt(domain, (i + 0.5) / count)));

const listOf = (values: readonly ParameterValue[]): Domain =>
  values.length === 1 && values[0] !== undefined
    ? { kind: 'fixed', value: values[0] }
    : { kind: 'values', values, probabilities: null };

function valuesIn(settings: readonly Parameters[], name: string): ParameterValue[] {
  const values = new Map<string, ParameterValue>();
  for (const setting of settings) {
    const value = setting[name];
    if (value !== undefined) values.set(canonicalJson(value), value);
  }
  return [...values.values()];
}

const short = (value: ParameterValue): ParameterValue =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;

const rounded = (setting: Parameters): Parameters =>
  Object.fromEntries(Object.entries(setting).map(([name, value]) => [name, short(value)]));

function inOrder(space: SearchSpace, setting: Parameters): Parameters {
  const names = Object.keys(space).filter((name) => Object.hasOwn(setting, name));
  return Object.fromEntries(names.map((name) => [name, setting[name] ?? 0]));
}
