import { type FSWatcher, watch } from 'node:fs';
import { systemErrorCode } from '../platform/system-error.js';

/** How to watch a file. */
export interface FileChangesOptions {
  /** Ends the watching. */
  readonly signal: AbortSignal;
  /** Check the file at least this often: some disks do not report changes made by other machines. */
  readonly pollMilliseconds: number;
  /** Let the operating system report changes; otherwise only poll. */
  readonly events: boolean;
}

/** Waits for a file to change. Changes between two waits are not lost. */
export class FileChanges implements Disposable {
  #changed = false;
  #wake: (() => void) | null = null;
  #watcher: FSWatcher | null;
  readonly #timer: NodeJS.Timeout;
  readonly #notice = (): void => {
    this.#changed = true;
    this.#wake?.();
  };

  /** The file must exist. */
  constructor(
    path: string,
    private readonly options: FileChangesOptions,
  ) {
    this.#watcher = options.events ? this.#watch(path) : null;
    this.#timer = setInterval(this.#notice, options.pollMilliseconds);
    options.signal.addEventListener('abort', this.#notice);
  }

  /** Resolves when the file may have changed since the last call, and at once when the signal is aborted. */
  async next(): Promise<void> {
    if (!this.#changed && !this.options.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = null;
    this.#changed = false;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#watcher?.close();
    this.options.signal.removeEventListener('abort', this.#notice);
  }

  /** Null if the system cannot watch the file (too many watches, a disk without support); then it is only polled. */
  #watch(path: string): FSWatcher | null {
    try {
      const watcher = watch(path, this.#notice);
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch (error) {
      if (systemErrorCode(error) !== null) return null;
      throw error;
    }
  }
}
