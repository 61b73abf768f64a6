import { rename, stat } from 'node:fs/promises';
import { FolderLock } from '../journal/lock/lock.js';
import { unwritable } from '../platform/write-file.js';

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Moves an existing results folder aside, to `digits.1`, `digits.2`, ...: nothing is ever deleted. Returns where
 * it went, or null where there was none. Throws `RESULTS_UNWRITABLE`.
 */
async function moveAside(folder: string): Promise<string | null> {
  if (!(await exists(folder))) return null;
  let number = 1;
  while (await exists(`${folder}.${number}`)) number += 1;
  const aside = `${folder}.${number}`;
  await rename(folder, aside).catch((error: unknown) => {
    throw unwritable(folder, error);
  });
  return aside;
}

/**
 * Moves an existing results folder aside, its lock held, so that a campaign which still runs in it is not pulled
 * from under its feet. Throws CAMPAIGN_LOCKED then.
 */
export async function startFresh(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  await using lock = await FolderLock.acquire(folder, () => new Date());
  const aside = await moveAside(folder);
  if (aside !== null) lock.movedTo(aside);
}
