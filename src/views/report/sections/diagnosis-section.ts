import type { Campaign } from '../../../campaign/campaign.js';
import { diagnosesOf } from '../../../diagnosis/diagnoses.js';
import { dataTable } from '../data-table.js';
import { type Html, html } from '../html.js';

/** What the trials show about the result, and what to try; null where they show nothing in particular. */
export function diagnosisSection(campaign: Campaign): Html | null {
  const diagnoses = diagnosesOf(campaign);
  if (diagnoses.length === 0) return null;
  const rows = diagnoses.flatMap(({ code, numbers }) =>
    Object.entries(numbers).map(([name, value]) => [code, name, value] as const),
  );
  return html`<section id="diagnosis"><h2>What the trials show</h2>
<ul>${diagnoses.map(
    ({ because, suggestion }) =>
      html`<li>${because}${suggestion !== null && html` <strong>${suggestion}</strong>`}</li>\n`,
  )}</ul>
${dataTable('The numbers behind these sentences', ['diagnosis', 'number', 'value'], rows)}
</section>`;
}
