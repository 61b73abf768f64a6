import type { Campaign } from '../../campaign/campaign.js';
import { formatSetting } from '../../campaign/format-setting.js';
import { metricIn } from '../../campaign/report.js';
import type { Trial } from '../../campaign/trial.js';
import { formatSeconds } from '../../text/duration.js';
import { formatCount } from '../../text/number.js';
import { metricNames } from '../model/metric-names.js';
import type { Timing } from '../model/timing.js';
import { plainTable, type TableCell } from '../report/data-table.js';
import { figure } from '../report/figure.js';
import { type Html, html } from '../report/html.js';
import { trialEnding } from '../text/trial-ending.js';
import { pageHtml } from './page.js';

/** Epochs that the table shows, evenly spread, the last among them. */
const MAX_EPOCHS = 500;

/** A trial, and the version of its campaign that the page shows. */
interface ShownTrial {
  readonly folder: string;
  readonly campaign: Campaign;
  readonly timing: Timing;
  readonly trial: Trial;
  readonly version: string;
}

/** One trial: its parameters, its learning curve, its attempts, and why it failed if it did. */
export function trialPage({ folder, campaign, timing, trial, version }: ShownTrial): string {
  const query = `folder=${encodeURIComponent(folder)}`;
  const { parameters, repeat } = trial.spec;
  const setting = formatSetting(parameters, Object.keys(parameters));
  const ending = campaign.facts && trialEnding(trial, campaign.facts.metric);
  const body = html`<header data-seen="${version}"><h1>Trial ${trial.number}</h1>
<p class="method"><a href="./">All campaigns</a> · <a href="campaign?${query}">Report</a> ·
<a href="trials?${query}">Trials</a> <span id="live" role="status"></span></p>
<p class="answer">${trial.state}, stage ${trial.stage}, repeat ${repeat}: ${setting}</p>${
    ending !== null && html`\n<p>${ending}</p>`
  }</header>
<main>${failureOf(trial, timing)}
<section><h2>Parameters</h2>${plainTable(
    'Parameters',
    ['parameter', 'value'],
    Object.entries(parameters).map(([name, value]) => [name, textOf(value)]),
  )}</section>
${curveOf(campaign, trial)}
${attemptsOf(trial, timing)}</main>`;
  return pageHtml({ title: `Trial ${trial.number} of ${folder}`, body, events: `events?${query}` });
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join('-') : String(value));

/** What went wrong last. */
function failureOf(trial: Trial, timing: Timing): Html | null {
  const failure = timing.failures.get(trial.key);
  if (failure === undefined || trial.state === 'finished') return null;
  return html`<section><h2>Why it failed</h2><pre>${failure.message}</pre></section>`;
}

function curveOf(campaign: Campaign, { reports }: Trial): Html | null {
  if (reports.size === 0 || campaign.facts === null) return null;
  const { name } = campaign.facts.metric;
  const points = reports.toArray().flatMap(({ epoch, metrics }) => {
    const value = metricIn(metrics, name);
    return value === undefined || !Number.isFinite(value) ? [] : [[epoch, value] as const];
  });
  const step = Math.ceil(reports.size / MAX_EPOCHS);
  const shown = reports.toArray().filter((_, index) => (reports.size - 1 - index) % step === 0);
  const names = metricNames(campaign);
  const cells = shown.map(({ epoch, metrics }): TableCell[] => [
    epoch,
    ...names.map((metric) => metricIn(metrics, metric) ?? null),
  ]);
  return html`<section><h2>Learning curve</h2>
${
  points.length > 1 &&
  figure(
    {
      x: { kind: 'number', name: 'epoch', whole: true },
      y: { kind: 'number', name },
      layers: [{ kind: 'line', role: 'chosen', dashed: false, width: 2, points }],
    },
    { title: `${name} by epoch` },
  )
}
${plainTable(`Reports of ${formatCount(shown.length, 'epoch')}`, ['epoch', ...names], cells)}</section>`;
}

function attemptsOf(trial: Trial, { attempts }: Timing): Html | null {
  const rows = attempts
    .toArray()
    .filter((attempt) => attempt.trial === trial.key)
    .map(({ attempt, worker, started, ended, how }): TableCell[] => [
      attempt,
      worker,
      new Date(started).toISOString().slice(0, 19).replace('T', ' '),
      ended === null ? 'running' : formatSeconds((ended - started) / 1000),
      how ?? 'running',
    ]);
  if (rows.length === 0) return null;
  return html`<section><h2>Attempts</h2>
${plainTable('Attempts', ['attempt', 'worker', 'started (UTC)', 'duration', 'ended'], rows)}</section>`;
}
