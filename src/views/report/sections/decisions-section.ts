import type { Campaign } from '../../../campaign/campaign.js';
import { formatName } from '../../../campaign/format-setting.js';
import { formatCount } from '../../../text/number.js';
import { decisions, warnings } from '../../summary/decisions.js';
import { type Html, html } from '../html.js';

/** What the reader should know before believing the result. */
export function warningsSection(campaign: Campaign): Html {
  const sentences = [...new Set(warnings(campaign).map(({ because }) => because))];
  return html`<section id="warnings"><h2>Warnings</h2>
${
  sentences.length === 0
    ? html`<p>None.</p>`
    : html`<ul class="warnings">${sentences.map((because) => html`<li>${because}</li>\n`)}</ul>`
}
</section>`;
}

/** The report has the first and the last of a long story. */
const MAX_SENTENCES = 500;

/** Everything that was decided or noticed, in its order, in the method's own sentences. */
export function decisionsSection(campaign: Campaign): Html {
  const story = decisions(campaign);
  const last = Math.max(MAX_SENTENCES, story.length - MAX_SENTENCES);
  const item = ({ stage, because }: (typeof story)[number]): Html =>
    html`<li>${stage !== null && html`<span class="stage">${formatName(stage)}</span> `}${because}</li>\n`;
  return html`<section id="decisions"><h2>Every decision, in order</h2>
<details><summary>${story.length} sentences</summary><ol>${story.slice(0, MAX_SENTENCES).map(item)}</ol>${
    last > MAX_SENTENCES &&
    html`<p>${formatCount(last - MAX_SENTENCES, 'more sentence')} are in summary.json.</p>`
  }${last < story.length && html`<ol start="${last + 1}">${story.slice(last).map(item)}</ol>`}</details>
</section>`;
}
