import { closeSync, type FSWatcher, fstatSync, readSync, watch } from 'node:fs';
import { NotRegularFile, openEmptyFile, openRegularFile } from '../../../platform/regular-file.js';
import { errorCode } from '../../../text/error-message.js';
import { errorReason } from '../../../text/error-reason.js';

const CHUNK_SIZE = 65_536;
/** Bytes that are read before something else gets its turn. */
const MAX_AT_ONCE = 64 * CHUNK_SIZE;
/** Milliseconds between two looks, only if the system cannot tell of changes. */
const LOOK_INTERVAL = 1_000;

export interface ReportFileReader {
  /** Called with what the program appended. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Called at most once, with a sentence, if the file cannot be read any more. */
  readonly onFault: (message: string) => void;
  /** Asked before each piece. */
  readonly mayRead: () => boolean;
}

/**
 * Follows a file that a program appends to. The system says when it changes, so nothing has to look again and again.
 * The program may do anything to the file: it is opened as a regular file only, and read up to its size at that time.
 */
export class ReportFile {
  #offset = 0;
  /** Bytes after which nothing counts any more. */
  #end = Number.POSITIVE_INFINITY;
  #isClosed = false;
  #watcher: FSWatcher | null = null;
  #looking: NodeJS.Timeout | null = null;
  #due: NodeJS.Immediate | null = null;

  /** Starts with an empty file, whatever an earlier attempt left there. */
  constructor(
    readonly path: string,
    private readonly reader: ReportFileReader,
  ) {
    closeSync(openEmptyFile(path));
    try {
      this.#watcher = watch(path, () => this.#readSoon());
      this.#watcher.on('error', () => this.#look());
    } catch {
      this.#look(); // the system's number of watches is used up, for example
    }
  }

  /** Reads what is new; false if more is left. */
  read(): boolean {
    if (this.#isClosed) return true;
    try {
      const file = openRegularFile(this.path);
      try {
        return this.#readFrom(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      // If the program removed the file, what it reported before stays reported.
      if (errorCode(error) !== 'ENOENT') this.#fail(error);
      return true;
    }
  }

  /** Ignores what is appended from now on: a process that left the program's group may write without end. */
  limitToPresent(): void {
    try {
      const file = openRegularFile(this.path);
      this.#end = fstatSync(file).size;
      closeSync(file);
    } catch {
      // The next read says what is wrong.
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#watcher?.close();
    if (this.#due !== null) clearImmediate(this.#due);
    if (this.#looking !== null) clearInterval(this.#looking);
  }

  #readFrom(file: number): boolean {
    const { size } = fstatSync(file);
    if (size < this.#offset) this.#offset = 0; // the program started the file over
    const end = Math.min(size, this.#end);
    const pause = Math.min(end, this.#offset + MAX_AT_ONCE);
    const chunk = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK_SIZE, pause - this.#offset)));
    while (this.#offset < pause && !this.#isClosed) {
      if (!this.reader.mayRead()) return false;
      const length = readSync(file, chunk, 0, Math.min(chunk.length, pause - this.#offset), this.#offset);
      if (length === 0) return true;
      this.#offset += length;
      this.reader.onBytes(chunk.subarray(0, length));
    }
    if (this.#offset >= end || this.#isClosed) return true;
    this.#readSoon();
    return false;
  }

  #fail(error: unknown): void {
    this.close();
    this.reader.onFault(`${describeFault(error)} Append to the file $FITFIRST_REPORT instead.`);
  }

  /**
   * Not at once: Node hands out changes until there are none, and a program that writes while they are read would
   * let nothing else have its turn.
   */
  #readSoon(): void {
    this.#due ??= setImmediate(() => {
      this.#due = null;
      this.read();
    });
  }

  #look(): void {
    this.#looking ??= setInterval(() => this.read(), LOOK_INTERVAL);
  }
}

function describeFault(error: unknown): string {
  if (error instanceof NotRegularFile)
    return `The command put ${error.found} in the place of its report file.`;
  return errorCode(error) === 'ENOTDIR'
    ? 'The command replaced the directory that holds its report file.'
    : `The report file cannot be read: ${errorReason(error)}.`;
}
