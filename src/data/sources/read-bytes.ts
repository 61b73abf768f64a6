import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { NotRegularFile, openUserFile } from '../../platform/regular-file.js';
import { errorCode } from '../../text/error-message.js';
import { errorReason } from '../../text/error-reason.js';
import { escapeControls } from '../../text/quote.js';
import { dataError } from '../diagnostics.js';

/** Cells keep the piece that they come from in memory: smaller pieces are freed sooner. */
const CHUNK_BYTES = 64 * 1024;

/** Called with how much of a file has been read, in bytes on the disk. */
export type ReadingWatch = (path: string, bytes: number, all: number) => void;

/**
 * Reads the bytes of a file in pieces of any size and unpacks gzip files. Throws DATA_INVALID if it cannot be read,
 * is not a regular file, or is a damaged gzip file.
 */
export async function* bytesOf(
  path: string,
  watch: ReadingWatch = () => {},
): AsyncGenerator<Buffer, void, void> {
  await using opened = await openRegular(path);
  const { file, size } = opened;
  const raw = watched(file, (bytes) => watch(path, bytes, size));
  if (!(await isGzip(file))) {
    try {
      yield* raw;
    } catch (error) {
      throw explained(path, error);
    }
    return;
  }
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  const flowing = pipeline(raw, unpacked);
  // Errors of the pipeline also end the unpacked stream, which throws them.
  flowing.catch(() => {});
  try {
    // Bytes after the end of the archive may be unread by then: destroying the stream would abort the pipeline.
    yield* unpacked.iterator({ destroyOnReturn: false });
    await flowing;
  } catch (error) {
    throw explained(path, error);
  } finally {
    unpacked.destroy();
  }
}

/** How a file starts. */
interface FileStart {
  /** Its first bytes after unpacking, fewer than were asked for if it has fewer. */
  readonly bytes: Buffer;
  /** Whether it is packed with gzip. */
  readonly isPacked: boolean;
  /** Bytes on the disk. */
  readonly size: number;
}

/** Reads the start of a file, at most `count` bytes. Throws DATA_INVALID like `bytesOf`. */
export async function readStart(path: string, count: number): Promise<FileStart> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of bytesOf(path)) {
    bytes = Buffer.concat([bytes, chunk.subarray(0, count - bytes.length)]);
    if (bytes.length === count) break;
  }
  await using opened = await openRegular(path);
  return { bytes, size: opened.size, isPacked: await isGzip(opened.file) };
}

interface OpenedFile extends AsyncDisposable {
  readonly file: FileHandle;
  readonly size: number;
}

async function openRegular(path: string): Promise<OpenedFile> {
  let file: FileHandle | null = null;
  try {
    file = await openUserFile(path);
    const stat = await file.stat();
    const opened = file;
    return { file, size: stat.size, [Symbol.asyncDispose]: () => opened.close() };
  } catch (error) {
    await file?.close();
    throw explained(path, error);
  }
}

async function isGzip(file: FileHandle): Promise<boolean> {
  const start = Buffer.alloc(2);
  await file.read(start, 0, 2, 0);
  return start[0] === 0x1f && start[1] === 0x8b;
}

async function* watched(
  file: FileHandle,
  watch: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  const stream = file.createReadStream({ start: 0, highWaterMark: CHUNK_BYTES, autoClose: false });
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    watch(bytes);
    yield chunk;
  }
}

function folderFound(path: string, cause?: unknown): Error {
  return dataError(
    `${escapeControls(path)}  found a folder, expected a file of rows. Give the path of a file in it.`,
    cause === undefined ? {} : { cause },
  );
}

function explained(path: string, error: unknown): unknown {
  if (error instanceof NotRegularFile) {
    if (error.found === 'a folder') return folderFound(path, error);
    return dataError(
      `${escapeControls(path)}  found a device or pipe, expected a regular file: a campaign ` +
        'reads its data again when it is resumed. Save it to a file first.',
      { cause: error },
    );
  }
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return dataError(
        `${escapeControls(path)}  no such file, expected a file of rows. In a config, paths are ` +
          'relative to the folder of the config.',
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
      return dataError(
        `${escapeControls(path)}  cannot be read: permission denied. Allow it, for example with chmod u+r.`,
        {
          cause: error,
        },
      );
    case 'EISDIR':
      return folderFound(path, error);
    case 'ERR_INVALID_ARG_VALUE':
      return dataError(
        `${escapeControls(path)}  this path holds a null byte, expected the path of a file. Remove the byte.`,
        { cause: error },
      );
    case 'Z_BUF_ERROR':
      return dataError(
        `${escapeControls(path)}  found a gzip file that is cut off, expected its end. Fetch or ` +
          'pack it again; gzip -t checks it.',
        { cause: error },
      );
    default:
      if (typeof code === 'string' && code.startsWith('Z_')) {
        return dataError(
          `${escapeControls(path)}  found a damaged gzip file, expected one that can be unpacked. ` +
            'Fetch or pack it again; gzip -t checks it.',
          { cause: error },
        );
      }
      if (error instanceof Error && 'syscall' in error) {
        return dataError(`${escapeControls(path)}  cannot be read: ${escapeControls(errorReason(error))}`, {
          cause: error,
        });
      }
      return error;
  }
}
