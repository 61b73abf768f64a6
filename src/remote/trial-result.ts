import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Outcome, TrialCheckpoint } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import { evaluationSchema, failureForm, onceForm } from '../journal/campaign-event.js';
import { formatBytes } from '../text/bytes.js';
import { KEEP_SECONDS, MAX_INLINE_BYTES, MAX_PAYLOAD_BYTES } from './limits.js';
import type { QueueNames } from './queue-names.js';
import { checkpointHead, firstIssue, type RemoteJob } from './remote-job.js';

const bytesHead = z.strictObject({ bytes: z.int().nonnegative(), sha256: z.string().length(64) });

const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('finished'),
    reason: z.enum(['complete', 'fit']),
    network: bytesHead.extend({ evaluation: evaluationSchema }).nullable(),
    checkpoint: checkpointHead.nullable(),
    ...onceForm,
  }),
  z.strictObject({ kind: z.literal('stopped') }),
  z.strictObject({ kind: z.literal('diverged'), epoch: z.int().positive() }),
  z.strictObject({ kind: z.literal('failed'), ...failureForm }),
  z.strictObject({
    kind: z.literal('lost'),
    message: z.string(),
    shortage: z.exactOptional(z.strictObject({ bytes: z.number().nullable(), wasAlone: z.boolean() })),
  }),
]);

const headSchema = z.strictObject({
  outcome: outcomeSchema,
  reports: z.array(z.strictObject({ epoch: z.int().positive(), metrics: z.record(z.string(), z.number()) })),
});

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
  const sent = withinLimit(outcome);
  const network = sent.kind === 'finished' ? (sent.network?.bytes ?? null) : null;
  const state = sent.kind === 'finished' ? (sent.checkpoint?.state ?? null) : null;
  // Reports of a trial that was stopped are of no use.
  const kept = sent.kind === 'stopped' ? [] : reports;
  let head = JSON.stringify({ outcome: headOf(sent), reports: kept });
  if (head.length > MAX_PAYLOAD_BYTES)
    head = JSON.stringify({ outcome: tooLarge('The curve', head.length), reports: [] });
  if (network === null && state === null && head.length <= MAX_INLINE_BYTES) return { run, head };
  const key = names.result(job, run);
  const fields = new Map<string, string | Buffer>([['head', head]]);
  if (network !== null) fields.set('network', Buffer.from(network));
  if (state !== null) fields.set('checkpoint', Buffer.from(state));
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
  const { run, head } = parse(returnedSchema, returned);
  if (head !== null) return { run, ...assemble(parse(headSchema, head), null, null) };
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
  const [text, network, state] = await Promise.all([
    client.hget(key, 'head'),
    networkSize === 0 ? null : client.hgetBuffer(key, 'network'),
    checkpointSize === 0 ? null : client.hgetBuffer(key, 'checkpoint'),
  ]);
  return { run, ...assemble(parse(headSchema, text ?? ''), network, state) };
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

/** The outcome without its bytes, as `outcomeSchema` reads it. */
function headOf(outcome: Outcome): object {
  if (outcome.kind !== 'finished') return outcome;
  const { kind, network, checkpoint = null, ...rest } = outcome;
  return {
    kind,
    ...rest,
    network: network && { ...describe(network.bytes), evaluation: network.evaluation },
    checkpoint: checkpoint && {
      epochs: checkpoint.epochs,
      reportsUpTo: checkpoint.reportsUpTo,
      ...describe(checkpoint.state),
    },
  };
}

/** A checkpoint that is too large is left out: the longer trial then trains from the start. */
function withinLimit(outcome: Outcome): Outcome {
  if (outcome.kind !== 'finished') return outcome;
  const { network, checkpoint, ...rest } = outcome;
  if (network !== null && network.bytes.length > MAX_PAYLOAD_BYTES)
    return tooLarge('The network', network.bytes.length);
  const isKept = checkpoint !== undefined && checkpoint.state.length <= MAX_PAYLOAD_BYTES;
  return { ...rest, network, ...(isKept && { checkpoint }) };
}

function tooLarge(what: string, bytes: number): Extract<Outcome, { kind: 'failed' }> {
  const message =
    `${what} of the trial has ${formatBytes(bytes)}, and at most ${formatBytes(MAX_PAYLOAD_BYTES)} can be sent ` +
    'over Redis. Run this campaign on one machine.';
  return { kind: 'failed', code: 'error', message };
}

function assemble(
  { outcome, reports }: z.output<typeof headSchema>,
  networkBytes: Buffer | null,
  state: Buffer | null,
): Omit<TrialResult, 'run'> {
  if (outcome.kind !== 'finished') return { outcome, reports };
  const { network, checkpoint, ...rest } = outcome;
  return {
    reports,
    outcome: {
      ...rest,
      network: network && { bytes: checked(networkBytes, network), evaluation: network.evaluation },
      ...(checkpoint && {
        checkpoint: {
          epochs: checkpoint.epochs,
          reportsUpTo: checkpoint.reportsUpTo,
          state: checked(state, checkpoint),
        },
      }),
    },
  };
}

function checked(bytes: Buffer | null, expected: z.output<typeof bytesHead>): Uint8Array {
  const copy = new Uint8Array(bytes ?? []);
  if (copy.length === expected.bytes && sha256(copy) === expected.sha256) return copy;
  throw new TypeError('its bytes are not those that it announces');
}

function describe(bytes: Uint8Array): z.output<typeof bytesHead> {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TypeError('it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TypeError(firstIssue(parsed.error));
}
