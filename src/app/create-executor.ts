import { freeParameters } from '../campaign/search-space.js';
import type { Executor } from '../execution/executor.js';
import { createThreadPool } from '../execution/thread-pool.js';
import { createCommandExecutor } from '../trainers/command/command-executor.js';
import type { TrialPlaces } from '../trainers/trial-directory.js';
import { checkTrainer } from './check-trainer.js';
import type { PreparedCampaign } from './prepare-campaign.js';

/** The executor for a campaign's trainer, which is looked at first: throws CONFIG_INVALID where it cannot be started. The folder's lock is held, so nobody else runs trials in it. */
export async function createExecutor(
  prepared: PreparedCampaign,
  folder: string,
  slots: number,
): Promise<Executor> {
  await checkTrainer(prepared);
  const { loaded, facts, trainer } = prepared;
  const { seed, metric, space } = loaded.config;
  const places: TrialPlaces = { folder, identity: facts.identity, varied: freeParameters(space) };
  switch (trainer.kind) {
    case 'mlp':
      return createThreadPool({ slots, setup: { trainer, seed, metric } });
    case 'module':
      return createThreadPool({ slots, setup: { trainer: { ...trainer, places }, seed, metric } });
    case 'command':
      return createCommandExecutor({ slots, options: trainer.options, places, seed, metric });
    default:
      return trainer satisfies never;
  }
}
