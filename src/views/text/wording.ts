import type { Parameters, ParameterValue } from '../../campaign/parameters.js';

/** A number for people: at most four significant digits, no trailing zeros; a dash for what is not finite. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(4)));
}

/**
 * A number for a column: whole, or with three significant digits, so that those of one kind stand under each other.
 * What is not quite 1 is never shown as 1, because a training accuracy of 1 is a fit and one of 0.9996 is not.
 */
export function columnNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value < 1 && value > 0.999) return '0.999';
  const magnitude = Math.abs(value);
  if ((Number.isInteger(value) || magnitude >= 100) && magnitude < 1e6) return String(Math.round(value));
  return magnitude < 1e-4 || magnitude >= 1e6 ? value.toExponential(1) : value.toPrecision(3);
}

/** A mean and its standard error to the same decimal: `0.202 ± 0.007`. */
export function columnMean(mean: number, standardError: number | null): string {
  const text = columnNumber(mean);
  if (standardError === null || !Number.isFinite(standardError)) return text;
  const decimals = text.includes('e') ? null : (text.split('.')[1]?.length ?? 0);
  const error = decimals === null ? '' : standardError.toFixed(decimals);
  return `${text} ± ${Number(error) === 0 ? columnNumber(standardError) : error}`;
}

/** A parameter value for people: `32`, `relu`, `64-32` for a list. */
export function valueText(value: ParameterValue | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'object') return value.map(valueText).join('-');
  return typeof value === 'number' ? shortNumber(value) : printable(String(value));
}

/** Some parameters of a setting: `hidden 32, dropout 0.5`. */
export function settingText(parameters: Parameters, names: readonly string[], between = ', '): string {
  return names.map((name) => `${printable(name)} ${valueText(parameters[name])}`).join(between);
}

/** Seconds as `00:42`, or `1:02:03` from an hour on. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  const clock = `${two(minutes % 60)}:${two(whole % 60)}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${clock}`;
}

/** The name of a method or stage as people write it: `fit first` for `fit_first`. */
export function formatName(name: string): string {
  return printable(name).replaceAll('_', ' ');
}

/** Text of the user's own that cannot steer a terminal: control characters become `�`. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be kept out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
