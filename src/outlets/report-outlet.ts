import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { Campaign } from '../campaign/campaign.js';
import { inTurns } from '../platform/in-turns.js';
import { machineName } from '../platform/machine-name.js';
import { version } from '../platform/version.js';
import { writeFile } from '../platform/write-file.js';
import type { Timing } from '../views/model/timing.js';
import type { Outlet, OutletContext } from './outlet.js';

/** `report.html`, once the campaign is concluded. */
export class ReportOutlet implements Outlet {
  readonly name = 'report';

  constructor(private readonly context: OutletContext) {}

  onEntry(): void {}

  /** Throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    const { folder, config, files } = this.context;
    const { campaign, timing } = this.context.snapshot();
    if (campaign.conclusion === null || (await files.isCurrent(NAME))) return;
    const text = await reportText(campaign, timing, config);
    await writeFile(join(folder, NAME), text);
    files.wrote(NAME, hash('sha256', text));
  }
}

const NAME = 'report.html';

/** Writes `report.html` into the results folder of a campaign and returns its path. Throws RESULTS_UNWRITABLE. */
export async function writeReport(folder: string, campaign: Campaign, timing: Timing): Promise<string> {
  const path = join(folder, NAME);
  await writeFile(path, await reportText(campaign, timing, null));
  return path;
}

/** `config` is the path to the config from the results folder, if it is known. */
async function reportText(campaign: Campaign, timing: Timing, config: string | null): Promise<string> {
  // The charting library takes its time to load, and most commands draw nothing.
  const { drawReport, reportPage } = await import('../views/report/report.js');
  const run = { timing, machine: machineName() };
  return reportPage(await inTurns(drawReport(campaign, { version, config, run })), version);
}
