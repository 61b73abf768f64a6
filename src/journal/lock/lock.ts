import { fstatSync, fsyncSync, ftruncateSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { resultsUnwritable, systemErrorCode } from '../../platform/system-error.js';
import { type FileLock, takeFileLock } from './file-lock.js';
import { type LockInfo, outOfReach, ownLockInfo, parseLockInfo } from './lock-info.js';

/** How often the lock may change hands between opening and locking it before we give up. */
const MAX_ATTEMPTS = 20;

/**
 * The right to write to a campaign's folder, which one process at a time has. It ends with the process. The file
 * `lock` in the folder carries it, says who holds it, and is removed when the lock is released.
 */
export class FolderLock implements AsyncDisposable {
  #released = false;

  private constructor(
    private readonly path: string,
    private readonly hold: FileLock,
  ) {}

  /**
   * Takes the lock of an existing folder. Throws `CAMPAIGN_LOCKED` if another run has it, or if a run on another host
   * has not released it and may still be alive, and `RESULTS_UNWRITABLE` if the folder cannot be written.
   */
  static async acquire(folder: string, now: () => Date): Promise<FolderLock> {
    const path = join(folder, 'lock');
    try {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const hold = await takeFileLock(path);
        if (hold === null) throw heldByAnother(folder, readNote(path));
        const lock = new FolderLock(path, hold);
        // The holder before us may have removed the file after we opened it. Then we hold a file that nobody else
        // sees.
        if (lock.#isInPlace()) return await lock.#sign(folder, now());
        await hold.release();
      }
      throw heldByAnother(folder, null);
    } catch (error) {
      throw resultsUnwritable(path, error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    // Removed while it is held, so that a newer lock file is never removed.
    if (this.#isInPlace()) unlinkSync(this.path);
    await this.hold.release();
  }

  async #sign(folder: string, now: Date): Promise<FolderLock> {
    const { descriptor, reach, release } = this.hold;
    const ours = ownLockInfo(reach, now);
    try {
      const theirs = parseLockInfo(readFileSync(descriptor, 'utf8'));
      if (theirs !== null && outOfReach(theirs, ours)) throw leftByAnotherHost(folder, this.path, theirs);
      ftruncateSync(descriptor, 0);
      writeSync(descriptor, `${JSON.stringify(ours)}\n`, 0);
      fsyncSync(descriptor);
      return this;
    } catch (error) {
      await release();
      throw error;
    }
  }

  #isInPlace(): boolean {
    const found = statSync(this.path, { bigint: true, throwIfNoEntry: false });
    const held = fstatSync(this.hold.descriptor, { bigint: true });
    return found !== undefined && found.ino === held.ino && found.dev === held.dev;
  }
}

function readNote(path: string): LockInfo | null {
  try {
    return parseLockInfo(readFileSync(path, 'utf8'));
  } catch (error) {
    // Its holder has just released it.
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function heldByAnother(folder: string, note: LockInfo | null): FitfirstError {
  const holder = note === null ? 'another run' : `another run (${describe(note)})`;
  return new FitfirstError(
    'CAMPAIGN_LOCKED',
    `${folder}: ${holder} is using this campaign, and only one run can. ` +
      `Wait until it ends, follow it with "fitfirst watch ${folder}", or choose another folder with --out.`,
  );
}

function leftByAnotherHost(folder: string, path: string, note: LockInfo): FitfirstError {
  return new FitfirstError(
    'CAMPAIGN_LOCKED',
    `${folder}: a run on another host (${describe(note)}) has not closed this campaign and may still be running; ` +
      `its lock cannot be checked from here. If you are sure that it has ended, delete ${path} and run again: ` +
      'two runs at once would destroy the journal.',
  );
}

function describe({ pid, host, started }: LockInfo): string {
  return `process ${pid} on ${host}, since ${started}`;
}
