import { type Campaign, continuesPlan, type PlannedBatch } from '../../campaign/campaign.js';
import type { Finding } from '../../campaign/finding.js';

/** One step of the story that a campaign tells: a sentence, and where it belongs. */
interface Decision {
  /** The stage that was planned or running; null before the first. */
  readonly stage: string | null;
  /** What was found; null for a plan or the conclusion. */
  readonly finding: Finding | null;
  readonly because: string;
}

/** Everything that was decided or noticed, in the order in which it was. */
export function decisions(campaign: Campaign): Decision[] {
  const story: Decision[] = [];
  const find = (stage: string | null, findings: Iterable<Finding>): void => {
    for (const finding of findings) story.push({ stage, finding, because: finding.because });
  };
  find(null, campaign.facts?.findings ?? []);
  let listed = story.length;
  let stage: string | null = null;
  let before: PlannedBatch | undefined;
  for (const batch of campaign.batches) {
    find(stage, batch.findings);
    listed += batch.findings.length;
    stage = batch.stage;
    if (!continuesPlan(before, batch)) story.push({ stage, finding: null, because: batch.because });
    before = batch;
  }
  find(stage, campaign.findings.skip(listed));
  if (campaign.conclusion !== null) {
    story.push({ stage, finding: null, because: campaign.conclusion.because });
  }
  return story;
}

/** The last finding of a kind; undefined before there is one. */
export function lastFinding<Kind extends Finding['kind']>(
  campaign: Campaign,
  kind: Kind,
): Extract<Finding, { kind: Kind }> | undefined {
  const isOfKind = (finding: Finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind;
  return campaign.findings.toArray().filter(isOfKind).at(-1);
}

/** All warnings, in the order in which they came up. */
export function warnings(campaign: Campaign): Extract<Finding, { kind: 'warning' }>[] {
  return campaign.findings.toArray().filter((finding) => finding.kind === 'warning');
}
