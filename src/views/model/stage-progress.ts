import type { Campaign } from '../../campaign/campaign.js';

/** A stage of the method, and how far the campaign is with it. */
export interface StageStep {
  readonly stage: string;
  readonly state: 'done' | 'current' | 'to-come';
}

/** The stages of the method, in order. A stage that was passed over is done. */
export function stageSteps({ facts, batches, conclusion }: Campaign): StageStep[] {
  const stages = (facts?.plan.stages ?? []).map(({ name }) => name);
  const current = stages.indexOf(batches.last()?.stage ?? '');
  return stages.map((stage, place) => ({
    stage,
    state: conclusion !== null || place < current ? 'done' : place === current ? 'current' : 'to-come',
  }));
}
