import type { Campaign } from '../../../campaign/campaign.js';
import { formatValue } from '../../../campaign/format-setting.js';
import { advantage } from '../../../campaign/metric.js';
import { isSameSetting, type Parameters } from '../../../campaign/parameters.js';
import { metricIn } from '../../../campaign/report.js';
import { meanOverRepeats } from '../../../campaign/statistics.js';
import { lastReport } from '../../../campaign/trial-score.js';
import { stageSettings, trialsOf } from '../../model/settings.js';
import { variedInStage } from '../../model/varied-parameters.js';
import { lastFinding } from '../../summary/decisions.js';
import { plainTable, type TableCell } from '../data-table.js';
import { type Html, html } from '../html.js';
import { stageTitle } from '../stage-title.js';

/** The finalists on the same fresh repeats, and which of them was picked. */
export function selectSection(campaign: Campaign, stage: string): Html | null {
  const { facts } = campaign;
  const settings = stageSettings(campaign).filter((setting) => setting.stage === stage);
  if (facts === null || settings.length === 0) return null;
  const { goal, name } = facts.metric;
  const names = variedInStage(campaign, stage);
  const why = campaign.batches.find((batch) => batch.stage === stage)?.because;
  const finalists = settings.map((setting) => {
    const finished = trialsOf(campaign, setting).filter(({ state }) => state === 'finished');
    const values = finished.flatMap((trial) => metricIn(lastReport(trial)?.metrics, name) ?? []);
    return { ...setting, ...meanOverRepeats(values) };
  });
  const chosen = lastFinding(campaign, 'chosen');
  const own = finalists.find(({ parameters }) => chosen && isSameSetting(parameters, chosen.parameters));
  const rows = finalists.map((one): TableCell[] => [
    ...names.map((parameter) => formatValue(one.parameters[parameter])),
    one.epochs,
    one.mean,
    one.standardError,
    one.repeats,
    own === undefined ? null : advantage(goal, one.mean, own.mean),
    standingOf(campaign, one.parameters),
  ]);
  const header = [
    ...names,
    'epochs',
    `mean ${name}`,
    'standard error',
    'repeats',
    'better than the choice by',
    'standing',
  ];
  const said = campaign.findings
    .toArray()
    .filter(({ kind }) => kind === 'chosen')
    .slice(1);
  return html`<section id="${stage}"><h2>${stageTitle(stage)}</h2>
<p>${why}</p>
${plainTable('Finalists on fresh repeats', header, rows)}
<ul class="decided">${said.map(({ because }) => html`<li>${because}</li>\n`)}</ul>
<p>The mean is that of the last epoch, after the number of epochs that the search found best.</p>
</section>`;
}

function standingOf(campaign: Campaign, parameters: Parameters): string {
  const is = (kind: 'chosen' | 'baseline' | 'strict'): boolean => {
    const found = lastFinding(campaign, kind);
    return found !== undefined && isSameSetting(found.parameters, parameters);
  };
  return [
    ...(is('chosen') ? ['chosen'] : []),
    ...(is('baseline') ? ['best without dropout'] : []),
    ...(is('strict') ? ['strict advice'] : []),
  ].join(', ');
}
