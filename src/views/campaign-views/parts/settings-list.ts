import { formatValue } from '../../../campaign/format-setting.js';
import { formatNumber, formatWhole } from '../../../text/number.js';
import { trialsOf } from '../../model/settings.js';
import { type Html, html } from '../../report/html.js';
import { formatCondition } from '../../selection/parse-filter.js';
import type { ViewRequest } from '../campaign-view.js';
import type { ComparableSettings } from './comparable-settings.js';
import { viewAddress } from './view-address.js';

const MAX_ROWS = 20;

/** The best of the selected settings, each with a link to its curves. */
export function settingsList(
  { folder, campaign, query }: ViewRequest,
  { all: comparable, selected, names }: ComparableSettings,
): Html | null {
  if (selected.length === 0) return null;
  const metric = campaign.facts?.metric.name ?? '';
  const rows = Array.from(selected.slice(0, MAX_ROWS), (place) => comparable[place]).filter(
    (one) => one !== undefined,
  );
  const all = viewAddress('settings', folder, { q: query.get('q') });
  return html`<h2>The best ${rows.length === selected.length ? 'first' : `${rows.length}`}</h2>
<div class="scroll tall" tabindex="0" role="region" aria-label="The best settings"><table><thead><tr>
<th scope="col">setting</th><th scope="col">stage</th>${names.map(
    (name) => html`<th scope="col" class="number">${name}</th>`,
  )}<th scope="col" class="number">repeats</th><th scope="col" class="number">${metric}</th></tr></thead>
<tbody>${rows.map(
    (one) =>
      html`<tr><th scope="row"><a href="${viewAddress('curves', folder, {
        q: formatCondition('setting', '=', String(one.number)),
      })}">${one.number}</a></th><td>${one.stage}</td>${names.map(
        (name) => html`<td class="number">${formatValue(one.parameters[name])}</td>`,
      )}<td class="number">${trialsOf(campaign, one).length}</td>\
<td class="number">${formatNumber(one.score)}</td></tr>\n`,
  )}</tbody></table></div>
<p><a href="${all}">All ${formatWhole(selected.length)} in the table of settings</a></p>`;
}
