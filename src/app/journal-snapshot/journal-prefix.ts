import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** What identifies the first bytes of a journal, which end with a whole line. */
export interface JournalPrefix {
  readonly bytes: number;
  /** Lines, the header among them. */
  readonly lines: number;
  /** The SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  /** The checksum at the end of the last line, as its eight digits. */
  readonly checksum: string;
}

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
/** What follows the digits of the checksum in a line. */
const LINE_END = '"}\n';

/** Reads the first bytes of a journal; null if it is shorter, or does not have the end of a line there. */
export async function readPrefix(file: FileHandle, bytes: number): Promise<JournalPrefix | null> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let [offset, lines] = [0, 0];
  let tail = Buffer.alloc(0);
  while (offset < bytes) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(CHUNK_BYTES, bytes - offset), offset);
    if (bytesRead === 0) return null;
    const read = chunk.subarray(0, bytesRead);
    hash.update(read);
    for (let at = read.indexOf(NEWLINE); at !== -1; at = read.indexOf(NEWLINE, at + 1)) lines += 1;
    tail = Buffer.concat([tail, read]).subarray(-8 - LINE_END.length);
    offset += bytesRead;
  }
  const end = tail.toString('latin1');
  if (!end.endsWith(LINE_END)) return null;
  return { bytes, lines, sha256: hash.digest('hex'), checksum: end.slice(0, 8) };
}
