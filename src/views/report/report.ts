import type { Campaign } from '../../campaign/campaign.js';
import { formatName, formatSetting } from '../../campaign/format-setting.js';
import { isSameSetting } from '../../campaign/parameters.js';
import { formatClock } from '../../text/duration.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { elapsedSeconds } from '../model/timing.js';
import { formatCounts, trialsWithoutResult } from '../model/trials-without-result.js';
import { variedParameters } from '../model/varied-parameters.js';
import { lastFinding, warnings } from '../summary/decisions.js';
import { finalTrials } from '../summary/final-trials.js';
import { drawChapters } from './chapters.js';
import { Html, html } from './html.js';
import type { RunFacts } from './run-facts.js';
import type { ReportOrigin } from './sections/reproduce-section.js';
import { STANDALONE_POLICY } from './standalone-page.js';
import { style } from './style.js';

/** What a report says first. */
interface ReportStart {
  /** The method, how many trials it has asked for, when the campaign began and how long it ran. */
  readonly method: Html;
  /** The conclusion, and the figures that one looks for first. */
  readonly answer: Html;
}

/** A report of a campaign, without the page around it. */
interface ReportBody extends ReportStart {
  readonly name: string;
  /** Links to the chapters. */
  readonly contents: Html;
  readonly chapters: readonly Html[];
}

/** What the report of a campaign says before its chapters: this takes little time. */
export function reportStart(campaign: Campaign, run: RunFacts | null): ReportStart {
  const { facts, conclusion } = campaign;
  return {
    method: html`<p class="method">${formatName(facts?.method ?? '')} · ${formatCount(
      campaign.asked.size,
      'trial',
    )}${run !== null && ranInWords(run)}</p>`,
    answer: html`<p class="answer">${
      conclusion?.because ?? 'The campaign is not concluded yet; this is its progress so far.'
    }</p>
${tiles(campaign)}`,
  };
}

/**
 * Draws the report of a campaign, in the order in which it was decided. It stops after each chapter, table and
 * picture, so that a program that has something else to do can do it.
 */
export function* drawReport(campaign: Campaign, origin: ReportOrigin): Generator<undefined, ReportBody> {
  using _ = campaign.trials.keepRead();
  const chapters = yield* drawChapters(campaign, origin);
  return {
    name: campaign.facts?.name ?? 'campaign',
    ...reportStart(campaign, origin.run),
    contents: html`<nav aria-label="Chapters"><ul>${chapters.map(
      ({ id, label }) => html`<li><a href="#${id}">${label}</a></li>\n`,
    )}</ul></nav>`,
    chapters: chapters.map(({ text }) => text),
  };
}

/**
 * The text of `report.html`: a campaign in the order in which it was decided, in one file that needs no network
 * and runs no script. The same campaign that ran in the same way gives the same text.
 *
 * @param version the version of fitfirst that writes it
 * @param config the path to the config from the folder of the report; null if it is not known
 * @param run how the campaign ran: dates and times, and the machine; null if it is not known
 */
export function reportHtml(
  campaign: Campaign,
  version: string,
  config: string | null = null,
  run: RunFacts | null = null,
): string {
  const drawing = drawReport(campaign, { version, config, run });
  for (;;) {
    const step = drawing.next();
    if (step.done === true) return reportPage(step.value, version);
  }
}

/** The text of `report.html`, of a report that is drawn. */
export function reportPage(
  { name, method, answer, contents, chapters }: ReportBody,
  version: string,
): string {
  const page = html`<body class="report">
<header>
<h1>${name}</h1>
${method}
${answer}
${contents}
</header>
<main>
${chapters}
</main>
<footer>Written by fitfirst ${version} from the campaign's journal.</footer>
</body>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${STANDALONE_POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${html`<title>${name} · fitfirst</title>`.text}
<style>${style}</style>
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
    const isSame = isSameSetting(strict.parameters, chosen.parameters);
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
