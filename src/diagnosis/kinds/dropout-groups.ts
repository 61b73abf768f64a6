import { canonicalJson } from '../../campaign/canonical-json.js';
import { isBetter } from '../../campaign/metric.js';
import { isSameSetting, type Parameters } from '../../campaign/parameters.js';
import { mean } from '../../campaign/statistics.js';
import { type Evidence, scoresByRepeat, type TrialGroup } from '../evidence.js';

/** The race over dropout where dropout does not help: the baseline, and the best setting with dropout. */
export interface UselessDropout {
  readonly baseline: TrialGroup;
  readonly withDropout: TrialGroup;
  /** All settings with dropout. */
  readonly all: readonly TrialGroup[];
}

/** The settings to look at where the campaign says that dropout does not help; null anywhere else. */
export function uselessDropout({ campaign, facts, finding, groups }: Evidence): UselessDropout | null {
  const isUseless = campaign.findings.some(
    (one) => one.kind === 'warning' && one.code === 'dropout-does-not-help',
  );
  const setting = finding('baseline')?.parameters;
  if (!isUseless || setting === undefined) return null;
  const race = groups('full', 'race');
  const baseline = race.find(({ parameters }) => isSameSetting(parameters, setting));
  const isOff = (parameters: Parameters): boolean =>
    facts.plan.regularisers.every(
      ({ name, off }) => canonicalJson(parameters[name] ?? off) === canonicalJson(off),
    );
  const all = race.filter(({ parameters }) => !isOff(parameters));
  const longest = Math.max(0, ...all.map(({ trials }) => trials.length));
  let best: { readonly group: TrialGroup; readonly score: number } | null = null;
  for (const group of all) {
    if (group.trials.length < longest) continue;
    const score = mean([...scoresByRepeat(group, facts).values()]);
    if (Number.isFinite(score) && (best === null || isBetter(facts.metric.goal, score, best.score)))
      best = { group, score };
  }
  return baseline === undefined || best === null ? null : { baseline, withDropout: best.group, all };
}
