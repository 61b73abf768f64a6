import { formatList } from '../../text/list.js';
import { quote } from '../../text/quote.js';
import { canonicalJson } from '../canonical-json.js';
import type { CampaignFacts } from '../event.js';
import type { Finding } from '../finding.js';
import type { Settled } from '../trial.js';
import { haveSameReports, trialFrame } from './same-reports.js';

/** Warns of parameters that change nothing: trials that differ in one of them alone gave the same numbers. */
export function noticeIgnoredParameters(trials: readonly Settled[], facts: CampaignFacts): Finding | null {
  const names = facts.parameters.filter((name) => facts.space[name]?.kind !== 'fixed');
  const ignored = names.filter((name) => isIgnored(name, trials));
  if (ignored.length === 0) return null;
  const isOne = ignored.length === 1;
  return {
    kind: 'warning',
    code: 'parameters-ignored',
    numbers: { parameters: ignored.join(', ') },
    because:
      `The program seems to ignore ${formatList(ignored.map(quote))}: trials that differ in ` +
      `${isOne ? 'it' : 'one of them'} alone give the same numbers to the last digit. Check the names in the ` +
      'command, and where the program reads them.',
  };
}

function isIgnored(name: string, trials: readonly Settled[]): boolean {
  const firsts = new Map<string, Settled>();
  let pairs = 0;
  for (const trial of trials) {
    if (trial.state !== 'finished') continue;
    const { [name]: value, ...others } = trial.spec.parameters;
    const rest = `${trialFrame(trial)} ${trial.spec.repeat} ${canonicalJson(others)}`;
    const first = firsts.get(rest);
    if (first === undefined) firsts.set(rest, trial);
    else if (canonicalJson(first.spec.parameters[name] ?? null) === canonicalJson(value ?? null)) continue;
    else if (!haveSameReports(first, trial)) return false;
    else pairs += 1;
  }
  return pairs > 0;
}
