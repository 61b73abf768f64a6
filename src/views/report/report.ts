import type { Campaign } from '../../campaign/campaign.js';
import { formatName, formatSetting } from '../../campaign/format-setting.js';
import { formatClock } from '../../text/duration.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { sameSetting } from '../model/settings.js';
import { elapsedSeconds } from '../model/timing.js';
import { formatCounts, trialsWithoutResult } from '../model/trials-without-result.js';
import { variedParameters } from '../model/varied-parameters.js';
import { lastFinding, warnings } from '../summary/decisions.js';
import { finalTrials } from '../summary/final-trials.js';
import { chaptersOf } from './chapters.js';
import { Html, html } from './html.js';
import type { RunFacts } from './run-facts.js';
import { STANDALONE_POLICY } from './standalone-page.js';
import { style } from './style.js';

/** What a report has in addition if a server shows it: its script, the address of its events, links, and a style. */
export interface ServedReport {
  readonly script: string;
  readonly events: string;
  readonly navigation: Html;
  readonly style: string;
}

/**
 * The text of `report.html`: a campaign in the order in which it was decided, in one file that needs no network
 * and runs no script. The same campaign that ran in the same way gives the same text.
 *
 * @param version the version of fitfirst that writes it
 * @param config the path to the config from the folder of the report; null if it is not known
 * @param run how the campaign ran: dates and times, and the machine; null if it is not known
 * @param served null for a page of its own, which runs no script
 */
export function reportHtml(
  campaign: Campaign,
  version: string,
  config: string | null = null,
  served: ServedReport | null = null,
  run: RunFacts | null = null,
): string {
  const { facts } = campaign;
  const name = facts?.name ?? 'campaign';
  const chapters = chaptersOf(campaign, { version, config, run });
  const page = html`<body${served === null ? new Html(' class="report"') : html` data-events="${served.events}"`}>
${served !== null && html`${served.navigation}<span id="live" role="status"></span>\n`}<header>
<h1>${name}</h1>
<p class="method">${formatName(facts?.method ?? '')} · ${formatCount(campaign.asked.size, 'trial')}${
    run !== null && ranInWords(run)
  }</p>
<p class="answer">${
    campaign.conclusion?.because ?? 'The campaign is not concluded yet; this is its progress so far.'
  }</p>
${tiles(campaign)}
<nav aria-label="Chapters"><ul>${chapters.map(
    ({ id, label }) => html`<li><a href="#${id}">${label}</a></li>\n`,
  )}</ul></nav>
</header>
<main>
${chapters.map(({ text }) => text)}
</main>
<footer>Written by fitfirst ${version} from the campaign's journal.</footer>
</body>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${served === null ? STANDALONE_POLICY : html`<script src="${served.script}" defer></script>`.text}
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${html`<title>${name} · fitfirst</title>`.text}
<style>${style}${served?.style ?? ''}</style>
</head>
${page.text}
</html>
`;
}

/** The day on which a campaign began, and how long it ran. */
function ranInWords({ timing }: RunFacts): string {
  if (timing.started === null) return '';
  const day = new Date(timing.started).toISOString().slice(0, 10);
  return ` · ${day} · ${formatClock(elapsedSeconds(timing, timing.last ?? timing.started))}`;
}

/** The figures that one looks for first. */
function tiles(campaign: Campaign): Html | null {
  const chosen = lastFinding(campaign, 'chosen');
  const gain = lastFinding(campaign, 'gain');
  const fitted = lastFinding(campaign, 'fitted');
  const size = campaign.findings.find(({ kind }) => kind === 'size');
  const grown = size?.kind === 'size' ? size.parameter : undefined;
  const { name } = campaign.facts?.metric ?? { name: '' };
  const found = warnings(campaign).length;
  const items: (readonly [label: string, value: string, note: string])[] = [];
  if (fitted !== undefined && grown !== undefined) {
    const value = fitted.parameters === null ? 'nothing fits' : formatSetting(fitted.parameters, [grown]);
    items.push(['Smallest that fits', value, '']);
  }
  if (chosen !== undefined) {
    const setting = formatSetting(chosen.parameters, variedParameters(campaign));
    items.push(['Chosen', setting, `mean ${name} ${formatNumber(chosen.validation.mean)}`]);
  }
  const strict = lastFinding(campaign, 'strict');
  if (strict !== undefined && chosen !== undefined && campaign.facts?.plan.options.grow_on !== null) {
    const isSame = sameSetting(strict.parameters, chosen.parameters);
    const setting = formatSetting(strict.parameters, variedParameters(campaign));
    const mean =
      strict.validation === undefined ? '' : `mean ${name} ${formatNumber(strict.validation.mean)}`;
    items.push([
      'Strict advice: dropout at the fitted size',
      isSame ? 'the same' : setting,
      isSame ? '' : mean,
    ]);
  }
  if (gain !== undefined) {
    const interval =
      gain.low === null || gain.high === null
        ? ''
        : `95 % interval ${formatNumber(gain.low)} to ` +
          `${formatNumber(gain.high)}${gain.low <= 0 && gain.high >= 0 ? ': it is not sure that dropout helps' : ''}`;
    items.push([`Gain in ${name}`, formatNumber(gain.mean), interval]);
  }
  items.push(...testTile(campaign));
  const without = formatCounts(trialsWithoutResult(campaign), ['failed', 'stopped']);
  if (without !== '') items.push(['Trials without a result', without, 'see below']);
  if (found > 0) items.push(['Warnings', String(found), 'see below']);
  if (items.length === 0) return null;
  return html`<dl class="tiles">${items.map(
    ([label, value, note]) =>
      html`<div><dt>${label}</dt><dd${value.length > 24 && new Html(' class="long"')}>${value}${
        note !== '' && html`<small>${note}</small>`
      }</dd></div>\n`,
  )}</dl>`;
}

/** The score that says most: accuracy or R2 where there is one. */
function testTile(campaign: Campaign): [string, string, string][] {
  const { chosen } = finalTrials(campaign);
  const test = chosen?.state === 'finished' ? (chosen.evaluation?.test ?? null) : null;
  const names = Object.keys(test ?? {}).sort();
  const name = ['accuracy', 'r2'].find((known) => names.includes(known)) ?? names[0];
  const estimate = name === undefined ? undefined : test?.[name];
  if (name === undefined || estimate === undefined) return [];
  const { low, high } = estimate;
  const interval =
    low === null || high === null ? '' : `95 % interval ${formatNumber(low)} to ${formatNumber(high)}`;
  return [[`Test ${name}`, formatNumber(estimate.value), interval]];
}
