import { formatValue } from '../../campaign/format-setting.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { distinctValues } from './compared.js';
import type { PlotAxis } from './plot/plot.js';

/** An axis for the values of a parameter, and where a value is on it. */
interface ParameterAxis {
  readonly axis: PlotAxis;
  readonly place: (value: ParameterValue | undefined) => number;
}

/** Up to this many values stand evenly spaced, each with its own label. */
const PLACES_UP_TO = 10;

/**
 * The axis of a parameter: few values evenly spaced, many numbers on a line, or a logarithmic one where the largest is
 * more than 20 times the smallest.
 */
export function parameterAxis(
  name: string,
  values: readonly ParameterValue[],
  options: { readonly places?: number } = {},
): ParameterAxis {
  const distinct = distinctValues(values);
  const numbers = distinct.filter((value) => typeof value === 'number');
  const count = options.places ?? PLACES_UP_TO;
  if (distinct.length <= count || numbers.length < distinct.length) {
    const texts = distinct.map((value) => JSON.stringify(value));
    return {
      axis: { kind: 'places', name, labels: distinct.map(formatValue) },
      place: (value) => texts.indexOf(JSON.stringify(value)),
    };
  }
  const min = numbers.reduce((a, b) => Math.min(a, b));
  const max = numbers.reduce((a, b) => Math.max(a, b));
  return {
    axis: { kind: min > 0 && max > 20 * min ? 'log' : 'number', name },
    place: Number,
  };
}
