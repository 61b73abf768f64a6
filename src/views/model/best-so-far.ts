import type { Campaign } from '../../campaign/campaign.js';
import { formatSetting } from '../../campaign/format-setting.js';
import { isBetter } from '../../campaign/metric.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { meanOfSetting, type StageSetting, stageSettings } from './settings.js';
import { variedParameters } from './varied-parameters.js';

/**
 * The setting that a campaign without conclusion has found best, in words: `hidden 32, dropout 0.2: mean val_loss 0.31
 * over 3 repeats`. Settings with more epochs come first, then those with more repeats, as in a race; of several stages
 * the last that compares counts. null where no trial has run its full epochs yet.
 */
export function bestSoFar(campaign: Campaign): string | null {
  const { facts } = campaign;
  if (facts === null) return null;
  const judged = stageSettings(campaign).flatMap((setting) => {
    const mean = setting.until === null ? meanOfSetting(campaign, setting, facts) : null;
    return mean === null || !Number.isFinite(mean.mean) ? [] : [{ setting, ...mean }];
  });
  const stage = judged.at(-1)?.setting.stage;
  const [best] = judged
    .filter(({ setting }) => setting.stage === stage)
    .sort((a, b) => {
      if (a.setting.epochs !== b.setting.epochs) return b.setting.epochs - a.setting.epochs;
      if (a.repeats !== b.repeats) return b.repeats - a.repeats;
      return isBetter(facts.metric.goal, a.mean, b.mean) ? -1 : 1;
    });
  if (best === undefined) return null;
  const name = nameOf(campaign, best.setting);
  return escapeControls(
    `${name === '' ? 'the only setting' : name}: mean ${facts.metric.name} ` +
      `${formatNumber(best.mean)} over ${formatCount(best.repeats, 'repeat')}`,
  );
}

function nameOf(campaign: Campaign, { parameters }: StageSetting): string {
  return formatSetting(parameters, variedParameters(campaign));
}
