import { closeSync, fstatSync, readSync } from 'node:fs';
import { openRegularFile } from '../../../platform/regular-file.js';
import { errorCode, errorMessage } from '../../../text/error-message.js';
import { excerpt, type Numbers } from '../reading/report-line.js';
import { nextRecord } from './event-records.js';
import { readEvent } from './event-scalars.js';
import { describeFault } from './followed-file.js';

const CHUNK_SIZE = 65_536;
/** Bytes that are read before something else gets its turn. */
const MAX_AT_ONCE = 64 * CHUNK_SIZE;

/** One event file of TensorBoard, read as far as it has been written. */
export class EventFile {
  #offset = 0;
  #rest: Buffer = Buffer.alloc(0);
  #needed = 0;

  constructor(readonly path: string) {}

  /** The scalars that are new; `isAll` is false if more is left. Throws Error with a sentence. */
  read(): { readonly scalars: readonly Numbers[]; readonly isAll: boolean } {
    let file: number;
    try {
      file = openRegularFile(this.path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return { scalars: [], isAll: true };
      throw new Error(describeFault(this.path, error));
    }
    try {
      return this.#readFrom(file);
    } finally {
      closeSync(file);
    }
  }

  #readFrom(file: number): { scalars: Numbers[]; isAll: boolean } {
    const { size } = fstatSync(file);
    const scalars: Numbers[] = [];
    const pause = Math.min(size, this.#offset + MAX_AT_ONCE);
    const chunk = Buffer.allocUnsafe(CHUNK_SIZE);
    const parts = [this.#rest];
    let length = this.#rest.length;
    while (this.#offset < pause) {
      const count = readSync(file, chunk, 0, Math.min(chunk.length, pause - this.#offset), this.#offset);
      if (count === 0) break;
      this.#offset += count;
      length += count;
      parts.push(Buffer.from(chunk.subarray(0, count)));
      if (length < this.#needed) continue;
      this.#rest = this.#takeRecords(Buffer.concat(parts), scalars);
      parts.splice(0, parts.length, this.#rest);
      length = this.#rest.length;
    }
    this.#rest = parts.length === 1 ? this.#rest : Buffer.concat(parts);
    return { scalars, isAll: this.#offset >= size };
  }

  #takeRecords(bytes: Buffer, scalars: Numbers[]): Buffer {
    let from = 0;
    for (;;) {
      const rest = bytes.subarray(from);
      try {
        const next = nextRecord(rest);
        if (next.kind === 'more') {
          this.#needed = next.size;
          return rest;
        }
        const { step, values } = readEvent(next.data);
        for (const [tag, value] of values) scalars.push({ step, [tag]: value });
        from += next.size;
      } catch (error) {
        const at = this.#offset - bytes.length + from;
        throw new Error(
          `The event file ${excerpt(this.path)} is damaged at byte ${Math.max(0, at)}: ${errorMessage(error)}.`,
        );
      }
    }
  }
}
