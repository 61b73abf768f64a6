import { fstatSync, fsyncSync, ftruncateSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { displayPath } from '../../platform/display-path.js';
import { resultsUnwritable, systemErrorCode } from '../../platform/system-error.js';
import { shellWord } from '../../text/shell-word.js';
import { type FileIdentity, fileAt, isSameFile } from '../file-identity.js';
import { type FileLock, takeFileLock, takeFolderLock } from './file-lock.js';
import { type LockInfo, outOfReach, ownLockInfo, parseLockInfo } from './lock-info.js';

/** How often the lock may change hands between opening and locking it before we give up. */
const MAX_ATTEMPTS = 20;

/**
 * The right to write to a campaign's folder, which one process at a time has. It ends with the process. The file
 * `lock` in the folder carries it, says who holds it, and is removed when the lock is released. The folder itself is
 * locked too, where the system can, so that deleting the file lets no second run in.
 */
export class FolderLock implements AsyncDisposable {
  #released = false;
  readonly #identity: FileIdentity;

  private constructor(
    private path: string,
    private readonly hold: FileLock,
  ) {
    this.#identity = fstatSync(hold.descriptor, { bigint: true });
  }

  /**
   * Takes the lock of an existing folder. Throws `CAMPAIGN_LOCKED` if another run has it, or if a run on another host
   * has not released it and may still be alive, and `RESULTS_UNWRITABLE` if the folder cannot be written.
   */
  static async acquire(folder: string, now: () => Date): Promise<FolderLock> {
    const path = join(folder, 'lock');
    try {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const hold = await takeFolderAndFile(folder, path);
        if (hold === null) throw heldByAnother(folder, readNote(path));
        const lock = new FolderLock(path, hold);
        // The holder before us may have removed the file after we opened it. Then we hold a file that nobody else
        // sees.
        if (await lock.isInPlace()) return await lock.#sign(folder, now());
        await hold.release();
      }
      throw heldByAnother(folder, null);
    } catch (error) {
      throw resultsUnwritable(path, error);
    }
  }

  /** Whether the file that we hold is still the one at its path. */
  async isInPlace(): Promise<boolean> {
    return isSameFile(this.#identity, await fileAt(this.path));
  }

  /** To be called when the folder has been moved while its lock is held, so that the lock is removed there. */
  movedTo(folder: string): void {
    this.path = join(folder, 'lock');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    // Removed while it is held, so that a newer lock file is never removed.
    if (await this.isInPlace()) unlinkSync(this.path);
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
}

async function takeFolderAndFile(folder: string, path: string): Promise<FileLock | null> {
  const folderLock = await takeFolderLock(folder);
  if (folderLock === null) return null;
  const releaseFolder = async (): Promise<void> => {
    if (folderLock !== 'unavailable') await folderLock.release();
  };
  try {
    const fileLock = await takeFileLock(path);
    if (fileLock !== null) {
      const { descriptor, reach, release } = fileLock;
      return { descriptor, reach, release: () => release().then(releaseFolder) };
    }
  } catch (error) {
    await releaseFolder();
    throw error;
  }
  await releaseFolder();
  return null;
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
    `${folder}: ${holder} is using this campaign, and only one run can. To follow it:\n\n` +
      `  fitfirst watch ${shellWord(displayPath(folder))}\n\n` +
      'Or wait until it ends, or choose another folder with --out.',
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
