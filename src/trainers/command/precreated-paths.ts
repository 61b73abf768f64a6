import { renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/**
 * Files or folders that are made before they are needed, while the trial before still runs: to make one takes longer
 * on some disks than a short program runs, to give one another name does not.
 */
export class PrecreatedPaths {
  readonly #ready: string[] = [];
  readonly #making = new Set<Promise<void>>();
  #missing: string[];
  #due: NodeJS.Immediate | null = null;

  /** `make` makes one at a path, where one of an earlier run may lie. Nothing is made before the first is taken. */
  constructor(
    private readonly paths: readonly string[],
    private readonly make: (path: string) => Promise<void>,
  ) {
    this.#missing = [...paths];
  }

  /** Gives one this name; false where none is ready, or something is there already: the caller then makes its own. */
  moveTo(path: string): boolean {
    const spare = this.#ready.pop();
    const moved = spare !== undefined && isRenamed(spare, path);
    if (spare !== undefined) this.#missing.push(spare);
    // Not before the process that it was taken for has been started, which is what is waited for.
    this.#due ??= setImmediate(() => this.#makeMissing());
    return moved;
  }

  /** Removes what nobody took. */
  async close(): Promise<void> {
    if (this.#due !== null) clearImmediate(this.#due);
    await Promise.all(this.#making);
    for (const path of this.paths) await rm(path, { recursive: true, force: true });
  }

  #makeMissing(): void {
    this.#due = null;
    for (const path of this.#missing.splice(0)) this.#begin(path);
  }

  #begin(path: string): void {
    const making = this.make(path).then(
      () => {
        this.#ready.push(path);
      },
      () => {
        this.#missing.push(path); // the trial that needs it makes it itself, and reports why it cannot
      },
    );
    this.#making.add(making);
    void making.then(() => this.#making.delete(making));
  }
}

function isRenamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false; // of an earlier attempt, whose directory has files
  }
}
