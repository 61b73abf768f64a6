import { spawnSync } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { assertRegularDescriptor, NotRegularFile } from '../../platform/regular-file.js';
import { systemErrorCode } from '../../platform/system-error.js';
import type { LockReach } from './lock-info.js';

/**
 * An open file that only one process can hold. The operating system releases it when the process ends, however it
 * ends. It needs no heartbeat, so a blocked event loop loses nothing. Child processes do not inherit it.
 */
export interface FileLock {
  /** A plain number: a FileHandle would close when it is garbage-collected. */
  readonly descriptor: number;
  readonly reach: LockReach;
  release(): Promise<void>;
}

// From <sys/fcntl.h> of macOS; Node does not name them. Opening a file with them takes a lock as flock(2) does.
const MAC_OPEN_EXCLUSIVELY = 0x20;
const MAC_DO_NOT_WAIT = 0x4;

/** Windows has no such flags. */
const GUARDED = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file, created if missing, and takes every kind of lock on it that this machine offers. Returns null if
 * another process, or this one, holds it already. Throws the system's error if the file cannot be opened,
 * NotRegularFile if something else stands there, and an Error if the machine offers no kind of lock.
 */
export async function takeFileLock(path: string): Promise<FileLock | null> {
  const hold = await takeLock(path, constants.O_RDWR | constants.O_CREAT | GUARDED);
  if (hold !== 'unavailable') return hold;
  throw new Error(`${path}: this machine has neither the flock program nor sockets to lock a campaign with.`);
}

/**
 * Locks a folder that exists as `takeFileLock` locks a file. `unavailable` where the system locks no folders, or does
 * not let us read this one.
 */
export async function takeFolderLock(path: string): Promise<FileLock | 'unavailable' | null> {
  try {
    return await takeLock(path, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EACCES' || code === 'ENOTSUP' || code === 'EOPNOTSUPP') return 'unavailable';
    throw error;
  }
}

function takeLock(path: string, flags: number): Promise<FileLock | 'unavailable' | null> {
  return process.platform === 'darwin' ? holdByOpening(path, flags) : holdByProgramAndSocket(path, flags);
}

/** Opens a folder, or the file of a lock, which must be a regular file: a link's target would be overwritten. */
function openGuarded(path: string, flags: number): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, flags, 0o666);
  } catch (error) {
    throw systemErrorCode(error) === 'ELOOP' ? new NotRegularFile(path, 'a symbolic link') : error;
  }
  if ((flags & constants.O_CREAT) === 0) return descriptor;
  try {
    assertRegularDescriptor(path, descriptor);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** macOS: opening the file takes the lock. */
async function holdByOpening(path: string, access: number): Promise<FileLock | null> {
  try {
    const flags = access | MAC_OPEN_EXCLUSIVELY | MAC_DO_NOT_WAIT;
    const descriptor = openGuarded(path, flags);
    return { descriptor, reach: 'kernel', release: async () => closeSync(descriptor) };
  } catch (error) {
    if (systemErrorCode(error) === 'EAGAIN') return null;
    throw error;
  }
}

/**
 * Linux: `flock` and a socket. A few containers lack the program, and a few network disks do not support its locks.
 * The socket always works, but containers with their own network do not see it.
 */
async function holdByProgramAndSocket(path: string, flags: number): Promise<FileLock | 'unavailable' | null> {
  const descriptor = openGuarded(path, flags);
  const program = lockByProgram(descriptor);
  const socket = program === 'busy' ? 'busy' : await lockBySocket(descriptor);
  if (program === 'busy' || socket === 'busy') {
    closeSync(descriptor);
    return null;
  }
  if (program === 'unavailable' && socket === 'unavailable') {
    closeSync(descriptor);
    return 'unavailable';
  }
  return {
    descriptor,
    reach: program === 'held' ? 'kernel' : 'host',
    release: async () => {
      if (socket !== 'unavailable') await new Promise((resolve) => socket.close(resolve));
      closeSync(descriptor);
    },
  };
}

/**
 * A lock taken with flock(2) belongs to the open file, which the program shares with us. It stays when the program
 * ends, and is released with our descriptor. Short options, because BusyBox has no others.
 */
export function lockByProgram(descriptor: number): 'held' | 'busy' | 'unavailable' {
  const { status, stderr } = spawnSync('flock', ['-x', '-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
  });
  if (status === 0) return 'held';
  // A lock that is taken is not an error of the program; a disk without locks is.
  return status === 1 && stderr.length === 0 ? 'busy' : 'unavailable';
}

/** Binds an abstract socket named after the file's identity. It has no file, so nothing stale can remain. */
export function lockBySocket(descriptor: number): Promise<Server | 'busy' | 'unavailable'> {
  if (process.platform !== 'linux') return Promise.resolve('unavailable');
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return new Promise((resolve) => {
    const server = createServer((connection) => connection.destroy());
    server.on('error', (error) => {
      resolve(systemErrorCode(error) === 'EADDRINUSE' ? 'busy' : 'unavailable');
    });
    server.listen({ path: `\0fitfirst-${dev}-${ino}`, exclusive: true }, () => resolve(server.unref()));
  });
}
