import { type Campaign, continuesPlan, type PlannedBatch } from '../../campaign/campaign.js';

/** Sentences at most; the chapter of the decisions has more. */
const MAX_SENTENCES = 50;

/** Why a stage asked for its trials, in the method's own sentences, in order. A reason that goes on is said once. */
export function stagePlans(campaign: Campaign, stage: string): readonly string[] {
  const sentences: string[] = [];
  let before: PlannedBatch | undefined;
  for (const batch of campaign.batches) {
    if (batch.stage === stage && !continuesPlan(before, batch)) sentences.push(batch.because);
    before = batch;
  }
  const more = sentences.length - MAX_SENTENCES;
  return more > 0 ? [...sentences.slice(0, MAX_SENTENCES), `${more} more decisions followed.`] : sentences;
}
