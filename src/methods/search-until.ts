import type { Parameters } from '../campaign/parameters.js';
import { mean } from '../campaign/statistics.js';
import { trialScore } from '../campaign/trial-score.js';
import type { Comparison } from './comparison.js';
import type { Procedure } from './method.js';
import { createStopWatch, type StopRule } from './stop-rule.js';

/** Settings that may run at once, so that results do not depend on the number of workers. */
const WINDOW = 8;

/** The settings that ran before the search ended, and why it did; null where all ran. */
interface Reached {
  readonly settings: readonly Parameters[];
  readonly reason: string | null;
}

/**
 * Runs settings on the first repeats, in their order, until the rule ends the search. The rule hears of them in the
 * order of asking, and settings that ran at that time count as well.
 */
export function* searchUntil(
  settings: readonly Parameters[],
  rule: StopRule,
  { epochs, comparison, because }: { epochs: number; comparison: Comparison; because: string },
): Procedure<Reached> {
  const { first } = comparison.repeats;
  const watch = createStopWatch(rule, comparison.metric);
  const scores: number[] = [];
  let asked = 0;
  for (const parameters of settings) {
    if (watch.reason !== null) break;
    asked += 1;
    const trials = Array.from({ length: first }, (_, i) => ({
      parameters,
      repeat: i + 1,
      epochs,
      until: null,
      finish: null,
    }));
    const window = (WINDOW - 1) * first + 1;
    const settled = yield { kind: 'ask', stage: 'search', because, trials, window };
    for (const trial of settled) {
      scores.push(trialScore(trial, comparison));
      if (scores.length % first === 0) watch.observe(mean(scores.slice(-first)));
    }
  }
  yield { kind: 'collect' };
  return { settings: settings.slice(0, asked), reason: watch.reason };
}
