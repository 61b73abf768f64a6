import type { Campaign } from '../../../campaign/campaign.js';
import type { DataFacts } from '../../../campaign/event.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { type Html, html } from '../html.js';

/** Up to this many class names are listed; data can have thousands. */
const NAMES_UP_TO = 30;

/** The data: rows, classes, split, and what bounds the fit. */
export function dataSection(campaign: Campaign): Html | null {
  const data = campaign.facts?.data ?? null;
  const noticed = campaign.facts?.findings ?? [];
  if (data === null) {
    return html`<section id="data"><h2>The data</h2>
<p>The trainer brings its data itself; nothing is known of them here.</p>${sentences(noticed)}</section>`;
  }
  const { training, validation, test } = data.parts;
  return html`<section id="data"><h2>The data</h2>
<dl>
<div><dt>Rows</dt><dd>${data.rows}</dd></div>
<div><dt>Inputs</dt><dd>${data.inputs}</dd></div>
<div><dt>Task</dt><dd>${data.task}${classes(data)}</dd></div>
<div><dt>Split on repeat 1</dt><dd>${training} training, ${validation} validation, ${test} test</dd></div>
<div><dt>Fit ceiling</dt><dd>${formatNumber(data.fitCeiling)}: the best training ${
    data.task === 'classification' ? 'accuracy' : 'R2'
  } within reach of any network</dd></div>
<div><dt>Contradicting rows</dt><dd>${
    data.contradictingRows === 0 ? 'none' : formatCount(data.contradictingRows, 'row')
  }</dd></div>
<div><dt>Duplicates across parts</dt><dd>${duplicates(campaign)}</dd></div>
</dl>
${sentences(noticed)}</section>`;
}

function classes({ classes: names }: DataFacts): string {
  if (names === null) return '';
  const listed = names.slice(0, NAMES_UP_TO).join(', ');
  const more = names.length > NAMES_UP_TO ? ` and ${names.length - NAMES_UP_TO} more` : '';
  return `, ${names.length} classes: ${listed}${more}`;
}

function duplicates(campaign: Campaign): string {
  const found = campaign.findings.find(
    (finding) => finding.kind === 'warning' && finding.code === 'duplicates-across-parts',
  );
  if (found?.kind !== 'warning') return 'none';
  const { validation = 0, test = 0 } = found.numbers;
  return `${validation} validation rows and ${test} test rows are also in the training part`;
}

function sentences(findings: readonly { readonly because: string }[]): Html | null {
  if (findings.length === 0) return null;
  return html`<ul class="decided">${findings.map(({ because }) => html`<li>${because}</li>\n`)}</ul>`;
}
