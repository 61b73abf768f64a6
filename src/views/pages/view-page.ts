import type { CampaignView, ViewRequest } from '../campaign-views/campaign-view.js';
import { viewAddress } from '../campaign-views/parts/view-address.js';
import type { CampaignNote } from '../campaigns/campaign-note.js';
import { type Html, html } from '../report/html.js';
import { campaignNavigation } from './campaign-navigation.js';
import { noteForm } from './note-form.js';
import { pageHtml } from './page.js';

/** The page of a view of a campaign: navigation, the choices, and what the view shows. */
export function viewPage(view: CampaignView, request: ViewRequest, note: CampaignNote): string {
  const { folder, campaign, query } = request;
  const { choices, main } = view.render(request);
  const { name, title, filtered } = view;
  const filter = query.get('q') ?? '';
  const selection = filtered === null ? undefined : { filter, of: filtered };
  const heading = campaign.facts?.name ?? folder;
  const body = html`<div class="views-page"><header data-live>${campaignNavigation({ folder, view: name, selection })}
<h1>${title} <small>${heading}</small></h1></header>
${noteForm(folder, note)}<form class="choices" method="get" action="${name}">
<input type="hidden" name="folder" value="${folder}">
<div class="controls">${filtered !== null && filterField(filtered, filter)}${choices}<button>Show</button>
<span id="live" role="status"></span></div></form>
<main data-live>${main}</main></div>`;
  return pageHtml({ title: `${title} of ${heading}`, body, events: viewAddress('events', folder) });
}

function filterField(table: string, filter: string): Html {
  const hint = table === 'trials' ? 'state=failed hidden>=8' : 'hidden>=8 stage=search';
  return html`<label class="filter">Filter <input type="search" name="q" value="${filter}" autocomplete="off" \
spellcheck="false" placeholder="${hint}"></label>\n`;
}
