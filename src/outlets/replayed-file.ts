import { type FileHandle, open } from 'node:fs/promises';
import { unwritable, writeAll } from '../platform/write-file.js';

/** Bytes that are compared at once. */
const SLICE = 1_048_576;

/**
 * A file that an outlet appends to, and whose contents follow from the entries of a journal alone. A run that resumes
 * is given all entries again, so it appends what the file holds already: this is compared and not written twice. From
 * the first difference on, the file is replaced.
 */
export class ReplayedFile {
  #pending: Uint8Array[] = [];
  /** Bytes of the file that are known to be right. */
  #length = 0;
  /** Whether the file may hold more than these. */
  #mayHoldMore = true;
  #flushing: Promise<void> = Promise.resolve();

  constructor(readonly path: string) {}

  append(bytes: Uint8Array): void {
    this.#pending.push(bytes);
  }

  /** Resolves when all that was appended is in the file. Throws `RESULTS_UNWRITABLE`. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(
      () => this.#write(),
      () => this.#write(),
    );
    return this.#flushing;
  }

  /** The last call: also removes what the file holds beyond what was appended. Throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    await this.flush();
    if (!this.#mayHoldMore || this.#length === 0) return;
    await this.#open(async (file) => file.truncate(this.#length));
    this.#mayHoldMore = false;
  }

  async #write(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    if (bytes.length === 0) return;
    const write = this.#open(async (file) => {
      const { size } = await file.stat();
      if (size < this.#length || (!this.#mayHoldMore && size > this.#length))
        throw new Error('another program has changed it');
      const same = this.#mayHoldMore ? await sameBytes(file, bytes, this.#length) : 0;
      if (same < bytes.length) {
        if (this.#mayHoldMore) await file.truncate(this.#length + same);
        this.#mayHoldMore = false;
        await writeAll(file, bytes.subarray(same), this.#length + same);
      }
      this.#length += bytes.length;
    });
    await write.catch((error: unknown) => {
      // What of the bytes is in the file is unknown.
      this.#pending.unshift(bytes);
      this.#mayHoldMore = true;
      throw error;
    });
  }

  async #open(use: (file: FileHandle) => Promise<void>): Promise<void> {
    try {
      const file = await open(this.path, 'r+').catch(() => open(this.path, 'w+'));
      try {
        await use(file);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }
}

/** How many of the bytes the file holds at a place. */
async function sameBytes(file: FileHandle, bytes: Buffer, from: number): Promise<number> {
  const found = Buffer.alloc(Math.min(SLICE, bytes.length));
  let same = 0;
  while (same < bytes.length) {
    const { bytesRead } = await file.read(found, 0, found.length, from + same);
    const wanted = bytes.subarray(same, same + bytesRead);
    const isSame = bytesRead > 0 && found.subarray(0, wanted.length).equals(wanted);
    if (!isSame) return same;
    same += wanted.length;
  }
  return same;
}
