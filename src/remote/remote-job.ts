import { z } from 'zod';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import { trialSpecSchema } from '../journal/forms/trial-spec-form.js';
import { errorMessage } from '../text/error-message.js';
import { PROTOCOL, proofSchema } from './campaign-proof.js';
import { MAX_JOB_BYTES, MAX_PAYLOAD_BYTES } from './limits.js';

const epochs = z.int().positive();
const bytes = z.int().nonnegative().max(MAX_PAYLOAD_BYTES);

/** What describes a checkpoint whose state is in a key of its own. */
export const checkpointHead = z.strictObject({
  epochs,
  reportsUpTo: z.int().nonnegative(),
  bytes,
  sha256: z.string().length(64),
});

const jobSchema = z.strictObject({
  trial: z.string().regex(/^[0-9a-f]{32}$/),
  spec: trialSpecSchema,
  proof: proofSchema,
  keepCheckpoint: z.boolean(),
  /** The checkpoint from which the trial goes on; null to train from the start. */
  start: checkpointHead.nullable(),
  /** The networks of a committee's members, which are in a key of their own. */
  members: z.exactOptional(z.array(z.strictObject({ bytes, sha256: z.string().length(64) })).max(100)),
});

/** All that Redis says about a trial. It names no code, no path and no command. */
export interface RemoteJob extends Omit<z.output<typeof jobSchema>, 'trial' | 'spec'> {
  readonly trial: TrialKey;
  readonly spec: TrialSpec;
}

/** The id of a job: the trial and a word that no other attempt has. BullMQ allows no colon and no bare integer. */
export function jobId(trial: TrialKey, nonce: string): string {
  return `${trial}-${nonce}`;
}

/** Whether the id is one that a driver may have given to a job of this trial. */
export function isIdOf(id: string | undefined, trial: string): boolean {
  return id !== undefined && /^[0-9a-f]{32}-[0-9a-f]{12}$/.test(id) && id.startsWith(trial);
}

/** Reads a job. Throws TypeError with a sentence about what is wrong with it. */
export function readJob(data: unknown): RemoteJob {
  const size = JSON.stringify(data)?.length ?? 0;
  if (size > MAX_JOB_BYTES)
    throw new TypeError(`it has ${size} bytes, and a job has at most ${MAX_JOB_BYTES}`);
  const protocol = protocolOf(data);
  if (protocol !== null && protocol !== PROTOCOL)
    throw new TypeError(`it has protocol ${protocol}, and this version of fitfirst speaks ${PROTOCOL}`);
  const parsed = jobSchema.safeParse(data);
  if (!parsed.success) throw new TypeError(`it is not a job of fitfirst (${firstIssue(parsed.error)})`);
  return { ...parsed.data, trial: parsed.data.trial as TrialKey };
}

const protocolSchema = z.object({ proof: z.object({ protocol: z.number() }) });

/** The protocol, which is read first: a job of another version may have another form. */
function protocolOf(data: unknown): number | null {
  const parsed = protocolSchema.safeParse(data);
  return parsed.success ? parsed.data.proof.protocol : null;
}

/** Where a value has another form than expected, and how. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? errorMessage(error)}`.slice(0, 300);
}
