import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Outcome, TrialCheckpoint } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import { formatBytes } from '../text/bytes.js';
import { KEEP_SECONDS, MAX_INLINE_BYTES, MAX_PAYLOAD_BYTES } from './limits.js';
import { packOutcome, sha256, unpackOutcome } from './outcome-form.js';
import { parseJson } from './parse-json.js';
import type { QueueNames } from './queue-names.js';
import type { RemoteJob } from './remote-job.js';

/** What a worker returns to the queue: the result, or where it is. */
const returnedSchema = z.strictObject({ run: z.string().min(1).max(200), head: z.string().nullable() });

export type Returned = z.output<typeof returnedSchema>;

/** The result of one run of a job. */
export interface TrialResult {
  readonly run: string;
  readonly outcome: Outcome;
  /** All reports of the run. */
  readonly reports: readonly Report[];
}

/** Stores a result that is too large for the queue, and returns what the queue gets. */
export async function writeResult(
  client: Redis,
  names: QueueNames,
  job: string,
  { run, outcome, reports }: TrialResult,
): Promise<Returned> {
  const { head, network, checkpoint } = packOutcome(outcome, reports);
  if (network === null && checkpoint === null && head.length <= MAX_INLINE_BYTES) return { run, head };
  const key = names.result(job, run);
  const fields = new Map<string, string | Buffer>([['head', head]]);
  if (network !== null) fields.set('network', Buffer.from(network));
  if (checkpoint !== null) fields.set('checkpoint', Buffer.from(checkpoint));
  await client.multi().del(key).hset(key, fields).expire(key, KEEP_SECONDS).exec();
  return { run, head: null };
}

/** Reads a result. Throws TypeError with a sentence about what is wrong with it. */
export async function readResult(
  client: Redis,
  names: QueueNames,
  job: string,
  returned: string,
): Promise<TrialResult> {
  const { run, head } = parseJson(returnedSchema, returned);
  if (head !== null) return { run, ...unpackOutcome({ head, network: null, checkpoint: null }) };
  const key = names.result(job, run);
  // A size is asked for first, so that a huge value is never read.
  const [headSize = 0, networkSize = 0, checkpointSize = 0] = await Promise.all(
    ['head', 'network', 'checkpoint'].map((field) => client.hstrlen(key, field)),
  );
  if (headSize === 0) throw new TypeError('it is not there');
  for (const size of [headSize, networkSize, checkpointSize]) {
    if (size > MAX_PAYLOAD_BYTES)
      throw new TypeError(
        `it has ${formatBytes(size)}, and at most ${formatBytes(MAX_PAYLOAD_BYTES)} are accepted`,
      );
  }
  const [text, network, checkpoint] = await Promise.all([
    client.hget(key, 'head'),
    networkSize === 0 ? null : client.hgetBuffer(key, 'network'),
    checkpointSize === 0 ? null : client.hgetBuffer(key, 'checkpoint'),
  ]);
  return { run, ...unpackOutcome({ head: text ?? '', network, checkpoint }) };
}

/** Stores the checkpoint from which a trial goes on; null if it is too large: the trial then trains from the start. */
export async function writeStart(
  client: Redis,
  names: QueueNames,
  job: string,
  { epochs, reportsUpTo, state }: TrialCheckpoint,
): Promise<RemoteJob['start']> {
  if (state.length > MAX_PAYLOAD_BYTES) return null;
  await client.set(names.start(job), Buffer.from(state), 'EX', KEEP_SECONDS);
  return { epochs, reportsUpTo, bytes: state.length, sha256: sha256(state) };
}

/** The checkpoint from which a trial goes on; null if it is not there, or is not the one that the job names. */
export async function readStart(
  client: Redis,
  names: QueueNames,
  job: string,
  { epochs, reportsUpTo, bytes, sha256: expected }: NonNullable<RemoteJob['start']>,
): Promise<TrialCheckpoint | null> {
  const key = names.start(job);
  if ((await client.strlen(key)) !== bytes) return null;
  const state = new Uint8Array((await client.getBuffer(key)) ?? []);
  return sha256(state) === expected ? { epochs, reportsUpTo, state } : null;
}
