import type { FilteredTable } from '../campaign-views/campaign-view.js';
import { viewAddress } from '../campaign-views/parts/view-address.js';
import { campaignViews } from '../campaign-views/views.js';
import { type Html, html } from '../report/html.js';

/** Where a person is within a campaign. */
interface CampaignPlace {
  readonly folder: string;
  /** The name of the view; `campaign` for the report. */
  readonly view: string;
  /** The selection, which other views of the same table keep. */
  readonly selection?: { readonly filter: string; readonly of: FilteredTable } | undefined;
}

/** Links to all views of a campaign. */
export function campaignNavigation({ folder, view, selection }: CampaignPlace): Html {
  const pages = [{ name: 'campaign', title: 'Report', filtered: null }, ...campaignViews];
  return html`<nav class="views" aria-label="Views"><ul><li><a href="./">All campaigns</a></li>${pages.map(
    ({ name, title, filtered }) => {
      const q = selection?.of === filtered ? (selection?.filter ?? null) : null;
      const isHere = name === view && html` aria-current="page"`;
      return html`<li><a href="${viewAddress(name, folder, { q })}"${isHere}>${title}</a></li>`;
    },
  )}</ul></nav>`;
}
