import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyCampaign, evolve } from '../../campaign/campaign.js';
import type { CampaignFacts } from '../../campaign/event.js';
import type { TrialKey } from '../../campaign/trial.js';
import type { ProbeTrial } from '../../forecast/probe-trials.js';
import { parseCampaignEvent } from '../../journal/campaign-event.js';
import { readEntries, readHeader } from '../../journal/journal-reader.js';
import { cacheFolder } from '../../platform/cache-folder.js';
import { version } from '../../platform/version.js';
import { writeFile } from '../../platform/write-file.js';
import { type TrainedTrial, trainedTrial } from './adopt-trials.js';
import { encodeTrials } from './trials-journal.js';

// The trials that a dry run trained to their end are kept for the run that follows: in the user's cache, as a journal
// for each training identity. Whatever is wrong with it only costs time, so it is ignored.

/** About how much of a dry run is kept, in bytes: reading more takes seconds. */
const MAX_BYTES = 64e6;
/** Milliseconds after which trials that no run has used are removed: 30 days. */
const MAX_AGE = 30 * 24 * 3_600_000;
/** Only the user's: data may be private, and results tell of it. */
const FOLDER_MODE = 0o700;
const MODE = 0o600;

/**
 * Keeps trials that a dry run trained to their end, and drops what an earlier dry run of the same training identity
 * kept. Returns how many are kept: 0 if the cache cannot be written.
 */
export async function keepTrials(facts: CampaignFacts, trials: readonly ProbeTrial[]): Promise<number> {
  // A final network is saved with its trial, and no other trial has a network.
  const kept = trials.filter(({ spec, reason }) => reason !== 'failed' && spec.finish === null);
  if (kept.length === 0) return 0;
  try {
    const folder = trialsFolder();
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    await removeOld(folder);
    const identity = { engine: version, config: facts.identity, data: facts.data?.hash ?? null };
    const { bytes, count } = encodeTrials(identity, facts, kept, MAX_BYTES);
    await writeFile(pathFor(facts), bytes, MODE);
    return count;
  } catch {
    return 0;
  }
}

/** The kept trials of a campaign by key. What another version of fitfirst has kept does not count. */
export async function readKeptTrials(facts: CampaignFacts): Promise<ReadonlyMap<TrialKey, TrainedTrial>> {
  const trials = new Map<TrialKey, TrainedTrial>();
  try {
    const path = pathFor(facts);
    const header = await readHeader(path);
    if (header?.engine !== version || header.config !== facts.identity) return trials;
    let campaign = emptyCampaign;
    for await (const { event } of readEntries(path, parseCampaignEvent)) campaign = evolve(campaign, event);
    if (campaign.facts?.identity !== facts.identity) return trials;
    for (const trial of campaign.trials.values()) {
      const trained = trainedTrial(trial);
      if (trained !== null) trials.set(trial.key, trained);
    }
    return trials;
  } catch {
    return new Map();
  }
}

/** Removes the kept trials of a campaign that does not need them any more. */
export async function removeKeptTrials(facts: CampaignFacts): Promise<void> {
  try {
    await rm(pathFor(facts), { force: true });
  } catch {
    // They are removed when they are old.
  }
}

function trialsFolder(): string {
  return join(cacheFolder(), 'dry-runs');
}

function pathFor({ identity }: CampaignFacts): string {
  return join(trialsFolder(), `${identity}.jsonl`);
}

async function removeOld(folder: string): Promise<void> {
  const oldest = Date.now() - MAX_AGE;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < oldest) await rm(path, { force: true });
  }
}
