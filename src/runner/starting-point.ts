import type { Campaign } from '../campaign/campaign.js';
import { type TrialSpec, trialKey } from '../campaign/trial.js';
import type { CheckpointStore } from '../execution/checkpoint-store.js';
import type { StartingPoint } from '../execution/run-attempt.js';

/**
 * Where a trial can go on from: the longest of the shorter trials that finished and left a checkpoint; null if none
 * did.
 */
export async function findStartingPoint(
  spec: TrialSpec,
  campaign: Campaign,
  checkpoints: CheckpointStore,
): Promise<StartingPoint | null> {
  const identity = campaign.facts?.identity ?? '';
  for (const epochs of await checkpoints.shorterThan(spec)) {
    const shorter: TrialSpec = { ...spec, epochs };
    const trial = campaign.trials.get(trialKey(identity, shorter));
    if (trial?.state !== 'finished' || trial.reason !== 'complete') continue;
    const checkpoint = await checkpoints.read(shorter);
    if (checkpoint === null) continue;
    const reports = trial.reports.upTo(checkpoint.reportsUpTo).toArray();
    return { checkpoint, reports };
  }
  return null;
}
