import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { systemErrorCode } from '../../platform/system-error.js';
import { writeFile } from '../../platform/write-file.js';
import { type CampaignNote, MAX_NOTE, NO_NOTE } from '../../views/campaigns/campaign-note.js';

/** The file in a results folder that has the note. No run reads or writes it. */
const NOTE_FILE = 'note.json';
/** A file with more bytes is none of ours. */
const MAX_BYTES = 100_000;

const noteSchema = z.object({ isStarred: z.boolean(), text: z.string().max(MAX_NOTE) });

/** The note of a campaign; the empty one if there is none or if it cannot be read. */
export async function readNote(folder: string): Promise<CampaignNote> {
  const path = join(folder, NOTE_FILE);
  try {
    const found = await lstat(path);
    if (!found.isFile() || found.size > MAX_BYTES) return NO_NOTE;
    return parseNote(await readFile(path, 'utf8')) ?? NO_NOTE;
  } catch (error) {
    if (systemErrorCode(error) !== null) return NO_NOTE;
    throw error;
  }
}

/** Reads a note from JSON; null if it is none. */
export function parseNote(text: string): CampaignNote | null {
  try {
    return noteSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Writes the note of a campaign whole, and nothing else. Throws RESULTS_UNWRITABLE if it cannot, and if the place is
 * taken by something that is no plain file, such as a link.
 */
export async function writeNote(folder: string, note: CampaignNote): Promise<void> {
  const path = join(folder, NOTE_FILE);
  const found = await lstat(path).catch(() => null);
  if (found !== null && !found.isFile())
    throw new FitfirstError('RESULTS_UNWRITABLE', `${path}: is not a plain file. Remove it to write a note.`);
  await writeFile(path, `${JSON.stringify(note)}\n`);
}
