import { builtInKinds } from '../../config/config-kinds.js';
import type { ExecutorChoice } from '../../execution/kinds/executor-kind.js';
import { bullmqKind } from '../../remote/bullmq-kind.js';
import type { PreparedCampaign } from '../prepare-campaign.js';

/** The options of the queue: those of the config, or the defaults if it names another executor. */
export function queueOptions(prepared: PreparedCampaign) {
  const { executor } = prepared.loaded.config;
  return bullmqKind.schema.parse(executor.kind.name === bullmqKind.name ? executor.options : {});
}

/** The campaign with its trials on workers, whatever executor its config names. The environment says where Redis is. */
export function overRedis(prepared: PreparedCampaign): PreparedCampaign {
  const { url: _, ...options } = queueOptions(prepared);
  return withExecutor(prepared, { kind: bullmqKind, options });
}

/**
 * The campaign with the executor that a worker trains with: that of the config, or the one that the trainer prefers if
 * the config names the queue, or the main thread, which a worker needs for the queue.
 */
export function onThisWorker(prepared: PreparedCampaign): PreparedCampaign {
  const { executor, trainer } = prepared.loaded.config;
  if (executor.kind.isRemote !== true && executor.kind.name !== 'in_process') return prepared;
  const kind = builtInKinds.executors.find(({ name }) => name === trainer.executor);
  if (kind === undefined) throw new TypeError(`the executor ${trainer.executor} is not registered`);
  return withExecutor(prepared, { kind, options: kind.schema.parse({}) });
}

function withExecutor(prepared: PreparedCampaign, executor: ExecutorChoice): PreparedCampaign {
  const { loaded } = prepared;
  return { ...prepared, loaded: { ...loaded, config: { ...loaded.config, executor } } };
}
