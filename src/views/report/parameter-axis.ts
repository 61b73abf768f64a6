import type { Domain } from '../../campaign/domain.js';
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

interface AxisOptions {
  /** Up to this many values are places; 10 if left out. */
  readonly places?: number;
  /** How the parameter is searched; left out where nothing is known of it. */
  readonly domain?: Domain | undefined;
}

/**
 * The axis of a parameter: few values evenly spaced, as `distinctValues` orders them, many numbers on a line. The line
 * is logarithmic if the numbers were drawn so, and where they were listed or nothing is known, if the largest is more
 * than 20 times the smallest.
 */
export function parameterAxis(
  name: string,
  values: readonly ParameterValue[],
  options: AxisOptions = {},
): ParameterAxis {
  const distinct = distinctValues(values, options.domain);
  const numbers = distinct.filter((value) => typeof value === 'number');
  const count = options.places ?? PLACES_UP_TO;
  if (distinct.length <= count || numbers.length < distinct.length) {
    const places = new Map<ParameterValue | undefined, number>(
      distinct.map((value, place) => [value, place]),
    );
    const texts = distinct.map((value) => JSON.stringify(value));
    return {
      axis: { kind: 'places', name, labels: distinct.map(formatValue) },
      // Equal lists are different keys of the map.
      place: (value) => places.get(value) ?? texts.indexOf(JSON.stringify(value)),
    };
  }
  const min = numbers.reduce((a, b) => Math.min(a, b));
  const max = numbers.reduce((a, b) => Math.max(a, b));
  return {
    axis: { kind: min > 0 && isLogarithmic(options.domain, max / min) ? 'log' : 'number', name },
    place: Number,
  };
}

function isLogarithmic(domain: Domain | undefined, ratio: number): boolean {
  switch (domain?.kind) {
    case 'log_uniform_values':
    case 'q_log_uniform_values':
      return true;
    case 'uniform':
    case 'int_uniform':
    case 'q_uniform':
    case 'normal':
    case 'q_normal':
      return false;
    case 'fixed':
    case 'values':
    case 'open':
    case undefined:
      return ratio > 20;
    default:
      return domain satisfies never;
  }
}
