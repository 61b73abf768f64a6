import type { Redis } from 'ioredis';
import { KEEP_SECONDS, MAX_PAYLOAD_BYTES } from './limits.js';
import { sha256 } from './outcome-form.js';
import type { QueueNames } from './queue-names.js';
import type { RemoteJob } from './remote-job.js';

type Heads = NonNullable<RemoteJob['members']>;

/** Whether the networks of a committee's members can be sent. If not, the worker trains the members again. */
export function canSendMembers(members: readonly Uint8Array[]): boolean {
  return members.reduce((sum, { length }) => sum + length, 0) <= MAX_PAYLOAD_BYTES;
}

/** Stores the networks of a committee's members, and returns what the job says about them. */
export async function writeMembers(
  client: Redis,
  names: QueueNames,
  job: string,
  members: readonly Uint8Array[],
): Promise<Heads> {
  const key = names.members(job);
  const fields = new Map(members.map((bytes, place) => [`${place}`, Buffer.from(bytes)]));
  await client.multi().del(key).hset(key, fields).expire(key, KEEP_SECONDS).exec();
  return members.map((bytes) => ({ bytes: bytes.length, sha256: sha256(bytes) }));
}

/** The networks of a committee's members; null if they are not there, or are not those that the job names. */
export async function readMembers(
  client: Redis,
  names: QueueNames,
  job: string,
  heads: Heads,
): Promise<readonly Uint8Array[] | null> {
  const members: Uint8Array[] = [];
  for (const [place, { bytes, sha256: expected }] of heads.entries()) {
    const key = names.members(job);
    if ((await client.hstrlen(key, `${place}`)) !== bytes) return null;
    const member = new Uint8Array((await client.hgetBuffer(key, `${place}`)) ?? []);
    if (sha256(member) !== expected) return null;
    members.push(member);
  }
  return members;
}
