import { canonicalJson, type Json } from '../../campaign/canonical-json.js';
import type { CampaignFacts } from '../../campaign/event.js';
import type { CampaignPlan } from '../../campaign/plan.js';
import { differences } from './differences.js';

/** A method with its plan and the rest of the config. */
type PlanFacts = Pick<CampaignFacts, 'method' | 'plan' | 'config'>;

/** Whether a campaign can go on under another plan as if it were its own. */
export function isSamePlan(before: PlanFacts, now: PlanFacts): boolean {
  return planDifferences(before, now).length === 0;
}

/**
 * What is different between two plans, one a line: `method.confirm: was 5, is 0`. What only follows from the options or
 * from the parameters of the config is left out where these have changed.
 */
export function changesOfPlan(before: PlanFacts, now: PlanFacts): string[] {
  const ofOptions = differences(optionsOf(before), optionsOf(now));
  const sameParameters = canonicalJson(parametersOf(before)) === canonicalJson(parametersOf(now));
  return ofOptions.length > 0 || !sameParameters ? ofOptions : planDifferences(before, now);
}

function planDifferences(before: PlanFacts, now: PlanFacts): string[] {
  return differences(comparable(before, before.plan), comparable(now, before.plan));
}

const optionsOf = ({ method, plan }: PlanFacts): Json => ({ method: { kind: method, ...plan.options } });

function parametersOf({ config }: PlanFacts): Json {
  return typeof config === 'object' && config !== null && 'parameters' in config ? config.parameters : null;
}

/** A plan as JSON, without the off values that the plan to compare with does not know. */
function comparable({ method, plan }: PlanFacts, compared: CampaignPlan): Json {
  const unknown = new Set(compared.regularisers.filter(({ off }) => off === null).map(({ name }) => name));
  const off = plan.regularisers.map(({ name, off }) => [name, unknown.has(name) ? null : off] as const);
  return {
    method: { kind: method, ...plan.options },
    stages: plan.stages.map(({ name, role }) => ({ name, role })),
    growth: comparableGrowth(plan.growth),
    off: Object.fromEntries(off),
  };
}

function comparableGrowth(growth: CampaignPlan['growth']): Json {
  if (growth === null) return null;
  const { open, until, depth, ...rest } = growth;
  return {
    ...rest,
    ...(depth && { depth: { ...depth } }),
    open: open && { ...open, step: { ...open.step } },
    until: until && { ...until, cost: until.cost && { ...until.cost } },
  };
}
