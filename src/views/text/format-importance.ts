import type { Campaign } from '../../campaign/campaign.js';
import { type Importance, importanceOf } from '../../importance/importance.js';
import { formatCount, formatPercent } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { textWidth } from './text-width.js';
import { fitText, wrapText } from './wrapped-text.js';

/** Pairs that explain less are not named. */
const MIN_PAIR_SHARE = 0.05;
/** Columns of a bar at least and at most. */
const BAR = { min: 6, max: 40 };
/** Columns of a name at most. */
const MAX_NAME = 24;

/** Which parameters of a campaign mattered, as lines of at most `width` columns, each with its end. */
export function formatImportance(campaign: Campaign, width: number): string {
  const importance = importanceOf(campaign);
  const lines =
    importance === null
      ? wrapText(
          'Importance needs at least 8 settings that ran their full epochs and gave a number, and a parameter ' +
            'that varies among them.',
          width,
        )
      : formatLines(importance, width);
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function formatLines(importance: Importance, width: number): string[] {
  const { parameters } = importance;
  const names = parameters.map(({ name }) => escapeControls(name));
  const column = Math.min(MAX_NAME, Math.max(...names.map(textWidth)));
  const shares = parameters.map(({ share, error }) => `${formatPercent(share)} ± ${formatPercent(error)}`);
  const best = parameters.map(({ amongBest }) => formatPercent(amongBest));
  const header = ['share of variance', 'best quarter'] as const;
  const shareColumn = Math.max(header[0].length, ...shares.map(textWidth));
  const bar = Math.min(BAR.max, Math.max(BAR.min, width - column - shareColumn - header[1].length - 8));
  const row = (name: string, drawn: string, share: string, amongBest: string): string =>
    `  ${fitText(name, column)}  ${fitText(drawn, bar)}  ${fitText(share, shareColumn, 'right')}  ` +
    fitText(amongBest, header[1].length, 'right');
  const sentences = [
    formatImportanceBasis(importance),
    formatChance(importance),
    formatPairs(importance) ?? '',
  ];
  return [
    ...wrapText(`Importance for ${escapeControls(importance.metric.name)}`, width),
    row('', '', ...header),
    ...parameters.map(({ share }, i) =>
      row(names[i] ?? '', '█'.repeat(Math.round(share * bar)), shares[i] ?? '', best[i] ?? ''),
    ),
    ...wrapText(escapeControls(sentences.filter((one) => one !== '').join(' ')), width - 2).map(
      (line) => `  ${line}`,
    ),
  ];
}

/** What the numbers rest on, as a sentence. */
export function formatImportanceBasis({ settings, leftOut, metric }: Importance): string {
  const without =
    leftOut === 0 ? '' : ` ${formatCount(leftOut, 'setting')} without a comparable number left out.`;
  return (
    `Estimated from ${formatCount(settings, 'setting')} that ran their full epochs, by their mean ${metric.name} ` +
    `over repeats.${without}`
  );
}

/** How much of the differences is chance, as a sentence. */
export function formatChance({ chance, parameters }: Importance): string {
  if (chance === null) {
    return 'No setting ran on several repeats, so part of the shares may be chance.';
  }
  const nothing = parameters.every(({ share }) => share === 0);
  return (
    `Chance explains about ${formatPercent(chance)} of the differences between the means` +
    `${nothing ? ', and no parameter explains more than chance.' : '.'}`
  );
}

/** The pairs that explain something together, as a sentence; null if none does. */
export function formatPairs({ pairs }: Importance): string | null {
  const named = pairs
    .filter(({ share }) => share >= MIN_PAIR_SHARE)
    .slice(0, 3)
    .map(({ names: [first, second], share }) => `${first} with ${second} ${formatPercent(share)}`);
  return named.length === 0 ? null : `Together, beyond what each explains alone: ${named.join(', ')}.`;
}
