import { join } from 'node:path';
import { readCampaign } from '../../app/read-campaign.js';
import type { Campaign } from '../../campaign/campaign.js';
import { version } from '../../platform/version.js';
import { writeFile } from '../../platform/write-file.js';

/** Writes the report of a campaign, of one that is still running too, and says where it is. */
export async function reportCommand(folder: string): Promise<void> {
  const { campaign } = await readCampaign(folder);
  process.stdout.write(`${await writeReport(folder, campaign)}\n`);
}

/** Writes `report.html` into the results folder of a campaign; returns its path. Throws RESULTS_UNWRITABLE. */
export async function writeReport(folder: string, campaign: Campaign): Promise<string> {
  // The charting library takes its time to load, and most commands draw nothing.
  const { reportHtml } = await import('../../views/report/report.js');
  const path = join(folder, 'report.html');
  await writeFile(path, reportHtml(campaign, version));
  return path;
}
