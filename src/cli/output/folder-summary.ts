import { readdir } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Campaign } from '../../campaign/campaign.js';
import { elapsedSeconds, type Timing } from '../../views/model/timing.js';
import { finalSummary } from '../../views/summary/final-summary.js';

/**
 * Files that the last words name: what every campaign has, though a run that was watched may still be writing it ...
 */
const always = new Set(['summary.json', 'trials.csv', 'epochs.csv', 'timings.csv']);
/** ... and in their order all that are worth a look where they are. */
const worthALook = ['report.html', ...always, 'model.onnx', 'model.json'];

interface HistoryCursor {
  readonly campaign: Campaign;
  /** The campaign's results folder. */
  readonly folder: string;
  readonly timing: Timing;
}

/** What a campaign came to and where it lies, as wide as the terminal. */
export async function folderSummary({ campaign, folder, timing }: HistoryCursor): Promise<string> {
  const written = new Set(await readdir(folder));
  const files = worthALook.filter((name) => always.has(name) || written.has(name));
  const width = process.stdout.columns ?? 100;
  const seconds = elapsedSeconds(timing, Date.now());
  return finalSummary(campaign, { width, folder: relative('', folder) || '.', seconds, files });
}
