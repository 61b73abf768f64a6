import { canonicalJson } from '../canonical-json.js';
import type { Finding } from '../finding.js';
import type { Settled } from '../trial.js';
import { haveSameReports, trialFrame } from './same-reports.js';

/** Warns if no two repeats of a setting differ, which the first pair shows: the program then ignores the seed. */
export function noticeIdenticalRepeats(trials: readonly Settled[]): Finding | null {
  const firsts = new Map<string, Settled>();
  let pairs = 0;
  for (const trial of trials) {
    if (trial.state !== 'finished') continue;
    const setting = `${trialFrame(trial)} ${canonicalJson(trial.spec.parameters)}`;
    const first = firsts.get(setting);
    if (first === undefined) firsts.set(setting, trial);
    else if (!haveSameReports(first, trial)) return null;
    else pairs += 1;
  }
  if (pairs === 0) return null;
  return {
    kind: 'warning',
    code: 'repeats-identical',
    numbers: { pairs },
    because:
      'Repeats of a setting give the same numbers to the last digit, so they say nothing about chance. Have the ' +
      'program use the seed, which is in $FITFIRST_SEED and in the macro for the seed. If it always gives the same ' +
      'result, set repeats: 1.',
  };
}
