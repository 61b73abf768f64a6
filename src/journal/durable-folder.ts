import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { resultsUnwritable, systemErrorCode } from '../platform/system-error.js';

/**
 * Makes a folder, and those above it that are missing, so that their names outlast a power cut. Throws
 * `RESULTS_UNWRITABLE`.
 */
export async function makeDurableFolder(folder: string): Promise<void> {
  try {
    await makeMissing(resolve(folder));
  } catch (error) {
    throw resultsUnwritable(folder, error);
  }
}

/** Makes durable which files are in a folder, as opposed to what is in them. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Some network disks know no such thing and keep names without it; some folders may be written but not listed.
    const code = systemErrorCode(error);
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EACCES') throw error;
  }
}

// Not the recursive mkdir of Node, which calls a read-only disk ENOENT.
async function makeMissing(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  await makeMissing(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another run may have made it just now.
    if (systemErrorCode(error) !== 'EEXIST' || !(await isFolder(folder))) throw error;
  }
  await syncFolder(parent);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
