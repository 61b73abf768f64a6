import { listCampaigns } from '../../app/campaigns/list-campaigns.js';
import { escapeControls } from '../../text/quote.js';
import type { CampaignOverview } from '../../views/campaigns/campaign-overview.js';
import { formatCampaigns } from '../../views/campaigns/format-campaigns.js';

/** Lists the campaigns in a folder and below it, the latest first. */
export async function listCommand(folder: string, options: { json?: boolean }): Promise<void> {
  const campaigns = await listCampaigns(folder);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(campaigns.map(toJson), null, 2)}\n`);
  } else if (campaigns.length === 0) {
    process.stdout.write(
      `There is no campaign in ${escapeControls(folder)} or below it. fitfirst run writes each campaign to ` +
        'results/<name>, or to the folder that --out names.\n',
    );
  } else {
    const width = process.stdout.columns ?? 100;
    process.stdout.write(formatCampaigns(campaigns, { width, now: Date.now() }));
  }
}

/** With keys in the style of `summary.json`, and times as ISO 8601. */
function toJson(campaign: CampaignOverview): Record<string, unknown> {
  if (campaign.state === 'unreadable') {
    const { folder, state, problem } = campaign;
    return { folder, state, problem };
  }
  const { lastEvent, varied: _, ...known } = campaign;
  return { ...known, last_event: lastEvent === null ? null : new Date(lastEvent).toISOString() };
}
