import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { openForAppending } from '../platform/regular-file.js';
import { remedy, resultsUnwritable, systemErrorCode } from '../platform/system-error.js';
import { toError } from '../text/error-message.js';
import { errorReason } from '../text/error-reason.js';
import { CHAIN_START, type Chain, chainAfter, decodeEntry, encodeReadable } from './codec.js';
import { findDisplaced, type OpenFiles } from './displaced-files.js';
import { makeDurableFolder } from './durable-folder.js';
import type { FileIdentity } from './file-identity.js';
import { GroupCommit } from './group-commit.js';
import type { Entry, Journal, JournalHeader, JournalIdentity, ParseEvent } from './journal.js';
import { unwrap } from './journal-errors.js';
import { appendLines, completeLines } from './journal-lines.js';
import { type FoundJournal, readToEnd } from './journal-opening.js';
import type { JournalPosition } from './journal-position.js';
import { FolderLock } from './lock/lock.js';

/** The journal's name in a campaign's folder. */
export const journalFileName = 'journal.jsonl';

/** How often the journal looks whether its files are still there while nothing is written. */
const CHECK_MILLISECONDS = 1000;

/** What a journal on disk needs. */
export interface FileJournalOptions<Event> {
  /** The campaign's folder, created if missing. The journal holds the folder's lock until it is disposed of. */
  readonly folder: string;
  /** Written into a new journal; an existing one keeps its own, see `header`. */
  readonly identity: JournalIdentity;
  readonly parseEvent: ParseEvent<Event>;
  readonly now: () => Date;
  /** Ends reading early, in `open` and in `entries`, by throwing its reason. */
  readonly signal?: AbortSignal;
  /**
   * Called with the lock held: where `entries` begins, since everything before is known to be sound; null to begin with
   * the first entry, as by default.
   */
  readonly startAt?: (path: string) => Promise<JournalPosition | null>;
}

/** A journal in `journal.jsonl`, one line an entry. */
export class FileJournal<Event> implements Journal<Event> {
  readonly header: JournalHeader;
  /**
   * Bytes of an incomplete last line that were cut off on opening. A run was writing it when it ended, so nothing
   * relies on it.
   */
  readonly tornBytes: number;
  readonly #first: number;
  readonly #start: JournalPosition;
  readonly #commits: GroupCommit;
  readonly #files: OpenFiles;
  readonly #displaced = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #checking: Promise<void> = Promise.resolve();
  #durableBytes: number;
  #nextSeq: number;
  #chain: Chain;

  private constructor(
    readonly path: string,
    private readonly lock: FolderLock,
    private readonly file: FileHandle,
    identity: FileIdentity,
    opening: FoundJournal,
    private readonly options: FileJournalOptions<Event>,
  ) {
    this.header = opening.header;
    this.tornBytes = opening.torn;
    this.#first = opening.first;
    this.#start = opening.start;
    this.#durableBytes = opening.end.offset;
    this.#nextSeq = opening.end.number - 1;
    this.#chain = opening.end.chain;
    this.#commits = new GroupCommit((lines) => this.#write(lines));
    this.#files = { path, journal: identity, lock };
    // A check that fails for another reason is repeated; the next write says what is wrong with the disk.
    this.#timer = setInterval(() => {
      this.#checking = this.#check(null).catch(() => {});
    }, CHECK_MILLISECONDS).unref();
  }

  /**
   * Opens the journal of a folder, or creates it. An incomplete last line is cut off. An empty file, or one that
   * holds only part of its first line, is started over. Throws `CAMPAIGN_LOCKED`, `JOURNAL_DAMAGED` (with the line),
   * `JOURNAL_VERSION` (a later format) and `RESULTS_UNWRITABLE`.
   */
  static async open<Event>(options: FileJournalOptions<Event>): Promise<FileJournal<Event>> {
    const path = join(options.folder, journalFileName);
    await makeDurableFolder(options.folder);
    const lock = await FolderLock.acquire(options.folder, options.now);
    let file: FileHandle | null = null;
    try {
      file = await openJournal(path);
      const opening = await readToEnd(path, file, options, (await options.startAt?.(path)) ?? null);
      const identity = await file.stat({ bigint: true });
      return new FileJournal(path, lock, file, identity, opening, options);
    } catch (error) {
      await file?.close();
      await lock[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Whether the journal holds no entries yet. */
  get isEmpty(): boolean {
    return this.#durableBytes === this.#first;
  }

  /** The length of what is durable. */
  get durableBytes(): number {
    return this.#durableBytes;
  }

  /** Whether the checksums form a chain, as they do since format 2. */
  get isChained(): boolean {
    return this.#chain !== CHAIN_START;
  }

  /**
   * Aborted when the folder, the journal or its lock is found to have been deleted, moved or replaced, with a
   * `CAMPAIGN_MISSING` as the reason. Nothing can be appended then.
   */
  get displaced(): AbortSignal {
    return this.#displaced.signal;
  }

  entries(): AsyncIterable<Entry<Event>> {
    return this.#read(this.#durableBytes);
  }

  append(event: Event): Promise<Entry<Event>> {
    const appended = this.#append(event);
    // If the caller drops the promise, the next append rejects with the same error.
    appended.catch(() => {});
    return appended;
  }

  async flush(): Promise<void> {
    await this.#commits.settled();
    if (this.#commits.failure !== null) throw this.#commits.failure;
    await this.#check(this.#durableBytes);
    this.#displaced.signal.throwIfAborted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#checking;
    this.#commits.stop(new Error(`The journal ${this.path} is closed.`));
    await this.#commits.settled();
    await this.file.close();
    await this.lock[Symbol.asyncDispose]();
  }

  async *#read(until: number): AsyncGenerator<Entry<Event>, void, undefined> {
    let { chain } = this.#start;
    for await (const lines of completeLines(this.file, this.#start, { until })) {
      for (const { bytes, number } of lines) {
        this.options.signal?.throwIfAborted();
        const decoded = decodeEntry(bytes, number - 1, chain, this.options.parseEvent);
        chain = chainAfter(bytes, chain);
        yield unwrap(this.path, number, decoded);
      }
    }
  }

  // Runs synchronously up to its first await, so that numbers follow the order of the calls.
  async #append(event: Event): Promise<Entry<Event>> {
    if (this.#commits.failure !== null) throw this.#commits.failure;
    const { line, entry } = this.#encode(event);
    this.#nextSeq += 1;
    this.#chain = chainAfter(line.subarray(0, -1), this.#chain);
    await this.#commits.add(line);
    return entry;
  }

  #encode(event: Event): { readonly line: Buffer; readonly entry: Entry<Event> } {
    const { now } = this.options;
    try {
      return encodeReadable({ seq: this.#nextSeq, at: now().toISOString(), event }, this.#chain);
    } catch (error) {
      this.#commits.stop(toError(error));
      throw error;
    }
  }

  async #write(lines: Buffer): Promise<void> {
    this.#displaced.signal.throwIfAborted();
    try {
      await appendLines(this.file, lines);
      await this.#check(this.#durableBytes + lines.length);
    } catch (error) {
      throw writeFailed(this.path, error);
    }
    this.#displaced.signal.throwIfAborted();
    this.#durableBytes += lines.length;
  }

  /**
   * Accepts no further event if the files are not in place. `bytes` is the length that the journal must have, if
   * known.
   */
  async #check(bytes: number | null): Promise<void> {
    const error = await findDisplaced(this.#files, bytes);
    if (error === null) return;
    this.#commits.stop(error);
    this.#displaced.abort(error);
  }
}

async function openJournal(path: string): Promise<FileHandle> {
  try {
    return await openForAppending(path);
  } catch (error) {
    throw resultsUnwritable(path, error);
  }
}

function writeFailed(path: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  if (code === null || !(error instanceof Error)) return error;
  return new FitfirstError(
    'JOURNAL_WRITE_FAILED',
    `${path}: could not be written: ${errorReason(error)}. Everything that was reported as done is on disk, ` +
      `and nothing more is written. ${remedy(code)} The run then resumes from there.`,
    { cause: error },
  );
}
