import type { Entry, Journal } from '../../journal/journal.js';

/** All entries of a journal. */
export async function allEntries<Event>(journal: Pick<Journal<Event>, 'entries'>): Promise<Entry<Event>[]> {
  const entries: Entry<Event>[] = [];
  for await (const entry of journal.entries()) entries.push(entry);
  return entries;
}
