import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { proofOf } from '../../remote/campaign-proof.js';
import { serveStep } from '../../remote/slurm/serve-step.js';
import type { PreparedCampaign } from '../prepare-campaign.js';
import { createWorkerExecutor } from './create-worker-executor.js';

/** How the worker of a job step is run. */
export interface RunStepOptions {
  /** The folder for the directories and logs of programs; `results/<name>-workers` by default. */
  readonly out?: string;
  /** Called with a sentence for the log of the worker. */
  readonly onMessage: (message: string) => void;
  readonly input: Readable;
  readonly output: Writable;
  /** Aborted when a running trial may finish and no other one begins. */
  readonly draining: AbortSignal;
}

/** Takes trials of a campaign from a stream, one at a time, until the stream ends. */
export async function runStep(
  prepared: PreparedCampaign,
  { out, onMessage, ...streams }: RunStepOptions,
): Promise<void> {
  const base = resolve(out ?? join('results', `${prepared.loaded.config.name}-workers`));
  const folder = join(base, `${hostname()}-${process.pid}`);
  await using executor = await createWorkerExecutor(prepared, folder, 1, onMessage);
  await serveStep({ ...streams, proof: proofOf(prepared.facts), executor });
}
