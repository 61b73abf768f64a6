import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { proofOf } from '../../remote/campaign-proof.js';
import { serveStep } from '../../remote/slurm/serve-step.js';
import { createExecutor } from '../create-executor.js';
import type { PreparedCampaign } from '../prepare-campaign.js';
import { onThisWorker } from './over-redis.js';

/** How the worker of a job step is run. */
export interface RunStepOptions {
  /** The folder for the directories and logs of programs; `results/<name>-workers` by default. */
  readonly out?: string;
  readonly input: Readable;
  readonly output: Writable;
  /** Aborted when a running trial may finish and no other one begins. */
  readonly draining: AbortSignal;
}

/** Takes trials of a campaign from a stream, one at a time, until the stream ends. */
export async function runStep(
  prepared: PreparedCampaign,
  { out, ...streams }: RunStepOptions,
): Promise<void> {
  const base = resolve(out ?? join('results', `${prepared.loaded.config.name}-workers`));
  await using executor = await createExecutor(
    onThisWorker(prepared),
    join(base, `${hostname()}-${process.pid}`),
    1,
  );
  await serveStep({ ...streams, proof: proofOf(prepared.facts), executor });
}
