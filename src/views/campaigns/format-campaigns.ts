import { formatSetting } from '../../campaign/format-setting.js';
import { formatAge } from '../../text/duration.js';
import { formatNumber, formatWhole } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { textWidth } from '../text/text-width.js';
import { fitText, wrapText } from '../text/wrapped-text.js';
import type { CampaignOverview, ReadableCampaign } from './campaign-overview.js';

interface FormatOptions {
  /** Columns that a line may have. */
  readonly width: number;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** Up to this many columns are used for the name of a folder where that leaves too little for the results. */
const MAX_FOLDER = 40;
/** A table with less room for the results than this is hard to read. */
const MIN_RESULT = 24;
const INDENT = '    ';

/**
 * Campaigns as a table with a header: folder, state, trials, age and result. Where the columns do not fit, each
 * campaign has a line for its folder and further lines for the rest. Lines end with `\n`.
 */
export function formatCampaigns(
  campaigns: readonly CampaignOverview[],
  { width, now }: FormatOptions,
): string {
  const rows = campaigns.map((campaign) => cellsOf(campaign, now));
  const header = ['campaign', 'state', 'trials', 'last event', 'result'];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...[header, ...rows].map((cells) => textWidth(cells[column] ?? ''))),
  );
  widths[0] = Math.min(widths[0] ?? 0, MAX_FOLDER);
  const used = widths.reduce((sum, columns) => sum + columns + 2, 0);
  const lines =
    width - used >= MIN_RESULT
      ? [header, ...rows].flatMap((cells) => tableLines(cells, widths, width - used))
      : rows.flatMap((cells) => stackedLines(cells, Math.max(width, MIN_RESULT)));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function cellsOf(campaign: CampaignOverview, now: number): string[] {
  const folder = escapeControls(campaign.folder);
  if (campaign.state === 'unreadable')
    return [folder, 'unreadable', '', '', escapeControls(campaign.problem.split('\n', 1)[0] ?? '')];
  const { asked, settled } = campaign.trials;
  return [
    folder,
    campaign.state.replace('-', ' '),
    asked === settled ? formatWhole(settled) : `${formatWhole(settled)} of ${formatWhole(asked)}`,
    campaign.lastEvent === null ? '' : formatAge(now - campaign.lastEvent),
    resultOf(campaign),
  ];
}

function resultOf(campaign: ReadableCampaign): string {
  const { chosen, score, metric, conclusion } = campaign;
  if (chosen !== null) {
    const setting = formatSetting(chosen, campaign.varied) || 'the only setting';
    return score === null ? setting : `${setting}: ${escapeControls(metric.name)} ${formatNumber(score)}`;
  }
  if (conclusion !== null && conclusion !== 'chosen') return WITHOUT_CHOICE[conclusion];
  return campaign.best === null ? 'no result yet' : `best so far: ${campaign.best}`;
}

const WITHOUT_CHOICE = {
  'nothing-fits': 'nothing fits',
  failed: 'too many trials failed',
  stopped: 'stopped without a result',
} as const;

function tableLines(cells: readonly string[], widths: readonly number[], room: number): string[] {
  const [first = '', ...more] = wrapText(cells[4] ?? '', room);
  const start = widths.map((columns, i) => fitText(cells[i] ?? '', columns)).join('  ');
  const indent = ' '.repeat(textWidth(start));
  return [`${start}  ${first}`, ...more.map((line) => `${indent}  ${line}`)];
}

function stackedLines(
  [folder = '', state, trials, age, result = '']: readonly string[],
  width: number,
): string[] {
  const facts = [state, trials && `${trials} trials`, age].filter(Boolean).join(', ');
  const inner = [facts, result].flatMap((text) => wrapText(text, width - INDENT.length));
  return [...wrapText(folder, width), ...inner.map((line) => INDENT + line)];
}
