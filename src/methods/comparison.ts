import { canonicalJson } from '../campaign/canonical-json.js';
import type { Metric } from '../campaign/metric.js';
import type { Parameters } from '../campaign/parameters.js';
import type { ScoringRule } from '../campaign/trial-score.js';

/** On how many repeats settings run. */
export interface RaceRepeats {
  /** Every setting runs the first `first` repeats; the race goes up to `most`. Equal: no race. */
  readonly first: number;
  readonly most: number;
  /** Settings leave the race by paired tests, the first of them after this many repeats; by halving if left out. */
  readonly firstTest?: number;
}

/** How settings are compared, in every stage that compares by the metric. */
export interface Comparison extends ScoringRule {
  readonly repeats: RaceRepeats;
  /** How large the network is (its number of weights); 0 for all where nobody knows. */
  readonly cost: (parameters: Parameters) => number;
  /** Objectives in addition to the metric; none if left out. */
  readonly objectives?: readonly Metric[];
  /** Rows that a network learns from; 0 or left out without data. */
  readonly trainingRows?: number;
  /** Validation rows over training rows, for the intervals; 0 without data. */
  readonly overlap: number;
}

/** Settings without the second and later of equal ones, in order. */
export function distinct(settings: readonly Parameters[]): Parameters[] {
  const seen = new Set<string>();
  return settings.filter((setting) => {
    const text = canonicalJson(setting);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** True where two settings have equal values. */
export function equalSettings(a: Parameters, b: Parameters): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
