import { closeSync, ftruncateSync, lstatSync, mkdirSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { openEmptyFile } from '../../platform/regular-file.js';
import type { PrecreatedPaths } from './precreated-paths.js';

export interface LogOptions {
  /** Bytes of the beginning that are kept; 1 MiB. */
  readonly head?: number;
  /** Bytes of the end that are kept; 1 MiB. */
  readonly tail?: number;
  /** Empty logs to begin with; without them a file is made. */
  readonly precreated?: PrecreatedPaths | null;
}

/** Milliseconds after which the end of a long log is to be seen in the file. */
const INTERVAL = 1_000;

/** Bytes that the last lines are taken from. */
const REMEMBERED = 4_096;

/**
 * What a program prints, in a file of bounded size: the beginning and the end, and how much is missing in between.
 * The file appears with the first byte. A log that cannot be written is left unwritten: it fails no trial.
 */
export class TrialLog {
  readonly #bounds: { readonly head: number; readonly tail: number };
  readonly #precreated: PrecreatedPaths | null;
  #file: number | null = null;
  #headLength = 0;
  #tail: Buffer[] = [];
  #tailLength = 0;
  #leftOut = 0;
  #timer: NodeJS.Timeout | null = null;
  #unwritable = false;
  /** The end of what was printed, for `lastLines`. */
  #recent = Buffer.alloc(0);

  /** Removes the log of an earlier attempt. */
  constructor(
    readonly path: string,
    { head = 1_048_576, tail = 1_048_576, precreated = null }: LogOptions = {},
  ) {
    this.#bounds = { head, tail };
    this.#precreated = precreated;
    this.#try(() => {
      // The look is quicker than a removal, and also finds a link that leads nowhere.
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
      rmSync(path, { recursive: true, force: true });
    });
  }

  write(bytes: Buffer): void {
    const room = this.#bounds.head - this.#headLength;
    const head = bytes.subarray(0, room);
    this.#remember(bytes);
    if (head.length > 0) this.#try(() => this.#writeHead(head));
    this.#headLength += head.length;
    if (bytes.length > room) this.#keep(bytes.subarray(room));
  }

  /** The last lines that were printed, as far as they are short. */
  lastLines(most: number): string[] {
    return this.#recent
      .toString('utf8')
      .split(/\r?\n|\r/)
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .slice(-most);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#tailLength > 0) this.#try(() => this.#writeTail());
    const file = this.#file;
    this.#file = null;
    if (file !== null) this.#try(() => closeSync(file));
  }

  #writeHead(bytes: Buffer): void {
    if (this.#file === null) {
      if (this.#precreated?.moveTo(this.path) !== true) mkdirSync(dirname(this.path), { recursive: true });
      this.#file = openEmptyFile(this.path);
    }
    writeSync(this.#file, bytes);
  }

  #keep(bytes: Buffer): void {
    this.#tail.push(Buffer.from(bytes));
    this.#tailLength += bytes.length;
    for (let first = this.#tail[0]; first !== undefined; first = this.#tail[0]) {
      const over = this.#tailLength - this.#bounds.tail;
      if (over <= 0) break;
      const gone = Math.min(over, first.length);
      if (gone === first.length) this.#tail.shift();
      else this.#tail[0] = first.subarray(gone);
      this.#tailLength -= gone;
      this.#leftOut += gone;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#try(() => this.#writeTail());
    }, INTERVAL).unref();
  }

  /** Over the end as it was written before. */
  #writeTail(): void {
    if (this.#file === null) return;
    const gap = this.#leftOut === 0 ? '' : `\n[... ${this.#leftOut} bytes are left out here ...]\n`;
    const end = Buffer.concat([Buffer.from(gap), ...this.#tail]);
    writeSync(this.#file, end, 0, end.length, this.#headLength);
    ftruncateSync(this.#file, this.#headLength + end.length);
  }

  #remember(bytes: Buffer): void {
    this.#recent = Buffer.from(
      Buffer.concat([this.#recent, bytes.subarray(-REMEMBERED)]).subarray(-REMEMBERED),
    );
  }

  #try(write: () => void): void {
    if (this.#unwritable) return;
    try {
      write();
    } catch {
      // A full disk must not end the trial; the journal, which counts, says so itself where it cannot be written.
      this.#unwritable = true;
    }
  }
}
