import { formatNumber } from '../text/number.js';
import { escapeControls } from '../text/quote.js';
import type { Parameters, ParameterValue } from './parameters.js';

/** A parameter value for people: `32`, `relu`, `64-32` for a list; a dash where there is none. */
export function formatValue(value: ParameterValue | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'object') return value.map(formatValue).join('-');
  return typeof value === 'number' ? formatNumber(value) : escapeControls(String(value));
}

/** Some parameters of a setting, those that it has: `hidden 32, dropout 0.5`. */
export function formatSetting(parameters: Parameters, names: readonly string[], separator = ', '): string {
  const present = names.filter((name) => Object.hasOwn(parameters, name));
  return present.map((name) => `${escapeControls(name)} ${formatValue(parameters[name])}`).join(separator);
}

/** The name of a method or stage as people write it: `fit first` for `fit_first`. */
export function formatName(name: string): string {
  return escapeControls(name).replaceAll('_', ' ');
}
