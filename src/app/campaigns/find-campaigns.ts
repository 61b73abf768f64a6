import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { journalFileName } from '../../journal/file-journal.js';
import { systemErrorCode } from '../../platform/system-error.js';

/** How many folders below the given one are searched, so that a whole disk is not searched by mistake. */
const MAX_DEPTH = 6;

/**
 * The folders of all campaigns in `folder` and below it, in the order of their names. A folder with a journal is a
 * campaign and is not searched further. Hidden folders, `node_modules` and links are skipped. Folders that cannot be
 * read are skipped too, except the given one: then it throws the error of the system.
 */
export async function findCampaigns(folder: string): Promise<string[]> {
  return search(folder, await readdir(folder, { withFileTypes: true }), MAX_DEPTH);
}

/** Whether a folder is no campaign itself but has campaigns below it. A folder that cannot be read has none. */
export async function holdsCampaigns(folder: string): Promise<boolean> {
  const found = await search(folder, await readIfAllowed(folder), MAX_DEPTH);
  return found.length > 0 && found[0] !== folder;
}

async function search(folder: string, entries: readonly Dirent[], depth: number): Promise<string[]> {
  if (entries.some((entry) => entry.name === journalFileName && entry.isFile())) return [folder];
  if (depth === 0) return [];
  const found: string[] = [];
  const names = entries.filter(isSearched).map(({ name }) => name);
  for (const name of names.sort()) {
    const inner = join(folder, name);
    found.push(...(await search(inner, await readIfAllowed(inner), depth - 1)));
  }
  return found;
}

function isSearched(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
}

async function readIfAllowed(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (systemErrorCode(error) !== null) return [];
    throw error;
  }
}
