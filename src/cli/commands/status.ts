import { holdsCampaigns } from '../../app/campaigns/find-campaigns.js';
import { readCampaign } from '../../app/read-campaign.js';
import { hostsOf, readWorkersFile } from '../../app/remote/workers-file.js';
import { isSettled } from '../../campaign/trial.js';
import { lockHolder } from '../../journal/lock/lock-holder.js';
import { escapeControls } from '../../text/quote.js';
import { askedTrials } from '../../views/model/asked-trials.js';
import { formatHosts } from '../../views/model/host-status.js';
import { summarise } from '../../views/summary/summary.js';
import { summaryJson } from '../../views/summary/summary-json.js';
import { folderSummary } from '../output/folder-summary.js';
import { listCommand } from './list.js';

/** Of what was refused or lost, the last sentences. */
const MAX_MESSAGES = 3;

/** Says how far a campaign is, and what it found so far. Lists the campaigns of a folder that is none itself. */
export async function statusCommand(
  folder: string,
  options: { json?: boolean; importance?: boolean },
): Promise<void> {
  if (await holdsCampaigns(folder)) return listCommand(folder, options);
  const { campaign, timing } = await readCampaign(folder);
  if (options.json) {
    process.stdout.write(summaryJson(summarise(campaign)));
    return;
  }
  const width = process.stdout.columns ?? 100;
  if (options.importance) {
    const { formatImportance } = await import('../../views/text/format-importance.js');
    process.stdout.write(formatImportance(campaign, width));
    return;
  }
  const trials = [...askedTrials(campaign)];
  const settled = trials.filter(isSettled).length;
  const stage = campaign.batches.last()?.stage ?? 'start';
  const state =
    campaign.conclusion === null
      ? `in stage ${stage}, ${settled} of ${trials.length} trials so far`
      : 'concluded';
  const workers =
    campaign.conclusion === null && lockHolder(folder) !== 'gone' ? readWorkersFile(folder) : null;
  const hosts = workers === null ? [] : formatHosts(hostsOf(workers), campaign);
  const remote = [...hosts, ...(workers?.messages.slice(-MAX_MESSAGES) ?? []).map(escapeControls)];
  process.stdout.write(
    `${[state, ...remote].join('\n')}\n${await folderSummary({ campaign, folder, timing })}`,
  );
}
