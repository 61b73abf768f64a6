import type { PaperCampaign } from './campaign.js';
import { errorText, TEST_IMAGES, table } from './tables.js';

/** A sentence as an item of a list, broken before it is too long to read. */
function listItem(sentence: string): string {
  return `- ${sentence}`.replace(/(.{80,110}) /g, '$1\n  ');
}

/** What the page says of the campaign; nothing if it was not run. */
export function campaignSection(campaign: PaperCampaign | null): string {
  if (campaign === null) return '';
  const { fitted, grown, strict, chosen, baseline, gain, test, committee, decisions } = campaign;
  const wrongIn = (scores: Readonly<Record<string, number>>): number =>
    Math.round((1 - (scores.accuracy ?? Number.NaN)) * TEST_IMAGES);
  const settingText = (setting: PaperCampaign['chosen'] | null): string =>
    setting === null
      ? '-'
      : `${setting.hidden} units, dropout ${setting.dropout}, ${setting.input_dropout} on inputs`;
  const networks = committee?.networks ?? 1;
  const rows = [
    ['smallest size that counts as fitted', settingText(fitted), '-'],
    ['best size without dropout', settingText(grown), '-'],
    ['would be chosen by the strict advice', settingText(strict), '-'],
    ['the baseline: best without dropout', settingText(baseline), campaign.baseline_test],
    ['chosen, a single network', settingText(chosen), committee?.single_test ?? test],
    ...(networks > 1 ? [[`chosen, ${networks} networks together`, settingText(chosen), test]] : []),
  ].map(([what, setting, scores]) => [
    String(what),
    String(setting),
    typeof scores === 'object' && scores !== null ? errorText(wrongIn(scores)) : '-',
  ]);
  const ended = decisions.filter((sentence) => /^Growth end|counts as fitted|fits: /.test(sentence));
  const loss = (value: number | null): string => value?.toFixed(4) ?? '-';
  const gainText =
    gain === null
      ? ''
      : `\nThe gain of dropout in validation loss is ${loss(gain.mean)} (${loss(gain.low)} to ${loss(gain.high)}, ` +
        `95 %) over\n${gain.repeats} fresh repeats.\n`;
  return `## A campaign

A person who has the images as a table of 785 columns, and an hour of two cores, writes the config with
\`fitfirst init mnist-train.npy --target 784 --budget 1h\` and starts it with \`fitfirst run\`. Nothing was changed by
hand. A fifth of the training images became the validation part. The last networks learned from all training images and
met the test images once.

${table(['what', 'setting', 'test error'], rows)}

The campaign ran ${campaign.trials} trials of ${campaign.epochs_trained} epochs in all, which kept two workers busy for
${Math.round(campaign.busy_minutes)} minutes. What it said of growth:

${ended.map(listItem).join('\n')}
${gainText}
`;
}
