import { createHash } from 'node:crypto';
import { z } from 'zod';
import { finishReasons, type Outcome } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import { evaluationSchema, failureForm, onceForm } from '../journal/forms/outcome-forms.js';
import { formatBytes } from '../text/bytes.js';
import { MAX_PAYLOAD_BYTES } from './limits.js';
import { parseJson } from './parse-json.js';
import { checkpointHead } from './remote-job.js';

const bytesHead = z.strictObject({ bytes: z.int().nonnegative(), sha256: z.string().length(64) });

const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('finished'),
    reason: z.enum(finishReasons),
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

/** An outcome and its reports as they are sent: text, and the bytes that the text describes. */
export interface PackedOutcome {
  readonly head: string;
  readonly network: Uint8Array | null;
  readonly checkpoint: Uint8Array | null;
}

/** Packs an outcome. One whose network or curve is too large becomes a failure, with a sentence that says so. */
export function packOutcome(outcome: Outcome, reports: readonly Report[]): PackedOutcome {
  const sent = withinLimit(outcome);
  // Reports of a trial that was stopped are of no use.
  const kept = sent.kind === 'stopped' ? [] : reports;
  const head = JSON.stringify({ outcome: headOf(sent), reports: kept });
  if (head.length > MAX_PAYLOAD_BYTES) return packOutcome(tooLarge('The curve', head.length), []);
  const { network = null, checkpoint = null } = sent.kind === 'finished' ? sent : {};
  return { head, network: network?.bytes ?? null, checkpoint: checkpoint?.state ?? null };
}

/** Unpacks an outcome. Throws TypeError with a sentence about what is wrong with it. */
export function unpackOutcome({ head, network, checkpoint }: PackedOutcome): {
  outcome: Outcome;
  reports: readonly Report[];
} {
  return assemble(parseJson(headSchema, head), network, checkpoint);
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
    'to the driver. Run this campaign on one machine.';
  return { kind: 'failed', code: 'error', message };
}

function assemble(
  { outcome, reports }: z.output<typeof headSchema>,
  networkBytes: Uint8Array | null,
  state: Uint8Array | null,
): ReturnType<typeof unpackOutcome> {
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

function checked(bytes: Uint8Array | null, expected: z.output<typeof bytesHead>): Uint8Array {
  const copy = new Uint8Array(bytes ?? []);
  if (copy.length === expected.bytes && sha256(copy) === expected.sha256) return copy;
  throw new TypeError('its bytes are not those that it announces');
}

function describe(bytes: Uint8Array): z.output<typeof bytesHead> {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

/** The checksum of bytes that are sent. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
