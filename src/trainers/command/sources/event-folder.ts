import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorReason } from '../../../text/error-reason.js';
import { EventFile } from './event-file.js';
import { type FollowedSource, LOOK_INTERVAL, type SourceSink } from './followed-source.js';

/** Levels of folders that are looked into, files in them, and files that are read. */
const MAX_DEPTH = 4;
const MAX_ENTRIES = 10_000;
const MAX_FILES = 1_000;

/** Follows the event files of TensorBoard in a folder and below it, in the order of their names. */
export class EventFolder implements FollowedSource {
  readonly #files = new Map<string, EventFile>();
  readonly #looking: NodeJS.Timeout;
  #isLimited = false;
  #isClosed = false;

  constructor(
    readonly path: string,
    private readonly sink: SourceSink,
  ) {
    this.#looking = setInterval(() => this.read(), LOOK_INTERVAL);
  }

  read(): boolean {
    if (this.#isClosed) return true;
    try {
      if (!this.#isLimited) this.#find();
      let isAll = true;
      for (const file of this.#files.values()) {
        if (!this.sink.mayRead()) return false;
        const read = file.read();
        if (read.scalars.length > 0) this.sink.take({ kind: 'reports', reports: read.scalars });
        isAll &&= read.isAll;
      }
      return isAll;
    } catch (error) {
      this.close();
      this.sink.take({ kind: 'bad', message: errorReason(error) });
      return true;
    }
  }

  /** A last look for files. A program that still writes is not waited for: what there is, is read once. */
  limitToPresent(): void {
    if (!this.#isLimited && !this.#isClosed) this.#find();
    this.#isLimited = true;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#looking);
  }

  #find(): void {
    for (const path of eventFiles(this.path).slice(0, MAX_FILES))
      if (!this.#files.has(path)) this.#files.set(path, new EventFile(path));
  }
}

function eventFiles(path: string): string[] {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return []; // the program has not made it yet
  if (!there.isDirectory()) return [path];
  const found: string[] = [];
  let entries = 0;
  const look = (folder: string, depth: number): void => {
    let names: ReturnType<typeof entriesOf>;
    try {
      names = entriesOf(folder);
    } catch {
      return; // gone by now, or not for this user
    }
    for (const entry of names) {
      entries += 1;
      if (entries > MAX_ENTRIES) return;
      const at = join(folder, entry.name);
      if (entry.isDirectory() && depth < MAX_DEPTH) look(at, depth + 1);
      else if (entry.name.includes('tfevents')) found.push(at);
    }
  };
  look(path, 1);
  return found.sort();
}

const entriesOf = (folder: string) => readdirSync(folder, { withFileTypes: true });
