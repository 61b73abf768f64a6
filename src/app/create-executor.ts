import { freeParameters } from '../campaign/search-space.js';
import type { Executor } from '../execution/executor.js';
import type { RemoteStatus } from '../execution/kinds/remote-status.js';
import { checkTrainer } from './check-trainer.js';
import type { PreparedCampaign } from './prepare-campaign.js';

/**
 * The executor that a campaign's config chooses, or that its trainer prefers. Throws CONFIG_INVALID where the trainer
 * cannot be started. The caller holds the folder's lock, so nobody else runs trials in it.
 */
export async function createExecutor(
  prepared: PreparedCampaign,
  folder: string,
  slots: number,
  onStatus: (status: RemoteStatus) => void = () => {},
): Promise<Executor> {
  await checkTrainer(prepared);
  const { loaded, facts, workerFacts = facts, dataset } = prepared;
  const { config, path, text } = loaded;
  const { seed, space, trainer, executor } = config;
  const places = { folder, identity: facts.identity, varied: freeParameters(space) };
  const program = trainer.program({ dataset, slots, places });
  return executor.kind.create(executor.options, {
    program,
    slots,
    seed,
    facts: workerFacts,
    places,
    config: { path, text },
    onStatus,
  });
}
