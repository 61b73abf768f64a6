import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { resultsUnwritable, systemErrorCode } from '../platform/system-error.js';

/**
 * Makes a folder and its missing parents, and makes their names durable against a power cut. Throws
 * `RESULTS_UNWRITABLE`.
 */
export async function makeDurableFolder(folder: string): Promise<void> {
  try {
    await makeMissing(resolve(folder));
  } catch (error) {
    throw resultsUnwritable(folder, error);
  }
}

/** Makes the list of files in a folder durable, not their contents. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Some network disks do not support it and keep names anyway. Some folders can be written but not listed.
    const code = systemErrorCode(error);
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EACCES') throw error;
  }
}

// Not Node's recursive mkdir, which reports ENOENT for a read-only disk.
async function makeMissing(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  await makeMissing(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another run may have just made it.
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
