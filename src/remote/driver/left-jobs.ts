import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { TrialKey } from '../../campaign/trial.js';
import { type CampaignProof, proofDifference } from '../campaign-proof.js';
import { MAX_JOB_BYTES } from '../limits.js';
import type { QueueNames } from '../queue-names.js';
import { isIdOf, type RemoteJob, readJob } from '../remote-job.js';

/** A job that an earlier driver of the same campaign has left, finished or not. */
export interface LeftJob {
  readonly id: string;
  readonly trial: TrialKey;
  /** Epochs of the checkpoint from which it goes on; null if it trains from the start. */
  readonly startEpochs: number | null;
}

/** What an earlier driver has left in the queue. */
export interface LeftJobs {
  readonly adoptable: readonly LeftJob[];
  /** How many other jobs were removed. */
  readonly removed: number;
}

const STATES = ['wait', 'active', 'delayed', 'prioritized', 'completed', 'failed'] as const;

/**
 * Looks through the queue when a driver starts. Jobs of the same campaign that have finished or are under way can be
 * adopted; all others are removed.
 */
export async function findLeftJobs(
  client: Redis,
  queue: Queue,
  names: QueueNames,
  proof: CampaignProof,
): Promise<LeftJobs> {
  const adoptable: LeftJob[] = [];
  let removed = 0;
  for (const state of STATES) {
    for (const id of await idsIn(client, names, state)) {
      const job = state === 'failed' ? null : await readLeft(client, names, id);
      const isStopped = (await client.exists(names.stop(id))) === 1;
      if (job !== null && !isStopped && proofDifference(proof, job.proof) === null) {
        adoptable.push({ id, trial: job.trial, startEpochs: job.start?.epochs ?? null });
        continue;
      }
      if (state === 'active') await client.set(names.stop(id), '1', 'EX', 3600);
      else removed += await queue.remove(id);
    }
  }
  return { adoptable, removed };
}

async function idsIn(client: Redis, names: QueueNames, state: (typeof STATES)[number]): Promise<string[]> {
  const key = names.job(state);
  return state === 'wait' || state === 'active' ? client.lrange(key, 0, -1) : client.zrange(key, 0, -1);
}

async function readLeft(client: Redis, names: QueueNames, id: string): Promise<RemoteJob | null> {
  const size = await client.hstrlen(names.job(id), 'data');
  if (size === 0 || size > MAX_JOB_BYTES) return null;
  try {
    const job = readJob(JSON.parse((await client.hget(names.job(id), 'data')) ?? 'null'));
    return isIdOf(id, job.trial) ? job : null;
  } catch {
    return null;
  }
}
