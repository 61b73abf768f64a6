import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../../platform/system-error.js';
import { ownLockInfo, parseLockInfo } from './lock-info.js';

/**
 * Whether a run seems to be at work on a folder, as far as its lock file tells without taking the lock: `gone` where
 * there is no lock file, or where the process that wrote it is no more; `unknown` where it is on another host.
 */
export function lockHolder(folder: string): 'at-work' | 'gone' | 'unknown' {
  const text = readLockFile(join(folder, 'lock'));
  if (text === null) return 'gone';
  const theirs = parseLockInfo(text);
  // An empty file: its writer has just opened it, or died in the middle.
  if (theirs === null) return 'unknown';
  const ours = ownLockInfo('host', new Date());
  if (theirs.host !== ours.host) return 'unknown';
  if (theirs.boot !== ours.boot) return 'gone';
  return isAlive(theirs.pid) ? 'at-work' : 'gone';
}

function readLockFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return systemErrorCode(error) === 'EPERM';
  }
}
