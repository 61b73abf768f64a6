import { canonicalJson } from '../campaign/canonical-json.js';
import type { Domain } from '../campaign/domain.js';
import { domainSize } from '../campaign/domain.js';
import type { ParameterValue } from '../campaign/parameters.js';
import { shareOf } from '../campaign/space/quantile.js';

/** Domains with at most this many values have a place for each value. */
const MAX_PLACES = 32;

/** A value of a parameter among the scored settings. */
export interface AxisValue {
  /** undefined where the parameter is not active. */
  readonly value: ParameterValue | undefined;
  /** The score of the setting. */
  readonly score: number;
}

/**
 * A parameter as a coordinate from 0 to 1 in which its draws are uniform. So a log scale is a log scale, and lengths
 * are probabilities.
 */
export interface ImportanceAxis {
  readonly name: string;
  /** The coordinate in each setting; NaN where the parameter is not active. */
  readonly coordinates: Float64Array;
  /** Upper ends of the places of listed values, in rising order; null for a continuous parameter. */
  readonly ends: Float64Array | null;
}

/**
 * The axis of a parameter; null if fewer than two of its values were tried. Listed values have a place each, which is
 * as long as the value is probable among those that were tried. Numbers are placed in rising order. Other values are
 * placed in the order of their mean scores, which is the best order for splits of a regression tree (Breiman et al.
 * 1984, "Classification and Regression Trees", section 9.4).
 */
export function createAxis(name: string, domain: Domain, tried: readonly AxisValue[]): ImportanceAxis | null {
  const places = placesOf(tried);
  if (places.size < 2) return null;
  const size = domain.kind === 'open' ? places.size : domainSize(domain);
  if (size === null || (size > MAX_PLACES && domain.kind !== 'values')) {
    const coordinates = Float64Array.from(tried, ({ value }) =>
      typeof value === 'number' ? Math.min(Math.max(shareOf(domain, value), 0), 1) : Number.NaN,
    );
    return { name, coordinates, ends: null };
  }
  const ordered = [...places.values()];
  const areNumbers = ordered.every(({ value }) => typeof value === 'number');
  ordered.sort((a, b) =>
    areNumbers ? Number(a.value) - Number(b.value) : a.sum / a.count - b.sum / b.count,
  );
  const weights = ordered.map(({ value }) => weightOf(domain, value));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ends = new Float64Array(ordered.length);
  const middles = new Map<string, number>();
  let end = 0;
  ordered.forEach(({ value }, i) => {
    const start = end;
    end = i === ordered.length - 1 ? 1 : start + (weights[i] ?? 0) / total;
    ends[i] = end;
    middles.set(canonicalJson(value), (start + end) / 2);
  });
  const coordinates = Float64Array.from(tried, ({ value }) =>
    value === undefined ? Number.NaN : (middles.get(canonicalJson(value)) ?? Number.NaN),
  );
  return { name, coordinates, ends };
}

interface Place {
  readonly value: ParameterValue;
  readonly sum: number;
  readonly count: number;
}

function placesOf(tried: readonly AxisValue[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { value, score } of tried) {
    if (value === undefined) continue;
    const text = canonicalJson(value);
    const { sum, count } = places.get(text) ?? { sum: 0, count: 0 };
    places.set(text, { value, sum: sum + score, count: count + 1 });
  }
  return places;
}

/** How probable a value is, up to a factor. A value that the method added to the list counts as one of the list. */
function weightOf(domain: Domain, value: ParameterValue): number {
  if (domain.kind !== 'values' || domain.probabilities === null) return 1;
  const text = canonicalJson(value);
  const place = domain.values.findIndex((one) => canonicalJson(one) === text);
  // A value that is never drawn keeps a place, or its settings would have none.
  return Math.max(domain.probabilities[place] ?? 0, 1 / (100 * domain.values.length));
}
