import type { Campaign } from '../../campaign/campaign.js';
import type { CampaignFacts } from '../../campaign/event.js';
import type { StageRole } from '../../campaign/plan.js';

/** Names of the stages that have one of these roles, in the order of the plan. */
export function stagesFor({ facts }: Campaign, ...roles: readonly StageRole[]): readonly string[] {
  return (facts?.plan.stages ?? []).flatMap(({ name, role }) => (roles.includes(role) ? [name] : []));
}

/** What a stage is for; null for one that is not in the plan. */
export function roleOf({ facts }: Campaign, stage: string): StageRole | null {
  return facts?.plan.stages.find(({ name }) => name === stage)?.role ?? null;
}

const comparing = new WeakMap<CampaignFacts, readonly string[]>();

/** Stages that compare settings before the choice. */
export function comparingStages(campaign: Campaign): readonly string[] {
  const { facts } = campaign;
  if (facts === null) return [];
  const stages = comparing.get(facts) ?? stagesFor(campaign, 'search', 'grow', 'race');
  comparing.set(facts, stages);
  return stages;
}
