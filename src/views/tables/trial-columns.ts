import type { CampaignFacts } from '../../campaign/event.js';

/** Names of the columns of a table of trials. */
interface TrialColumns {
  /** One a parameter, in the order of the config. */
  readonly parameters: readonly string[];
  /** One a metric, in the order of the metrics. */
  readonly metrics: readonly string[];
}

const fixed = ['trial', 'stage', 'state', 'repeat', 'epochs', 'best_epoch', 'reason'];

/**
 * Names columns so that no two are the same: a parameter that is called like a column of ours (`epochs`, as a rule)
 * is `parameter_epochs`, and a metric that is called like a parameter is `metric_...`.
 */
export function trialColumns(facts: CampaignFacts | null, metrics: readonly string[]): TrialColumns {
  const taken = new Set(fixed);
  const free = (name: string, prefix: string): string => {
    let column = name;
    while (taken.has(column)) column = `${prefix}_${column}`;
    taken.add(column);
    return column;
  };
  return {
    parameters: (facts?.parameters ?? []).map((name) => free(name, 'parameter')),
    metrics: metrics.map((name) => free(name, 'metric')),
  };
}
