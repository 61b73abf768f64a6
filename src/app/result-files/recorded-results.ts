import { createHash } from 'node:crypto';
import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalFileName } from '../../journal/file-journal.js';
import { openJournalFile } from '../../journal/journal-reader.js';
import { openRegularFile } from '../../platform/regular-file.js';
import { version } from '../../platform/version.js';
import { overviewOf, type ReadableCampaign } from '../../views/campaigns/campaign-overview.js';
import type { Progress } from '../../views/model/progress.js';
import { readPrefix } from '../journal-snapshot/journal-prefix.js';
import { type FilesRecord, readFilesRecord } from './files-record.js';

/** The report of a concluded campaign as its last run wrote it, and what a page shows above it. */
export interface RecordedReport {
  readonly overview: ReadableCampaign;
  readonly progress: Progress;
  /** The text of `report.html`. */
  readonly text: string;
  /** The SHA-256 of the text, in hexadecimal. */
  readonly sha256: string;
}

/**
 * What a list shows of a concluded campaign, as its last run recorded it, with `shown` as its folder. Null if no run
 * did, if another version of fitfirst did, or if a byte of the journal has changed since: then the journal has to be
 * read. To hash a journal takes a small part of the time to read it.
 */
export async function recordedOverview(folder: string, shown: string): Promise<ReadableCampaign | null> {
  const overview = (await currentRecord(folder))?.overview;
  return overview === undefined ? null : overviewOf(shown, 'concluded', overview);
}

/** The report; null in the same cases, and if a byte of `report.html` has changed since. */
export async function recordedReport(folder: string, shown: string): Promise<RecordedReport | null> {
  const record = await currentRecord(folder);
  const sha256 = record?.files['report.html'];
  if (record?.overview === undefined || record.progress === undefined || sha256 === undefined) return null;
  const bytes = readReport(folder);
  if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
  const overview = overviewOf(shown, 'concluded', record.overview);
  return { overview, progress: record.progress, text: bytes.toString('utf8'), sha256 };
}

/** The record of the last run, if it is of this version and the journal is as that run left it. */
async function currentRecord(folder: string): Promise<FilesRecord | null> {
  const record = readFilesRecord(folder);
  if (record?.overview === undefined || record.version !== version) return null;
  const { bytes, sha256 } = record.journal;
  try {
    await using file = await openJournalFile(join(folder, journalFileName));
    const isCurrent =
      (await file.stat()).size === bytes && (await readPrefix(file, bytes))?.sha256 === sha256;
    return isCurrent ? record : null;
  } catch {
    // Whoever reads the journal says what is wrong with it.
    return null;
  }
}

function readReport(folder: string): Buffer | null {
  try {
    const descriptor = openRegularFile(join(folder, 'report.html'));
    try {
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}
