import { canonicalJson } from '../../campaign/canonical-json.js';
import { type Bounds, type Domain, domainSize } from '../../campaign/domain.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { multipleOf, multiplesWithin } from '../../campaign/space/quantize.js';
import { formatList } from '../../text/list.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ConfigPath } from '../diagnostics/diagnostic.js';
import { expectedAt } from '../schema/describe-schema.js';
import {
  type distributions,
  type ParameterInput,
  takesWholeNumbersOnly,
} from '../schema/parameter-schema.js';
import { isOpenRange, resolveOpenRange } from './resolve-open-range.js';

type DomainInput = Omit<Exclude<ParameterInput, ParameterValue>, 'when' | 'prior'>;
type Distribution = (typeof distributions)[number];

const keysOf: Readonly<Record<Distribution, readonly (keyof DomainInput)[]>> = {
  constant: ['value'],
  categorical: ['values', 'probabilities'],
  uniform: ['min', 'max'],
  int_uniform: ['min', 'max'],
  q_uniform: ['min', 'max', 'q'],
  log_uniform_values: ['min', 'max'],
  q_log_uniform_values: ['min', 'max', 'q'],
  normal: ['mu', 'sigma', 'min', 'max'],
  q_normal: ['mu', 'sigma', 'q', 'min', 'max'],
};

/** A parameter as a domain; null where it makes none, which is then among the problems. */
export function resolveDomain(name: string, input: ParameterInput, checks: Checks): Domain | null {
  const path = ['parameters', name];
  if (checks.isBroken(path)) return null;
  const domain = isDomainInput(input) ? readMapping(name, withoutExtras(input), checks) : fixed(input);
  return domain !== null && staysInRange(name, domain, checks) ? domain : null;
}

const fixed = (value: ParameterValue): Domain => ({ kind: 'fixed', value });

/** What a mapping says of values; its condition and its prior are resolved when all parameters are known. */
function withoutExtras({
  when: _,
  prior: __,
  ...domain
}: Exclude<ParameterInput, ParameterValue>): DomainInput {
  return domain;
}

function isDomainInput(input: ParameterInput): input is Exclude<ParameterInput, ParameterValue> {
  return typeof input === 'object' && !Array.isArray(input);
}

function readMapping(name: string, input: DomainInput, checks: Checks): Domain | null {
  const path = ['parameters', name];
  if (isOpenRange(input)) return resolveOpenRange(name, input, checks);
  const distribution = input.distribution ?? distributionOf(name, input, checks);
  if (distribution === null) {
    checks.report(path, `${name} has no value. Give it value, values, or min and max.`, 'key');
    return null;
  }
  const allowed: readonly string[] = keysOf[distribution];
  let sound = true;
  const refuse: Refuse = (place, sentence, at = 'value') => {
    checks.report([...path, ...place], sentence, at);
    sound = false;
    return null;
  };
  for (const key of Object.keys(input)) {
    if (key === 'distribution' || allowed.some((one) => one === key)) continue;
    if (key === 'values' && 'value' in input) {
      const both = `${name} has both value and values. Keep value for one fixed value, or values to try each of them.`;
      refuse([key], both, 'key');
      continue;
    }
    refuse(
      [key],
      `${key} of ${name} does not go with the distribution ${distribution}, which takes ${formatList(allowed, 'and')}.`,
      'key',
    );
  }
  const need = <Key extends keyof DomainInput>(key: Key): NonNullable<DomainInput[Key]> | null =>
    input[key] ??
    refuse([key], `${key} of ${name} is missing; the distribution ${distribution} needs it.`, 'key');

  switch (distribution) {
    case 'constant': {
      const value = need('value');
      return value === null || !sound ? null : fixed(value);
    }
    case 'categorical': {
      const values = need('values');
      if (values === null) return null;
      refuseTwice(name, values, refuse);
      const probabilities = input.probabilities ?? null;
      if (probabilities !== null) refuseProbabilities(name, values, probabilities, refuse);
      if (!sound) return null;
      const [only] = values;
      return values.length === 1 && only !== undefined
        ? fixed(only)
        : { kind: 'values', values, probabilities };
    }
    case 'normal':
    case 'q_normal': {
      const [mu, sigma] = [need('mu'), need('sigma')];
      const bounds = input.min === undefined && input.max === undefined ? null : boundsOf();
      if (mu === null || sigma === null || !sound) return null;
      const q = input.q ?? 1;
      if (distribution === 'normal') return { kind: 'normal', mu, sigma, bounds };
      const reach = bounds ?? { min: mu - 9 * sigma, max: mu + 9 * sigma };
      return hasMultiples(name, { ...reach, q }, refuse) ? { kind: 'q_normal', mu, sigma, q, bounds } : null;
    }
    case 'uniform':
    case 'int_uniform':
    case 'q_uniform':
    case 'log_uniform_values':
    case 'q_log_uniform_values': {
      const bounds = boundsOf();
      if (bounds === null) return null;
      if (distribution.includes('log') && bounds.min <= 0)
        refuse(['min'], `min of ${name} is ${bounds.min}; a logarithm needs a number above 0.`);
      if (distribution === 'int_uniform') refuseFractions(name, bounds, refuse);
      if (
        distribution === 'uniform' ||
        distribution === 'int_uniform' ||
        distribution === 'log_uniform_values'
      )
        return sound ? { kind: distribution, ...bounds } : null;
      const quantised = { ...bounds, q: input.q ?? 1 };
      return sound && hasMultiples(name, quantised, refuse) ? { kind: distribution, ...quantised } : null;
    }
    default:
      return distribution satisfies never;
  }

  function boundsOf(): Bounds | null {
    const [min, max] = [need('min'), need('max')];
    if (min === null || max === null) return null;
    if (min === max)
      return refuse(['max'], `min and max of ${name} are both ${max}. For one value, write {value: ${max}}.`);
    if (min > max) return refuse(['min'], `min of ${name} is ${min}, above its max, ${max}.`);
    return { min, max };
  }
}

/** Says what is wrong at a place in the mapping. */
type Refuse = (place: ConfigPath, sentence: string, at?: 'key' | 'value') => null;

/** What a mapping without `distribution` means, as in W&B's sweeps; null where it says nothing. */
function distributionOf(name: string, input: DomainInput, checks: Checks): Distribution | null {
  if (input.value !== undefined) return 'constant';
  if (input.values !== undefined) return 'categorical';
  if (input.mu !== undefined || input.sigma !== undefined)
    return input.q === undefined ? 'normal' : 'q_normal';
  if (input.min === undefined && input.max === undefined) return null;
  if (input.q !== undefined) return 'q_uniform';
  const written = ['min', 'max'].filter((key) => Object.hasOwn(input, key));
  const whole = written.every((key) => checks.document.isWrittenWhole(['parameters', name, key]));
  return whole ? 'int_uniform' : 'uniform';
}

function refuseTwice(name: string, values: readonly ParameterValue[], refuse: Refuse): void {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    const text = canonicalJson(value);
    if (seen.has(text))
      refuse(['values', index], `parameters.${name}.values has ${text} twice. List each value once.`);
    seen.add(text);
  }
}

function refuseProbabilities(
  name: string,
  values: readonly ParameterValue[],
  probabilities: readonly number[],
  refuse: Refuse,
): void {
  if (probabilities.length !== values.length) {
    refuse(
      ['probabilities'],
      `probabilities of ${name}: found ${probabilities.length}; expected ${values.length}, one for each value.`,
    );
    return;
  }
  const sum = probabilities.reduce((total, one) => total + one, 0);
  if (Math.abs(sum - 1) > 1e-6)
    refuse(['probabilities'], `probabilities of ${name} sum to ${Number(sum.toPrecision(6))}; expected 1.`);
}

function refuseFractions(name: string, bounds: Bounds, refuse: Refuse): void {
  for (const [key, value] of Object.entries(bounds)) {
    if (!Number.isSafeInteger(value))
      refuse([key], `${key} of ${name} is ${value}; int_uniform needs a whole number.`);
  }
}

/** Multiples that can still be counted exactly. */
const MAX_MULTIPLES = 1e12;

function hasMultiples(name: string, domain: Bounds & { readonly q: number }, refuse: Refuse): boolean {
  const { min, max, q } = domain;
  if (Math.max(Math.abs(min), Math.abs(max)) / q > MAX_MULTIPLES) {
    refuse(['q'], `q of ${name} is ${q}, too small for its bounds.`);
    return false;
  }
  if (domainSize({ kind: 'q_uniform', ...domain }) !== 0) return true;
  refuse(['q'], `no multiple of q, ${q}, lies between the bounds of ${name}, ${min} and ${max}.`);
  return false;
}

/** Holds the ends of a domain against what the trainer takes. */
function staysInRange(name: string, domain: Domain, checks: Checks): boolean {
  const { parameters } = checks.trainerKind;
  if (parameters === null) return true; // the trainer takes what it likes
  const path = ['parameters', name];
  const declared = parameters.get(name)?.schema;
  const takes = (value: ParameterValue): boolean => declared?.safeParse(value).success ?? true;
  const expected = (): string => expectedAt(checks.schema.json(), [...path, 'value']);
  // Listed values are held against the schema one by one.
  if (domain.kind === 'fixed' || domain.kind === 'values' || domain.kind === 'open') return true;
  if (drawsFractions(domain) && declared !== undefined && takesWholeNumbersOnly(declared)) {
    const instead = 'q' in domain ? 'a whole number for q' : 'int_uniform, or a distribution with q';
    checks.report(
      path,
      `${name} takes whole numbers, and ${domain.kind} gives fractions. Use ${instead}.`,
      'key',
    );
    return false;
  }
  const ends = endsOf(domain);
  if (ends === null) {
    if (takes(-Number.MAX_VALUE) && takes(Number.MAX_VALUE)) return true;
    checks.report(
      path,
      `${domain.kind} has no ends, and ${name} is ${expected()}. Give it min and max.`,
      'key',
    );
    return false;
  }
  const wrong = ends.filter(([, value]) => !takes(value));
  for (const [key, value] of wrong)
    checks.report([...path, key], `${key} of ${name} is ${value}; expected ${expected()}.`);
  return wrong.length === 0;
}

type NumberDomain = Exclude<Domain, { kind: 'fixed' | 'values' | 'open' }>;

function drawsFractions(domain: NumberDomain): boolean {
  return 'q' in domain ? !Number.isInteger(domain.q) : domain.kind !== 'int_uniform';
}

/** The smallest and the largest value, by the key that sets it; null for a domain without ends. */
function endsOf(domain: NumberDomain): [string, number][] | null {
  const bounds = 'bounds' in domain ? domain.bounds : domain;
  if (bounds === null) return null;
  if (!('q' in domain))
    return [
      ['min', bounds.min],
      ['max', bounds.max],
    ];
  const { first, last } = multiplesWithin(bounds, domain.q);
  return [
    ['min', multipleOf(domain.q, first)],
    ['max', multipleOf(domain.q, last)],
  ];
}
