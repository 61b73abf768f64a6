import type { Campaign } from '../../campaign/campaign.js';
import { isSettled } from '../../campaign/trial.js';
import type { ScoringRule } from '../../campaign/trial-score.js';
import { adjustedMeans } from '../../numeric/adjusted-means.js';
import { type StageSetting, scoreOf, trialsOf } from './settings.js';

/**
 * The mean of the metric of each setting, adjusted for the repeats that it ran on, among settings that compare. null
 * for one without settled repeats.
 */
function adjustedSettings(
  campaign: Campaign,
  settings: readonly StageSetting[],
  judgement: ScoringRule,
): ReadonlyMap<StageSetting, number | null> {
  const values = settings.map((setting) => {
    const settled = trialsOf(campaign, setting).filter(isSettled);
    return new Map(settled.map((trial) => [trial.spec.repeat, scoreOf(trial, judgement)] as const));
  });
  const means = adjustedMeans(values);
  return new Map(settings.map((setting, i) => [setting, means[i] ?? null]));
}

/**
 * The same for settings of several stages, of which those of one stage compare that end by the same rule and have the
 * same epochs.
 */
export function adjustedWithinStages(
  campaign: Campaign,
  settings: readonly StageSetting[],
  judgement: ScoringRule,
): ReadonlyMap<StageSetting, number | null> {
  const groups = new Map<string, StageSetting[]>();
  for (const setting of settings) {
    const name = [setting.stage, setting.epochs, setting.until ?? ''].join('\n');
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [setting]);
    else group.push(setting);
  }
  return new Map([...groups.values()].flatMap((group) => [...adjustedSettings(campaign, group, judgement)]));
}
