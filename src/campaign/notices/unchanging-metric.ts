import { canonicalJson } from '../canonical-json.js';
import type { CampaignFacts } from '../event.js';
import type { Finding } from '../finding.js';
import type { Settled } from '../trial.js';
import { trialScore } from '../trial-score.js';

/** Settings that have to agree before their metric is said never to change. */
const MIN_SETTINGS = 4;

/** Warns if all settings have the same score. */
export function noticeUnchangingMetric(trials: readonly Settled[], facts: CampaignFacts): Finding | null {
  const finished = trials.filter(({ state, spec }) => state === 'finished' && spec.finish === null);
  const [first, ...others] = finished;
  if (first === undefined) return null;
  const score = trialScore(first, facts);
  if (!Number.isFinite(score) || others.some((trial) => trialScore(trial, facts) !== score)) return null;
  const settings = new Set(finished.map(({ spec }) => canonicalJson(spec.parameters))).size;
  if (settings < MIN_SETTINGS) return null;
  return {
    kind: 'warning',
    code: 'metric-unchanging',
    numbers: { metric: facts.metric.name, value: score, settings },
    because:
      `${facts.metric.name} is ${score} for all ${settings} settings so far. Check that the program uses the ` +
      'parameters, and that the metric is read from the right place.',
  };
}
