import { z } from 'zod';
import type { TrialSpec } from '../../campaign/trial.js';
import type { RunOptions } from '../../execution/executor.js';
import { trialSpecSchema } from '../../journal/forms/trial-spec-form.js';
import { proofSchema } from '../campaign-proof.js';
import type { PackedOutcome } from '../outcome-form.js';
import { parseJson } from '../parse-json.js';
import { canSendMembers } from '../sent-members.js';

/** Each message is a line that starts like this. Other lines are what programs print. */
const MARK = 'fitfirst ';

const id = z.int().positive();
const bytes = z.base64().nullable();

const toStep = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('train'),
    id,
    spec: trialSpecSchema,
    keepCheckpoint: z.boolean(),
    /** The checkpoint from which the trial goes on; null to train from the start. */
    from: z.strictObject({ epochs: id, reportsUpTo: z.int().nonnegative(), state: z.base64() }).nullable(),
    /** The networks of a committee's members. */
    members: z.array(z.base64()).max(100),
  }),
  z.strictObject({ type: z.literal('stop'), id }),
]);

const toDriver = z.discriminatedUnion('type', [
  /** The first message: the worker takes trials of this campaign. */
  z.strictObject({ type: z.literal('ready'), proof: proofSchema, host: z.string().max(300), pid: z.int() }),
  z.strictObject({
    type: z.literal('report'),
    id,
    report: z.strictObject({ epoch: id, metrics: z.record(z.string(), z.number()) }),
  }),
  z.strictObject({ type: z.literal('ended'), id, head: z.string(), network: bytes, checkpoint: bytes }),
  /** The worker can train nothing and ends. */
  z.strictObject({ type: z.literal('broken'), message: z.string() }),
]);

/** What the driver says to a job step, by its standard input. */
export type ToStep =
  | (Omit<Extract<z.output<typeof toStep>, { type: 'train' }>, 'spec'> & { readonly spec: TrialSpec })
  | Extract<z.output<typeof toStep>, { type: 'stop' }>;
/** What a job step says to the driver, by its standard output. */
export type FromStep = z.output<typeof toDriver>;

export const formatStepLine = (message: ToStep | FromStep): string => `${MARK}${JSON.stringify(message)}\n`;

/** Reads a line from the driver; null if it is no message. Throws TypeError if it is a wrong one. */
export const readToStep = (line: string): ToStep | null => read(toStep, line) as ToStep | null;
/** Reads a line from a job step; null if it is no message. Throws TypeError if it is a wrong one. */
export const readFromStep = (line: string): FromStep | null => read(toDriver, line);

function read<Schema extends z.ZodType>(schema: Schema, line: string): z.output<Schema> | null {
  return line.startsWith(MARK) ? parseJson(schema, line.slice(MARK.length)) : null;
}

export function trainMessage(
  trial: number,
  spec: TrialSpec,
  { from = null, keepCheckpoint = false, members = [] }: RunOptions,
): ToStep {
  const start = from && { ...from, state: toBase64(from.state) };
  const sent = canSendMembers(members) ? members.map(toBase64) : [];
  return { type: 'train', id: trial, spec, keepCheckpoint, from: start, members: sent };
}

export function endedMessage(trial: number, { head, network, checkpoint }: PackedOutcome): FromStep {
  const [sentNetwork, sentCheckpoint] = [network && toBase64(network), checkpoint && toBase64(checkpoint)];
  return { type: 'ended', id: trial, head, network: sentNetwork, checkpoint: sentCheckpoint };
}

export function packedOutcome({
  head,
  network,
  checkpoint,
}: Extract<FromStep, { type: 'ended' }>): PackedOutcome {
  const bytesOf = (text: string | null): Uint8Array | null => (text === null ? null : fromBase64(text));
  return { head, network: bytesOf(network), checkpoint: bytesOf(checkpoint) };
}

function toBase64(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
