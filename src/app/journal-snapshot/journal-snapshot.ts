import { createHash } from 'node:crypto';
import { closeSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { JournalPosition } from '../../journal/journal-position.js';
import { openJournalFile } from '../../journal/journal-reader.js';
import { openRegularFile } from '../../platform/regular-file.js';
import { version } from '../../platform/version.js';
import { writeFile } from '../../platform/write-file.js';
import type { CampaignState } from './campaign-state.js';
import { type JournalPrefix, readPrefix } from './journal-prefix.js';
import { restoreCampaign } from './restore-campaign.js';
import { snapshotLines } from './snapshot-lines.js';

/** A campaign as it was at a position of its journal. */
export interface JournalSnapshot extends CampaignState {
  /** Where the entries that follow begin. */
  readonly position: JournalPosition;
}

/** The first line of a snapshot. */
interface SnapshotHead {
  readonly kind: typeof KIND;
  /** The version of fitfirst that wrote it. Another one may compute the state in another way. */
  readonly version: string;
  readonly journal: JournalPrefix;
  /** Whether the journal's checksums form a chain. */
  readonly isChained: boolean;
  /** The SHA-256 of all that follows this line, in hexadecimal. */
  readonly sha256: string;
}

const KIND = 'fitfirst journal snapshot 3';
const SNAPSHOT_NAME = 'journal.snapshot';
const NEWLINE = 0x0a;
/** Only the user's: a campaign may tell more than its other files do. */
const MODE = 0o600;

/**
 * The snapshot of a journal. Null if there is none, or if it is damaged, of another version or of another journal,
 * or if a byte of the journal before its position has changed: then the journal has to be read from its start. So a
 * snapshot saves time and never changes what is read. Changes nothing and takes no lock.
 */
export async function readSnapshot(journal: string): Promise<JournalSnapshot | null> {
  try {
    const bytes = readSnapshotFile(join(dirname(journal), SNAPSHOT_NAME));
    const end = bytes.indexOf(NEWLINE);
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as SnapshotHead;
    const body = bytes.subarray(end + 1);
    if (head.kind !== KIND || head.version !== version || sha256(body) !== head.sha256) return null;
    await using file = await openJournalFile(journal);
    const prefix = await readPrefix(file, head.journal.bytes);
    if (prefix?.sha256 !== head.journal.sha256) return null;
    const position = {
      offset: prefix.bytes,
      number: prefix.lines + 1,
      chain: head.isChained ? Number.parseInt(prefix.checksum, 16) : null,
    };
    return { ...restoreCampaign(linesOf(body)), position };
  } catch {
    return null;
  }
}

/** What a snapshot is written from. */
export interface SnapshotContents extends CampaignState {
  /** The number of the last entry that the campaign rests on. */
  readonly seq: number;
  /** Where that entry ends. */
  readonly bytes: number;
  readonly isChained: boolean;
}

/**
 * Writes the snapshot of a journal. Does nothing if the entry does not end there, or once the signal is aborted.
 * Throws what the system throws.
 */
export async function writeSnapshot(
  journal: string,
  contents: SnapshotContents,
  stop: AbortSignal,
): Promise<void> {
  const { campaign, timing, seq, bytes, isChained } = contents;
  await using file = await openJournalFile(journal);
  const prefix = await readPrefix(file, bytes);
  if (prefix?.lines !== seq + 1) return;
  const lines: Buffer[] = [];
  const hash = createHash('sha256');
  for (const text of snapshotLines(campaign, timing)) {
    const line = Buffer.from(`${text}\n`);
    hash.update(line);
    lines.push(line);
    await turn();
    if (stop.aborted) return;
  }
  const head: SnapshotHead = { kind: KIND, version, journal: prefix, isChained, sha256: hash.digest('hex') };
  const path = join(dirname(journal), SNAPSHOT_NAME);
  await writeFile(path, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...lines]), MODE);
}

function readSnapshotFile(path: string): Buffer {
  const descriptor = openRegularFile(path);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function* linesOf(bytes: Buffer): Generator<string> {
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    yield bytes.toString('utf8', start, end);
    start = end + 1;
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
