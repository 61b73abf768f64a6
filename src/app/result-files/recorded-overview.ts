import { join } from 'node:path';
import { journalFileName } from '../../journal/file-journal.js';
import { openJournalFile } from '../../journal/journal-reader.js';
import { version } from '../../platform/version.js';
import { overviewOf, type ReadableCampaign } from '../../views/campaigns/campaign-overview.js';
import { readPrefix } from '../journal-snapshot/journal-prefix.js';
import { readFilesRecord } from './files-record.js';

/**
 * What a list shows of a concluded campaign, as its last run recorded it, with `shown` as its folder. Null if no run
 * did, if another version of fitfirst did, or if a byte of the journal has changed since: then the journal has to be
 * read. To hash a journal takes a small part of the time to read it.
 */
export async function recordedOverview(folder: string, shown: string): Promise<ReadableCampaign | null> {
  const record = readFilesRecord(folder);
  if (record?.overview === undefined || record.version !== version) return null;
  const { bytes, sha256 } = record.journal;
  try {
    await using file = await openJournalFile(join(folder, journalFileName));
    if ((await file.stat()).size !== bytes || (await readPrefix(file, bytes))?.sha256 !== sha256) return null;
  } catch {
    // Whoever reads the journal says what is wrong with it.
    return null;
  }
  return overviewOf(shown, 'concluded', record.overview);
}
