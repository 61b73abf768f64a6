import { freeParameters } from '../campaign/search-space.js';
import type { Executor } from '../execution/executor.js';
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
  // Each kind of executor loads its own libraries.
  switch (trainer.kind) {
    case 'mlp': {
      const { createThreadPool } = await import('../execution/thread-pool.js');
      return createThreadPool({ slots, setup: { trainer, seed, metric } });
    }
    case 'module': {
      const { createThreadPool } = await import('../execution/thread-pool.js');
      return createThreadPool({ slots, setup: { trainer: { ...trainer, places }, seed, metric } });
    }
    case 'command': {
      const { createCommandExecutor } = await import('../trainers/command/command-executor.js');
      return createCommandExecutor({ slots, options: trainer.options, places, seed, metric });
    }
    default:
      return trainer satisfies never;
  }
}
