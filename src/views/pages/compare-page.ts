import type { Campaign } from '../../campaign/campaign.js';
import { formatName, formatSetting } from '../../campaign/format-setting.js';
import { formatSeconds } from '../../text/duration.js';
import { formatNumber, formatWhole } from '../../text/number.js';
import type { Timing } from '../model/timing.js';
import { variedParameters } from '../model/varied-parameters.js';
import { type Html, html } from '../report/html.js';
import { formatParameter } from '../report/sections/asked-section.js';
import { type Summary, summarise } from '../summary/summary.js';
import { gainText } from './campaigns-page.js';
import { type ComparedCampaign, comparedCurves, comparedEffort } from './compared-curves.js';
import { pageHtml } from './page.js';

interface Column extends ComparedCampaign {
  readonly summary: Summary;
}

/** Facts of a campaign that are compared, in this order. A further one is a line here. */
const FACTS: readonly (readonly [label: string, value: (column: Column) => string])[] = [
  ['State', ({ campaign }) => (campaign.conclusion === null ? 'not concluded' : 'concluded')],
  ['Method', ({ summary }) => formatName(summary.method)],
  ['Metric', ({ summary }) => `${summary.metric.name} (${summary.metric.goal})`],
  ['Fits', ({ summary, campaign }) => settingText(summary.fitted, campaign)],
  ['Chosen', ({ summary, campaign }) => settingText(summary.chosen, campaign)],
  ['Mean of the metric', ({ summary }) => meanText(summary)],
  ['Gain of dropout (95 % interval)', ({ summary }) => gainText(summary.gain)],
  ['Test', ({ summary }) => testText(summary)],
  ['Trials', ({ summary }) => formatWhole(summary.trials)],
  ['Epochs trained', ({ summary }) => formatWhole(summary.epochs_trained)],
  ['Epochs saved by ending trials early', ({ summary }) => formatWhole(savedEpochs(summary))],
  ['Time of all trials', ({ timing }) => trainingTime(timing)],
  ['Warnings', ({ summary }) => formatWhole(summary.warnings.length)],
  ['Training rows', ({ campaign }) => rowsText(campaign)],
];

function savedEpochs({ ended_early = {} }: Summary): number {
  return Object.values(ended_early).reduce((sum, { epochs_saved }) => sum + epochs_saved, 0);
}

/**
 * Two to ten campaigns side by side: what they found, what it took, the parameters in which they differ, and their
 * curves over each other.
 */
export function comparePage(compared: readonly ComparedCampaign[], query: URLSearchParams): string {
  const columns = compared.map((one): Column => ({ ...one, summary: summarise(one.campaign) }));
  const rows = [
    ...FACTS.map(([label, value]) => [label, ...columns.map(value)]),
    ...differingSpaces(compared).map(([name, values]) => [`Values of ${name}`, ...values]),
  ];
  const body = html`<header><h1>Comparison</h1><p class="method"><a href="./">All campaigns</a></p></header>
<main class="views-page"><div class="scroll tall" tabindex="0" role="region" aria-label="Comparison"><table>
<thead><tr><th></th>${columns.map(
    ({ folder }) =>
      html`<th scope="col"><a href="campaign?folder=${encodeURIComponent(folder)}">${folder}</a></th>`,
  )}</tr></thead>
<tbody>${rows.map(
    ([label, ...values]) => html`<tr><th scope="row">${label}</th>${values.map(cell)}</tr>\n`,
  )}</tbody></table></div>
<form class="choices" method="get" action="compare">${compared.map(
    ({ folder }) => html`<input type="hidden" name="folder" value="${folder}">\n`,
  )}<div class="controls">${comparedEffort(compared, query)}<button>Show</button>
<span id="live" role="status"></span></div></form>
<div data-live>${comparedCurves(compared, query)}</div></main>`;
  return pageHtml({ title: 'Comparison', body, events: null });
}

function cell(value: string): Html {
  return html`<td>${value}</td>`;
}

/** The parameters whose values are not searched in the same way everywhere, with how each campaign searches them. */
function differingSpaces(compared: readonly ComparedCampaign[]): (readonly [string, string[]])[] {
  const spaces = compared.map(({ campaign }) => campaign.facts?.space ?? {});
  const names = [...new Set(spaces.flatMap((space) => Object.keys(space)))];
  return names.flatMap((name) => {
    const texts = spaces.map((space) =>
      formatParameter(Object.hasOwn(space, name) ? space[name] : undefined),
    );
    return new Set(texts).size > 1 ? [[name, texts] as const] : [];
  });
}

function settingText(parameters: Summary['chosen'], campaign: Campaign): string {
  if (parameters === null) return '–';
  return formatSetting(parameters, variedParameters(campaign)) || 'the only setting';
}

function meanText({ validation, checkpoint }: Summary): string {
  const { chosen } = validation;
  const mean = chosen?.[checkpoint];
  return mean === null || mean === undefined ? '–' : formatNumber(mean);
}

function testText({ test }: Summary): string {
  const entries = Object.entries(test ?? {});
  return entries.length === 0
    ? '–'
    : entries.map(([name, value]) => `${name} ${formatNumber(value)}`).join(', ');
}

/** Attempts that still run count for nothing. */
function trainingTime({ attempts }: Timing): string {
  let milliseconds = 0;
  for (const { started, ended } of attempts) milliseconds += (ended ?? started) - started;
  return formatSeconds(milliseconds / 1000);
}

function rowsText({ facts }: Campaign): string {
  return facts?.data ? formatWhole(facts.data.parts.training) : '–';
}
