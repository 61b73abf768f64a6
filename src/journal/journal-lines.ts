import type { FileHandle } from 'node:fs/promises';
import { writeAll } from '../platform/write-file.js';

/** A line that ends with a newline. */
export interface Line {
  /** Without the newline. */
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

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * Streams the complete lines of a file from one position to another (in bytes; by default to the end of the file), in
 * portions, since waiting for each of a million lines takes time. Text after the last newline is not a line.
 */
export async function* completeLines(
  file: FileHandle,
  from: LinePosition = { offset: 0, number: 1 },
  until: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Line[], void, undefined> {
  let { number } = from;
  let readOffset = from.offset;
  let lineOffset = from.offset;
  let pieces: Buffer[] = [];
  while (readOffset < until) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, until - readOffset));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, readOffset);
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
    if (start < bytesRead) pieces.push(read.subarray(start));
    if (lines.length > 0) yield lines;
  }
}

/** Appends whole lines. Resolves when they are durable. */
export async function appendLines(file: FileHandle, lines: Buffer): Promise<void> {
  await writeAll(file, lines);
  await file.datasync();
}
