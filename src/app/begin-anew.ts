import { stat } from 'node:fs/promises';
import { FolderLock } from '../journal/lock/lock.js';
import { moveAside } from './fresh-folder.js';

/**
 * Moves an existing results folder aside, its lock held, so that a campaign which still runs in it is not pulled
 * from under its feet. Throws CAMPAIGN_LOCKED then.
 */
export async function beginAnew(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  await using _lock = await FolderLock.acquire(folder, () => new Date());
  await moveAside(folder);
}
