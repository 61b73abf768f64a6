import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotRegularFile, openRegularFile } from '../../platform/regular-file.js';
import { systemErrorCode } from '../../platform/system-error.js';
import { ownLockInfo, parseLockInfo } from './lock-info.js';

/**
 * Whether a run seems to use a folder, judged by its lock file without taking the lock: `gone` if there is no lock
 * file or if the process that wrote it has ended; `unknown` if that process is on another host.
 */
export function lockHolder(folder: string): 'at-work' | 'gone' | 'unknown' {
  const text = readLockFile(join(folder, 'lock'));
  if (text === null) return 'gone';
  const theirs = parseLockInfo(text);
  // An empty file: its writer has just opened it, or died before it wrote.
  if (theirs === null) return 'unknown';
  const ours = ownLockInfo('host', new Date());
  if (theirs.host !== ours.host) return 'unknown';
  if (theirs.boot !== ours.boot) return 'gone';
  return isAlive(theirs.pid) ? 'at-work' : 'gone';
}

function readLockFile(path: string): string | null {
  try {
    const descriptor = openRegularFile(path);
    try {
      return readFileSync(descriptor, 'utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof NotRegularFile) return ''; // not a lock of fitfirst's
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive too.
    return systemErrorCode(error) === 'EPERM';
  }
}
