import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { parseCampaignEvent } from '../journal/campaign-event.js';
import { journalFileName } from '../journal/file-journal.js';
import { takeEntry } from '../journal/journal-errors.js';
import { readEntries } from '../journal/journal-reader.js';
import { CampaignFold } from './campaign-fold.js';
import type { CampaignState } from './journal-snapshot/campaign-state.js';
import { readSnapshot } from './journal-snapshot/journal-snapshot.js';

/**
 * Reads a campaign from its results folder, also while it runs elsewhere. Throws CAMPAIGN_MISSING where there is none.
 */
export async function readCampaign(folder: string): Promise<CampaignState> {
  const read = await foldJournal(await requireJournal(folder));
  if (read.campaign.facts === null) throw notBegun(folder);
  return read;
}

/** The path of the journal in a results folder. Throws CAMPAIGN_MISSING where there is none. */
export async function requireJournal(folder: string): Promise<string> {
  const path = join(folder, journalFileName);
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new FitfirstError(
      'CAMPAIGN_MISSING',
      `${folder}: there is no ${journalFileName} here. Expected a results folder, such as ` +
        'results/quickstart; fitfirst run makes one.',
    );
  }
  return path;
}

/** The error for a journal that has no campaign yet. */
export function notBegun(folder: string): FitfirstError {
  return new FitfirstError('CAMPAIGN_MISSING', `${folder}: the campaign has not begun yet.`);
}

/**
 * What a journal amounts to, from its snapshot on if it has one; its campaign has no facts where it has not begun yet.
 */
export async function foldJournal(path: string): Promise<CampaignState> {
  const snapshot = await readSnapshot(path);
  const fold = new CampaignFold(snapshot ?? undefined);
  for await (const entry of readEntries(path, parseCampaignEvent, snapshot?.position))
    takeEntry(path, entry, (read) => fold.take(read));
  return fold.state;
}
