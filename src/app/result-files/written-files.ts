import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openJournalFile } from '../../journal/journal-reader.js';
import type { ResultFiles } from '../../outlets/outlet.js';
import { openRegularFile } from '../../platform/regular-file.js';
import { version } from '../../platform/version.js';
import type { OverviewFacts } from '../../views/campaigns/campaign-overview.js';
import type { Progress } from '../../views/model/progress.js';
import { readPrefix } from '../journal-snapshot/journal-prefix.js';
import { type FilesRecord, readFilesRecord, writeFilesRecord } from './files-record.js';

/** An open journal. */
interface JournalOfFiles {
  readonly path: string;
  readonly durableBytes: number;
  /** The number of the last entry on which the campaign rests. */
  readonly seq: number;
}

/** What lists and pages show of a concluded campaign. */
interface ShownResults {
  readonly overview: OverviewFacts;
  readonly progress: Progress;
}

/** What is asked about a results folder. */
interface FilesOf {
  readonly folder: string;
  readonly config: string | null;
  /** The journal as it is now; null before it is open. */
  readonly journal: () => JournalOfFiles | null;
}

/**
 * Remembers what result files were written from: the whole journal, the version of fitfirst, and the path of the
 * config. A run that finds all of these as they were, and in a file the bytes that were written, need not write it
 * again. The record is written after the files. So a run that is killed before leaves a record of another journal or
 * of other bytes, and the next run writes the files.
 */
export class WrittenFiles implements ResultFiles {
  readonly #files = new Map<string, string>();
  /** The journal from which the files of this run are written. */
  #journal: JournalOfFiles | null = null;
  #sha256: Promise<string | null> | null = null;
  #before: Promise<FilesRecord | null> | null = null;

  constructor(private readonly of: FilesOf) {}

  async isCurrent(name: string): Promise<boolean> {
    this.#journal ??= this.of.journal();
    this.#before ??= this.#readRecord();
    const sha256 = (await this.#before)?.files[name];
    if (sha256 === undefined || (await hashOf(join(this.of.folder, name))) !== sha256) return false;
    this.#files.set(name, sha256);
    return true;
  }

  wrote(name: string, sha256: string): void {
    this.#files.set(name, sha256);
  }

  /**
   * Writes the record, unless it is as it was. To be called when all files are written, and only if the campaign is
   * concluded: the journal of any other campaign will grow, and then the record would be worth nothing. `shown` is what
   * lists and pages show of the campaign, so that they need not read the journal.
   */
  async save(shown: ShownResults): Promise<void> {
    const { folder, config } = this.of;
    const journal = this.#journal;
    const sha256 = await this.#hashJournal();
    const isUnchanged = journal?.durableBytes === this.of.journal()?.durableBytes;
    if (journal === null || sha256 === null || !isUnchanged) return;
    const record: FilesRecord = {
      version,
      config,
      journal: { bytes: journal.durableBytes, sha256 },
      files: Object.fromEntries([...this.#files].sort()),
      ...shown,
    };
    if (isDeepStrictEqual(await this.#before, record)) return;
    // Without a record, the next run writes the files again.
    await writeFilesRecord(folder, record).catch(() => {});
  }

  /** The record that is there; null if there is none, or if the files were written from something else. */
  async #readRecord(): Promise<FilesRecord | null> {
    const record = readFilesRecord(this.of.folder);
    // A large journal is hashed only if nothing else says that it is another one.
    const isSame =
      record?.version === version &&
      record.config === this.of.config &&
      record.journal.bytes === this.#journal?.durableBytes;
    return isSame && record.journal.sha256 === (await this.#hashJournal()) ? record : null;
  }

  /** The SHA-256 of the journal; null if it cannot be read, or has entries on which the campaign does not rest. */
  #hashJournal(): Promise<string | null> {
    this.#sha256 ??= this.#journal === null ? Promise.resolve(null) : hashJournal(this.#journal);
    return this.#sha256;
  }
}

async function hashJournal({ path, durableBytes, seq }: JournalOfFiles): Promise<string | null> {
  try {
    await using file = await openJournalFile(path);
    const prefix = await readPrefix(file, durableBytes);
    return prefix?.lines === seq + 1 ? prefix.sha256 : null;
  } catch {
    return null;
  }
}

/** The SHA-256 of a regular file in hexadecimal; null if there is none or it cannot be read. */
async function hashOf(path: string): Promise<string | null> {
  try {
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(path, { fd: openRegularFile(path) })) hash.update(bytes);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
