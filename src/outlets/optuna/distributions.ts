import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Bounds, Domain } from '../../campaign/domain.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { multipleOf, multiplesWithin } from '../../campaign/space/quantize.js';

/** A parameter as Optuna stores it: a distribution, and a number for each value. */
export interface OptunaParameter {
  /** As `distribution_to_json` of Optuna writes it. */
  readonly json: string;
  /** The number that stands for a value: the value, or the place of a choice. Null if the distribution lacks it. */
  numberOf(value: ParameterValue): number | null;
}

/** Standard deviations within which all draws of a normal distribution without bounds lie in practice. */
const NORMAL_REACH = 10;

/**
 * The distribution of Optuna for a domain. Optuna has no normal distribution, and none with steps on a logarithmic
 * scale: these become ranges. A method may go beyond a domain, so `seen` are values that the distribution has to hold,
 * too.
 */
export function optunaParameter(domain: Domain, seen: readonly ParameterValue[]): OptunaParameter {
  switch (domain.kind) {
    case 'fixed':
      return valueRange([domain.value, ...seen]);
    case 'open':
      return valueRange([domain.from, ...seen]);
    case 'values':
      return choice([...domain.values, ...seen]);
    case 'uniform':
      return range('Float', domain, seen);
    case 'int_uniform':
      return range('Int', domain, seen, { step: 1 });
    case 'q_uniform':
      return steps(domain, domain.q, seen);
    case 'log_uniform_values':
      return range('Float', domain, seen, { log: true });
    case 'q_log_uniform_values':
      return Number.isInteger(domain.q) && domain.min >= 1
        ? range('Int', domain, seen, { log: true, step: 1 })
        : range('Float', domain, seen, { log: true });
    case 'normal':
      return range('Float', boundsOf(domain), seen);
    case 'q_normal':
      return steps(boundsOf(domain), domain.q, seen);
    default:
      return domain satisfies never;
  }
}

function boundsOf({ mu, sigma, bounds }: { mu: number; sigma: number; bounds: Bounds | null }): Bounds {
  return bounds ?? { min: mu - NORMAL_REACH * sigma, max: mu + NORMAL_REACH * sigma };
}

/** All of the values: a range if they are numbers, else choices. */
function valueRange(values: readonly ParameterValue[]): OptunaParameter {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return choice(values);
  const bounds = { min: min(numbers), max: max(numbers) };
  return numbers.every(Number.isInteger) ? range('Int', bounds, [], { step: 1 }) : range('Float', bounds, []);
}

function choice(values: readonly ParameterValue[]): OptunaParameter {
  const places = new Map<string, number>();
  const choices: (string | number | boolean)[] = [];
  for (const value of values) {
    const text = canonicalJson(value);
    if (places.has(text)) continue;
    places.set(text, choices.length);
    // Optuna keeps no lists.
    choices.push(typeof value === 'object' ? text : value);
  }
  return {
    json: JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices } }),
    numberOf: (value) => places.get(canonicalJson(value)) ?? null,
  };
}

/** The multiples of q. */
function steps(bounds: Bounds, q: number, seen: readonly ParameterValue[]): OptunaParameter {
  const { first, last } = multiplesWithin(bounds, q);
  const multiples = { min: multipleOf(q, first), max: multipleOf(q, last) };
  const isWhole = [q, multiples.min, multiples.max].every(Number.isInteger);
  return range(isWhole ? 'Int' : 'Float', multiples, seen, { step: q });
}

function range(
  type: 'Int' | 'Float',
  bounds: Bounds,
  seen: readonly ParameterValue[],
  { log = false, step = null }: { readonly log?: boolean; readonly step?: number | null } = {},
): OptunaParameter {
  const numbers = seen.filter((value) => typeof value === 'number');
  const low = min([bounds.min, ...numbers]);
  const high = max([bounds.max, ...numbers]);
  return {
    json: JSON.stringify({ name: `${type}Distribution`, attributes: { low, high, log, step } }),
    numberOf: (value) => (typeof value === 'number' && value >= low && value <= high ? value : null),
  };
}

const min = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));
const max = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b));
