import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../text/error-message.js';

/** Thrown if something other than a regular file stands where a file is expected. */
export class NotRegularFile extends Error {
  override readonly name = 'NotRegularFile';

  constructor(
    readonly path: string,
    /** What stands there, with its article: `a FIFO`. */
    readonly found: string,
  ) {
    super(`${path} is ${found}, and a regular file was expected.`);
  }
}

const { O_RDONLY, O_WRONLY, O_RDWR, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = constants;

/** Windows has neither links that programs make by chance nor FIFOs in folders, and no such flags. */
const GUARDED = (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

/**
 * Opens a file that another program may have replaced, for reading. Links are not followed, and a FIFO or a device
 * does not block. Throws NotRegularFile if anything but a regular file stands at the path.
 */
export function openRegularFile(path: string): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, O_RDONLY | GUARDED);
  } catch (error) {
    const found = fileKindOfError(errorCode(error));
    throw found === null ? error : new NotRegularFile(path, found);
  }
  const found = describeFileKind(fstatSync(descriptor));
  if (found === null) return descriptor;
  closeSync(descriptor);
  throw new NotRegularFile(path, found);
}

/**
 * Opens a file that a user named, for reading. Links are followed, and a FIFO or a device does not block. Throws
 * NotRegularFile if it is no regular file.
 */
export async function openUserFile(path: string): Promise<FileHandle> {
  const file = await open(path, O_RDONLY | (O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw errorCode(error) === 'ENXIO' ? new NotRegularFile(path, 'a socket') : error;
  });
  return assertRegular(path, file);
}

/** Opens a journal for reading and appending, made if missing. Throws as `openUserFile` does. */
export async function openForAppending(path: string): Promise<FileHandle> {
  return assertRegular(path, await open(path, O_RDWR | O_APPEND | O_CREAT | (O_NONBLOCK ?? 0), 0o666));
}

async function assertRegular(path: string, file: FileHandle): Promise<FileHandle> {
  const found = describeFileKind(await file.stat());
  if (found === null) return file;
  await file.close();
  throw new NotRegularFile(path, found);
}

/** Throws NotRegularFile if an open file is no regular one. */
export function assertRegularDescriptor(path: string, descriptor: number): void {
  const found = describeFileKind(fstatSync(descriptor));
  if (found !== null) throw new NotRegularFile(path, found);
}

/**
 * Opens an empty file for writing. A regular file at the path is emptied. Anything else, and a file that has a second
 * name elsewhere, is removed and never written to.
 */
export function openEmptyFile(path: string): number {
  try {
    const descriptor = openSync(path, O_WRONLY | O_CREAT | GUARDED, 0o666);
    const stats = fstatSync(descriptor);
    if (stats.isFile() && stats.nlink === 1) {
      if (stats.size > 0) ftruncateSync(descriptor);
      return descriptor;
    }
    closeSync(descriptor);
  } catch (error) {
    if (fileKindOfError(errorCode(error)) === null) throw error;
  }
  rmSync(path, { recursive: true, force: true });
  return openSync(path, O_WRONLY | O_CREAT | O_EXCL | GUARDED, 0o666);
}

/** Writes a small file as `openEmptyFile` opens it. */
export function writeRegularFile(path: string, text: string): void {
  const descriptor = openEmptyFile(path);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** What an open file or the entry of a folder is, with its article; null for a regular file. */
function describeFileKind(stats: Pick<Stats, KindTest>): string | null {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSymbolicLink()) return 'a symbolic link';
  return stats.isSocket() ? 'a socket' : 'a device';
}

type KindTest = 'isFile' | 'isDirectory' | 'isFIFO' | 'isSymbolicLink' | 'isSocket';

/** What stands at a path that cannot be opened, as far as the code of the error says; see open(2). */
function fileKindOfError(code: string | null): string | null {
  switch (code) {
    case 'ELOOP':
    case 'EMLINK': // on BSD
      return 'a symbolic link';
    case 'ENXIO':
      return 'a socket';
    case 'EISDIR':
      return 'a folder';
    default:
      return null;
  }
}
