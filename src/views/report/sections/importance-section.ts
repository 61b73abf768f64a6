import type { Campaign } from '../../../campaign/campaign.js';
import { type Importance, importanceInSteps } from '../../../importance/importance.js';
import { formatPercent } from '../../../text/number.js';
import { formatChance, formatImportanceBasis, formatPairs } from '../../text/format-importance.js';
import { dataTable } from '../data-table.js';
import { drawnLater, Html, html } from '../html.js';

/** Which parameters mattered, once the campaign is concluded: until then every report would take a second longer. */
export function importanceSection(campaign: Campaign): Html | null {
  const steps = campaign.conclusion === null ? null : importanceInSteps(campaign);
  if (steps === null) return null;
  return drawnLater(function* () {
    return sectionOf(yield* steps);
  });
}

function sectionOf(importance: Importance): Html {
  return html`<section id="importance"><h2>Which parameters mattered</h2>
<p>${formatImportanceBasis(importance)} ${formatChance(importance)}</p>
<table class="bars"><thead><tr><th scope="col">parameter</th>
<th scope="col">share of the variance of ${importance.metric.name}</th>
<th scope="col">part in what sets the best quarter apart</th></tr></thead>
<tbody>${importance.parameters.map(
    ({ name, share, error, amongBest }) => html`<tr><th scope="row">${name}</th>
<td>${bar(share, 'chosen')}${formatPercent(share).replace(' %', '')} ± ${formatPercent(error)}</td>
<td>${bar(amongBest, 'baseline')}${formatPercent(amongBest)}</td></tr>\n`,
  )}</tbody></table>
${pairs(importance)}</section>`;
}

function bar(share: number, role: 'chosen' | 'baseline'): Html {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return new Html(`<span class="bar ${role}" aria-hidden="true"><i style="width:${width}%"></i></span>`);
}

function pairs(importance: Importance): Html {
  const sentence = formatPairs(importance);
  const table = dataTable(
    'Pairs of parameters',
    ['first', 'second', 'share beyond what each explains alone'],
    importance.pairs.map(({ names: [first, second], share }) => [first, second, formatPercent(share)]),
  );
  return html`${sentence !== null && html`<p>${sentence}</p>\n`}${table}`;
}
