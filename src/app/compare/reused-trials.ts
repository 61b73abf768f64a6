import { join, resolve } from 'node:path';
import type { CampaignFacts } from '../../campaign/event.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { TrialKey } from '../../campaign/trial.js';
import { journalFileName } from '../../journal/file-journal.js';
import { readHeader } from '../../journal/journal-reader.js';
import { isFolderAt } from '../../platform/path-kind.js';
import { findCampaigns } from '../campaigns/find-campaigns.js';
import { type TrainedTrial, trainedTrial } from '../forecast/adopt-trials.js';
import { foldJournal } from '../read-campaign.js';

/**
 * Finished trials of all campaigns below a folder that have the training identity of a campaign, by key: equal keys
 * mean equal results. Campaigns that cannot be read, and the folder `except`, are left out.
 */
export async function reusedTrials(
  folder: string,
  { identity }: CampaignFacts,
  except: string,
): Promise<ReadonlyMap<TrialKey, TrainedTrial>> {
  const trials = new Map<TrialKey, TrainedTrial>();
  if (!isFolderAt(folder)) return trials;
  for (const found of await findCampaigns(folder)) {
    if (resolve(found) === resolve(except)) continue;
    try {
      const path = join(found, journalFileName);
      if ((await readHeader(path))?.config !== identity) continue;
      const { campaign } = await foldJournal(path);
      if (campaign.facts?.identity !== identity) continue;
      for (const trial of campaign.trials.values()) {
        const trained = trial.spec.finish === null ? trainedTrial(trial) : null;
        if (trained !== null) trials.set(trial.key, trained);
      }
    } catch (error) {
      if (!(error instanceof FitfirstError)) throw error;
    }
  }
  return trials;
}
