import { exp } from '../../numeric/elementary.js';
import { isRecord, numberIn } from './sweep-value.js';

/** What became of a part of a sweep. */
export interface SweepNote {
  readonly text: string;
  /** Whether a person should look at it before the first run. */
  readonly needsLook: boolean;
}

/** Keys of a parameter that a config has, too. */
const KEPT = ['value', 'values', 'probabilities', 'distribution', 'min', 'max', 'q', 'mu', 'sigma'];
/** Distributions whose bounds are exponents of e, and what they are with the bounds themselves. */
const OF_EXPONENTS: Readonly<Record<string, string>> = {
  log_uniform: 'log_uniform_values',
  q_log_uniform: 'q_log_uniform_values',
};
const WITHOUT_EQUIVALENT = [
  'log_normal',
  'q_log_normal',
  'inv_log_uniform',
  'inv_log_uniform_values',
  'beta',
  'q_beta',
];

/** The parameters of a sweep in the words of a config. Nested ones get the names that the program's flags have. */
export function convertParameters(given: unknown): {
  readonly parameters: Record<string, unknown>;
  readonly notes: readonly SweepNote[];
} {
  const parameters: Record<string, unknown> = {};
  const notes: SweepNote[] = [];
  const convert = (of: unknown, prefix: string): void => {
    if (!isRecord(of)) return;
    for (const [key, value] of Object.entries(of)) {
      const name = prefix + key;
      if (isRecord(value) && isRecord(value.parameters)) {
        convert(value.parameters, `${name}.`);
        notes.push({
          text: `${name}: its nested parameters become ${name}.NAME, so the program gets --${name}.NAME=... for each.`,
          needsLook: true,
        });
      } else parameters[name] = convertParameter(name, value, notes);
    }
  };
  convert(given, '');
  return { parameters, notes };
}

function convertParameter(name: string, value: unknown, notes: SweepNote[]): unknown {
  if (!isRecord(value)) return Array.isArray(value) ? { value } : value;
  const distribution = String(value.distribution ?? '');
  const kept = Object.fromEntries(Object.entries(value).filter(([key]) => KEPT.includes(key)));
  const left = Object.keys(value).filter((key) => !KEPT.includes(key));
  if (left.length > 0)
    notes.push({ text: `${name}: ${left.join(', ')} has no equivalent.`, needsLook: true });
  const values = OF_EXPONENTS[distribution];
  const [min, max] = [numberIn(value, 'min'), numberIn(value, 'max')];
  if (values !== undefined && min !== null && max !== null) {
    notes.push({
      text: `${name}: ${distribution} has exponents of e as bounds; here are the bounds.`,
      needsLook: false,
    });
    return { ...kept, distribution: values, min: rounded(exp(min)), max: rounded(exp(max)) };
  }
  if (!WITHOUT_EQUIVALENT.includes(distribution)) return kept;
  const bounds = min !== null && max !== null ? { min, max } : null;
  const replacement = distribution.startsWith('inv_') ? 'log_uniform_values' : 'uniform';
  notes.push({
    text:
      `${name}: fitfirst has no ${distribution}. ` +
      (bounds === null
        ? 'Replace the value below by a range.'
        : `${replacement} over the same range takes its place.`),
    needsLook: true,
  });
  const isPositive = bounds !== null && bounds.min > 0 && distribution !== 'inv_log_uniform';
  if (bounds === null) return { value: numberIn(value, 'mu') ?? 1 };
  return { distribution: isPositive ? replacement : 'uniform', ...bounds };
}

/** Nine digits: the exponent of a sweep was rounded, too. */
const rounded = (value: number): number => Number(value.toPrecision(9));
