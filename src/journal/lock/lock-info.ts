import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { systemErrorCode } from '../../platform/system-error.js';

/**
 * Which processes the lock excludes: all under the same operating-system kernel, including containers, or only those
 * that also share this host's name and network.
 */
export type LockReach = 'kernel' | 'host';

const lockInfoSchema = z.object({
  host: z.string(),
  boot: z.string().nullable(),
  pid: z.int().positive(),
  started: z.iso.datetime(),
  reach: z.enum(['kernel', 'host']),
});

/**
 * Who holds the lock of a campaign's folder, as written into the lock file. The holder removes it when it releases
 * the lock.
 */
export type LockInfo = Readonly<z.infer<typeof lockInfoSchema>>;

/** The note of this process. */
export function ownLockInfo(reach: LockReach, now: Date): LockInfo {
  return { host: hostname(), boot: bootId(), pid: process.pid, started: now.toISOString(), reach };
}

/** The note in a lock file; null if the file is empty or incomplete. */
export function parseLockInfo(text: string): LockInfo | null {
  try {
    return lockInfoSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether the holder in the note may still be alive although we got the lock. That can only be a process which our
 * locks do not reach.
 */
export function outOfReach(theirs: LockInfo, ours: LockInfo): boolean {
  if (theirs.host === ours.host) return false;
  const sameKernel = theirs.boot !== null && theirs.boot === ours.boot;
  return !(sameKernel && theirs.reach === 'kernel' && ours.reach === 'kernel');
}

/** Changes with every start of the machine; null if the system does not provide it. */
function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch (error) {
    if (systemErrorCode(error) !== null) return null;
    throw error;
  }
}
