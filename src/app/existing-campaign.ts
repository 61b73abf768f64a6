import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Campaign } from '../campaign/campaign.js';
import { evolve } from '../campaign/campaign.js';
import { journalFileName } from '../journal/file-journal.js';
import { lockHolder } from '../journal/lock/lock-holder.js';
import type { Timing } from '../views/model/timing.js';
import { continueCampaign, type PreparedCampaign } from './prepare-campaign.js';
import { foldJournal } from './read-campaign.js';
import { resumePlan } from './resume-plan.js';

/** A campaign of which a results folder holds a part, as a run would go on with it. */
export interface ExistingCampaign {
  readonly campaign: Campaign;
  /** The campaign as a run would continue it. */
  readonly prepared: PreparedCampaign;
  readonly timing: Timing;
  /** Interrupted trials, which start over. */
  readonly interrupted: number;
  /** Trials that failed and are retried. */
  readonly reopened: number;
  readonly isExtended: boolean;
  /** Whether another process runs it now. */
  readonly isAtWork: boolean;
}

/**
 * Looks at a results folder as a run would, and changes nothing: null where no campaign has begun there. Throws
 * CONFIG_CHANGED and DATA_CHANGED where a run would refuse, and what reading a journal throws.
 */
export async function existingCampaign(
  folder: string,
  prepared: PreparedCampaign,
  extend: boolean,
): Promise<ExistingCampaign | null> {
  const path = join(folder, journalFileName);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const { campaign: found, timing } = await foldJournal(path);
  const before = found.facts;
  if (before === null) return null;
  const continued = continueCampaign(prepared, before);
  const events = resumePlan(folder, found, before, continued.facts, extend);
  return {
    campaign: events.reduce(evolve, found),
    prepared: continued,
    timing,
    interrupted: found.trials.count(({ state, number }) => state === 'running' && number !== null),
    reopened: events.filter(({ type }) => type === 'trial-reopened').length,
    isExtended: events.some(({ type }) => type === 'campaign-extended'),
    isAtWork: lockHolder(folder) === 'at-work',
  };
}
