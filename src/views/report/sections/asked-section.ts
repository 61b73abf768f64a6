import type { Campaign } from '../../../campaign/campaign.js';
import type { Domain } from '../../../campaign/domain.js';
import type { CampaignFacts } from '../../../campaign/event.js';
import { formatName } from '../../../campaign/format-setting.js';
import type { ParameterValue } from '../../../campaign/parameters.js';
import type { SearchParameter } from '../../../campaign/space/conditions.js';
import { formatList } from '../../../text/list.js';
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
  facts.parameters.map((name) => [name, formatParameter(facts.space[name])]),
)}
</section>`;
}

function question({ metric, method, plan, checkpoint }: CampaignFacts): string {
  const goal = metric.goal === 'minimize' ? 'smallest' : 'largest';
  const epoch = checkpoint === 'best' ? 'its best epoch on validation' : 'its last epoch';
  const named = plan.stages.map(({ name }) => formatName(name)).join(', ');
  return `The ${goal} ${metric.name}, by the method ${formatName(method)} (${named}). A trial is judged by ${epoch}.`;
}

/** The values of a parameter, in words, and its condition. */
export function formatParameter(parameter: SearchParameter | undefined): string {
  if (parameter === undefined) return '–';
  const conditions = Object.entries(parameter.when ?? {}).map(
    ([name, values]) => `${name} is ${formatList(values.map(formatExactly), 'or')}`,
  );
  const values = formatDomain(parameter);
  return conditions.length === 0 ? values : `${values}, if ${formatList(conditions)}`;
}

/** The values of a domain, in words. */
function formatDomain(domain: Domain): string {
  switch (domain.kind) {
    case 'fixed':
      return formatExactly(domain.value);
    case 'values':
      return domain.values.map(formatExactly).join(', ');
    case 'normal':
    case 'q_normal': {
      const { kind, bounds, ...numbers } = domain;
      return [`distribution ${kind}`, ...[numbers, bounds ?? {}].flatMap(formatNumbers)].join(', ');
    }
    case 'open':
      return `from ${formatExactly(domain.from)} on, ${domain.step.kind} ${domain.step.by}`;
    default:
      return `from ${domain.min} to ${domain.max}, ${formatName(domain.kind)}`;
  }
}

/** A value with all of its digits. */
const formatExactly = (value: ParameterValue): string =>
  Array.isArray(value) ? value.join('-') : String(value);

const formatNumbers = (numbers: Readonly<Record<string, number>>): string[] =>
  Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
