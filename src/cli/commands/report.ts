import { readCampaign } from '../../app/read-campaign.js';
import { writeReport } from '../../outlets/report-outlet.js';

/** Writes the report of a campaign, of one that is still running too, and says where it is. */
export async function reportCommand(folder: string): Promise<void> {
  const { campaign, timing } = await readCampaign(folder);
  process.stdout.write(`${await writeReport(folder, campaign, timing)}\n`);
}
