import { viewAddress } from '../campaign-views/parts/view-address.js';
import { type CampaignNote, MAX_NOTE } from '../campaigns/campaign-note.js';
import { type Html, html } from '../report/html.js';

/** The star and the note of a campaign, which the page's script saves. */
export function noteForm(folder: string, { isStarred, text }: CampaignNote): Html {
  return html`<form class="note-form" data-note="${viewAddress('note', folder)}">
<label class="star"><input type="checkbox" name="star"${isStarred && html` checked`}>
<span aria-hidden="true"></span> Star</label>
<details${text !== '' && html` open`}><summary>Note</summary><textarea name="text" rows="2" \
maxlength="${MAX_NOTE}" aria-label="Note on this campaign">${text}</textarea></details>
<span role="status"></span></form>\n`;
}
