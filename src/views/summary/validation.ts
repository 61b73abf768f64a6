import type { Campaign } from '../../campaign/campaign.js';
import type { CampaignFacts } from '../../campaign/event.js';
import { isSameSetting, type Parameters } from '../../campaign/parameters.js';
import { metricIn, type Report } from '../../campaign/report.js';
import { mean } from '../../campaign/statistics.js';
import type { Trial } from '../../campaign/trial.js';
import { bestReport, lastReport } from '../../campaign/trial-score.js';
import { stageSettings, trialsOf } from '../model/settings.js';
import { stagesFor } from '../model/stages.js';

/** The mean of the metric over a setting's repeats, by the two ways to choose an epoch. */
export interface ValidationOfSetting {
  readonly best: number;
  readonly last: number;
  readonly repeats: number;
}

/**
 * The setting in the last stage of the search that ran it on ordinary trials (not in the confirmation, whose repeats
 * are others); null where no repeat finished there.
 */
export function validationOf(
  parameters: Parameters,
  campaign: Campaign,
  facts: CampaignFacts,
): ValidationOfSetting | null {
  const confirming = stagesFor(campaign, 'select', 'confirm');
  const searched = stageSettings(campaign)
    .filter(({ stage }) => !confirming.includes(stage))
    .filter((setting) => isSameSetting(setting.parameters, parameters))
    .map((setting) => trialsOf(campaign, setting).filter(isOrdinary))
    .findLast((trials) => trials.length > 0);
  const valuesIn = (report: Report | null): number | [] => metricIn(report?.metrics, facts.metric.name) ?? [];
  const best = (searched ?? []).flatMap((trial) => valuesIn(bestReport(trial, facts.metric)));
  const last = (searched ?? []).flatMap((trial) => valuesIn(lastReport(trial)));
  return best.length === 0 ? null : { best: mean(best), last: mean(last), repeats: best.length };
}

function isOrdinary(trial: Trial): boolean {
  return trial.state === 'finished' && trial.spec.until === null && trial.spec.finish === null;
}
