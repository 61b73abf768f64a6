import type { Parameters, ParameterValue } from './parameters.js';

/** A parameter value as people read it: `32`, `relu`, `64-32` for a width per layer. */
export function formatValue(value: ParameterValue): string {
  return Array.isArray(value)
    ? value.join('-')
    : typeof value === 'number'
      ? formatNumber(value)
      : String(value);
}

/** A number with at most four significant digits, without trailing zeros. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** Some parameters of a setting: `hidden 32, dropout 0.5`. */
export function formatSetting(parameters: Parameters, names: readonly string[]): string {
  return names.map((name) => `${name} ${formatValue(parameters[name] ?? '')}`).join(', ');
}

/** `1 repeat`, `3 repeats`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function formatList(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
