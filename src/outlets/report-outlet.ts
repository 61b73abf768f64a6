import { join } from 'node:path';
import type { Campaign } from '../campaign/campaign.js';
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
    const { campaign, timing } = this.context.snapshot();
    if (campaign.conclusion !== null)
      await writeReport(this.context.folder, campaign, timing, this.context.config);
  }
}

/**
 * Writes `report.html` into the results folder of a campaign and returns its path. `config` is the path to the config
 * from there, if it is known. Throws RESULTS_UNWRITABLE.
 */
export async function writeReport(
  folder: string,
  campaign: Campaign,
  timing: Timing,
  config: string | null = null,
): Promise<string> {
  // The charting library takes its time to load, and most commands draw nothing.
  const { reportHtml } = await import('../views/report/report.js');
  const path = join(folder, 'report.html');
  await writeFile(path, reportHtml(campaign, version, config, null, { timing, machine: machineName() }));
  return path;
}
