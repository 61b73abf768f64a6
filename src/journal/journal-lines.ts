import type { FileHandle } from 'node:fs/promises';
import { writeAll } from '../platform/write-file.js';

/** A line that ends with a newline. */
export interface Line {
  /** Without the newline. They are overwritten when the next portion of lines is read. */
  readonly bytes: Buffer;
  /** Counted from 1. */
  readonly number: number;
  /** Where the next line starts, in bytes from the start of the file. */
  readonly end: number;
}

/** A position in a file where a line starts. */
export interface LinePosition {
  readonly offset: number;
  readonly number: number;
}

/** At most this much is read at once. */
const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/** What may be read, and where to. */
interface LineOptions {
  /** Where to end, in bytes; by default at the end that the file has now. */
  readonly until?: number;
  /** Takes what is read. Whoever looks at a file again and again keeps it, as new memory has to be collected. */
  readonly memory?: Buffer;
}

/** Memory for `completeLines`. */
export const lineMemory = (): Buffer => Buffer.allocUnsafeSlow(CHUNK_BYTES);

/**
 * Streams the complete lines of a file from a position on, in portions, since waiting for each of a million lines takes
 * time. Text after the last newline is not a line.
 */
export async function* completeLines(
  file: FileHandle,
  from: LinePosition = { offset: 0, number: 1 },
  { until, memory }: LineOptions = {},
): AsyncGenerator<readonly Line[], void, undefined> {
  const end = until ?? (await file.stat()).size;
  const chunk = memory ?? Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(0, end - from.offset)));
  let { number } = from;
  let readOffset = from.offset;
  let lineOffset = from.offset;
  let pieces: Buffer[] = [];
  while (readOffset < end) {
    const wanted = Math.min(chunk.length, end - readOffset);
    const { bytesRead } = await file.read(chunk, 0, wanted, readOffset);
    if (bytesRead === 0) return;
    readOffset += bytesRead;
    const read = chunk.subarray(0, bytesRead);
    const lines: Line[] = [];
    let start = 0;
    for (let stop = read.indexOf(NEWLINE); stop !== -1; stop = read.indexOf(NEWLINE, start)) {
      pieces.push(read.subarray(start, stop));
      const [only] = pieces;
      const bytes = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
      lineOffset += bytes.length + 1;
      lines.push({ bytes, number, end: lineOffset });
      number += 1;
      pieces = [];
      start = stop + 1;
    }
    if (start < bytesRead) pieces.push(Buffer.from(read.subarray(start)));
    if (lines.length > 0) yield lines;
  }
}

/** Appends whole lines. Resolves when they are durable. */
export async function appendLines(file: FileHandle, lines: Buffer): Promise<void> {
  await writeAll(file, lines);
  await file.datasync();
}
