import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { workerCount } from '../../execution/worker-count.js';
import { proofOf } from '../../remote/campaign-proof.js';
import { queueNames } from '../../remote/queue-names.js';
import { forgetCredentials, resolveRedisAddress } from '../../remote/redis-address.js';
import { loadQueueLibraries } from '../../remote/redis-connection.js';
import type { ServeOptions } from '../../remote/worker/serve-trials.js';
import { parseDuration } from '../../text/duration.js';
import type { PreparedCampaign } from '../prepare-campaign.js';
import { createWorkerExecutor } from './create-worker-executor.js';
import { queueOptions } from './over-redis.js';

/** How a worker is run. */
export interface RunWorkerOptions
  extends Pick<ServeOptions, 'draining' | 'stopping' | 'onMessage' | 'onTrials'> {
  /** Trials at once; what the config says, by default one per core. */
  readonly workers?: number | 'auto';
  /** The folder for the directories and logs of programs; `results/<name>-workers` by default. */
  readonly out?: string;
  /** Called once the worker takes trials. */
  readonly onReady?: (about: WorkerStart) => void;
}

/** What a worker says when it starts. */
export interface WorkerStart {
  readonly queue: string;
  /** The address of Redis, without user and password. */
  readonly redis: string;
  readonly slots: number;
  /** Where programs leave their logs. */
  readonly folder: string;
}

/** Takes trials of a campaign over Redis until `draining`. Throws FitfirstError for causes outside the program. */
export async function runWorker(prepared: PreparedCampaign, options: RunWorkerOptions): Promise<void> {
  const { url, queue, lock, check_every: checkEvery } = queueOptions(prepared);
  const address = resolveRedisAddress(url, process.env);
  forgetCredentials(process.env);
  const libraries = await loadQueueLibraries();
  const { serveTrials } = await import('../../remote/worker/serve-trials.js');
  const { config } = prepared.loaded;
  const out = resolve(options.out ?? join('results', `${config.name}-workers`));
  const folder = join(out, `${hostname()}-${process.pid}`);
  const slots = workerCount(options.workers ?? config.workers);
  const names = queueNames(queue ?? config.name);
  await using executor = await createWorkerExecutor(prepared, folder, slots, options.onMessage);
  options.onReady?.({ queue: names.queue, redis: address.shown, slots: executor.slots, folder });
  await serveTrials({
    ...options,
    address,
    names,
    libraries,
    timing: { lock: parseDuration(lock) ?? 0, checkEvery: parseDuration(checkEvery) ?? 0 },
    proof: proofOf(prepared.facts),
    parameters: [...prepared.facts.parameters, ...Object.keys(config.defaults)],
    executor,
  });
}
