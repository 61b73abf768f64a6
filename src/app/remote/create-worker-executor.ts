import type { Executor } from '../../execution/executor.js';
import { withTravellingCheckpoints } from '../../remote/travelling-checkpoints.js';
import { createExecutor } from '../create-executor.js';
import type { PreparedCampaign } from '../prepare-campaign.js';
import { onThisWorker } from './over-redis.js';

/** The executor with which a worker trains, for trials whose checkpoints come from other workers and go to them. */
export async function createWorkerExecutor(
  prepared: PreparedCampaign,
  folder: string,
  slots: number,
  onMessage: (message: string) => void,
): Promise<Executor> {
  const executor = await createExecutor(onThisWorker(prepared), folder, slots);
  if (prepared.loaded.config.trainerKind.form !== 'command') return executor;
  return withTravellingCheckpoints(executor, { folder, identity: prepared.facts.identity, onMessage });
}
