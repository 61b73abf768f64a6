import type { Campaign } from '../../../campaign/campaign.js';
import type { CampaignFacts } from '../../../campaign/event.js';
import { formatName } from '../../../campaign/format-setting.js';
import { configValue, formatJson } from '../config-value.js';
import { plainTable } from '../data-table.js';
import { type Html, html } from '../html.js';

/** What was asked: the metric, the method, and the values that each parameter may take. */
export function askedSection(campaign: Campaign): Html | null {
  const { facts } = campaign;
  if (facts === null) return null;
  return html`<section id="asked"><h2>What was asked</h2>
<p>${question(facts)}</p>
${plainTable(
  'Parameters',
  ['parameter', 'values'],
  facts.parameters.map((name) => [name, formatDomain(campaign, name)]),
)}
</section>`;
}

function question({ metric, method, stages, checkpoint }: CampaignFacts): string {
  const goal = metric.goal === 'minimize' ? 'smallest' : 'largest';
  const epoch = checkpoint === 'best' ? 'its best epoch on validation' : 'its last epoch';
  const named = stages.map(formatName).join(', ');
  return `The ${goal} ${metric.name}, by the method ${formatName(method)} (${named}). A trial is judged by ${epoch}.`;
}

function formatDomain(campaign: Campaign, name: string): string {
  const domain = configValue(campaign, 'parameters', name);
  if (domain === undefined) return '–';
  const values =
    configValue(campaign, 'parameters', name, 'value') ?? configValue(campaign, 'parameters', name, 'values');
  if (values !== undefined) return formatJson(values);
  const [kind, least, most] = ['distribution', 'min', 'max'].map((key) =>
    configValue(campaign, 'parameters', name, key),
  );
  if (kind === undefined || least === undefined || most === undefined) return formatJson(domain);
  return `from ${formatJson(least)} to ${formatJson(most)}, ${formatJson(kind).replaceAll('_', ' ')}`;
}
