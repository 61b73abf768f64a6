import { closeSync, type FSWatcher, fstatSync, openSync, readSync, watch, writeFileSync } from 'node:fs';

const CHUNK_SIZE = 65_536;
/** Milliseconds between two looks, only where the system cannot tell of changes. */
const LOOK_INTERVAL = 1_000;

/** Follows a file that a program appends to: told by the system, not by looking again and again. */
export class ReportFile {
  #offset = 0;
  #watcher: FSWatcher | null = null;
  #looking: NodeJS.Timeout | null = null;
  #due: NodeJS.Immediate | null = null;

  /** Begins with an empty file; `onBytes` is called with what is appended, `mayRead` asked before each piece. */
  constructor(
    readonly path: string,
    private readonly onBytes: (bytes: Buffer) => void,
    private readonly mayRead: () => boolean,
  ) {
    writeFileSync(path, '');
    try {
      this.#watcher = watch(path, () => this.#readSoon());
      this.#watcher.on('error', () => this.#look());
    } catch {
      this.#look(); // the system's number of watches is used up, say
    }
  }

  /** Reads what is new; false where there is more than may be read now. */
  read(): boolean {
    const file = this.#open();
    if (file === null) return true;
    try {
      const { size } = fstatSync(file);
      if (size < this.#offset) this.#offset = 0; // begun anew by the program
      const chunk = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK_SIZE, size - this.#offset)));
      while (this.mayRead()) {
        const length = readSync(file, chunk, 0, chunk.length, this.#offset);
        if (length === 0) return true;
        this.#offset += length;
        this.onBytes(chunk.subarray(0, length));
      }
      return false;
    } finally {
      closeSync(file);
    }
  }

  close(): void {
    this.#watcher?.close();
    if (this.#due !== null) clearImmediate(this.#due);
    if (this.#looking !== null) clearInterval(this.#looking);
  }

  /** By its name each time: a program may replace the file by another one of that name. */
  #open(): number | null {
    try {
      return openSync(this.path, 'r');
    } catch {
      return null; // taken away by the program; what it reported before stays reported
    }
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
