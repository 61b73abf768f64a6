import { spawnSync } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { systemErrorCode } from '../../platform/system-error.js';
import type { LockReach } from './lock-info.js';

/**
 * A file that is open and that nobody else can hold so. The operating system lets go of it when the process ends,
 * however it ends; no heartbeat is needed, so a blocked event loop loses nothing. Child processes do not inherit it.
 */
export interface FileLock {
  /** A plain number and no FileHandle, which would close when it is collected as garbage. */
  readonly descriptor: number;
  readonly reach: LockReach;
  release(): Promise<void>;
}

// From <sys/fcntl.h> of macOS; Node has no names for them. Opening with them takes a lock as flock(2) does.
const MAC_OPEN_EXCLUSIVELY = 0x20;
const MAC_DO_NOT_WAIT = 0x4;

/**
 * Opens a file, created where missing, and takes every kind of lock on it that this machine offers. Null where
 * another process (or another hold in this one) has it. Throws the system's error where the file cannot be opened,
 * and an Error where there is no kind of lock at all.
 */
export async function takeFileLock(path: string): Promise<FileLock | null> {
  return process.platform === 'darwin' ? holdByOpening(path) : holdByProgramAndSocket(path);
}

/** macOS: the lock comes with the opening of the file. */
function holdByOpening(path: string): FileLock | null {
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | MAC_OPEN_EXCLUSIVELY | MAC_DO_NOT_WAIT;
    const descriptor = openSync(path, flags, 0o666);
    return { descriptor, reach: 'kernel', release: async () => closeSync(descriptor) };
  } catch (error) {
    if (systemErrorCode(error) === 'EAGAIN') return null;
    throw error;
  }
}

/**
 * Linux: `flock` as well as a socket. The program is missing from a few containers, and a few network disks know no
 * such locks; the socket is always there, but a container with a network of its own does not see it.
 */
async function holdByProgramAndSocket(path: string): Promise<FileLock | null> {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o666);
  const program = lockByProgram(descriptor);
  const socket = program === 'busy' ? 'busy' : await lockBySocket(descriptor);
  if (program === 'busy' || socket === 'busy') {
    closeSync(descriptor);
    return null;
  }
  if (program === 'unavailable' && socket === 'unavailable') {
    closeSync(descriptor);
    throw new Error(
      `${path}: this machine has neither the flock program nor sockets to lock a campaign with.`,
    );
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
 * A lock taken with flock(2) belongs to the open file, which the program shares with us: it stays when the program
 * ends, and goes when our descriptor does. Short options, since BusyBox knows no others.
 */
export function lockByProgram(descriptor: number): 'held' | 'busy' | 'unavailable' {
  const { status, stderr } = spawnSync('flock', ['-x', '-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
  });
  if (status === 0) return 'held';
  // A lock that is taken is no error to the program; a disk without locks is.
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
