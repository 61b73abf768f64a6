import type { CampaignRecord } from '../campaign/campaign-record.js';
import type { CampaignEntry } from '../campaign/event.js';
import type { Snapshot } from '../views/model/campaign-source.js';

/**
 * Something that a campaign writes to while it runs: files, a dashboard, a log. An outlet only looks: it cannot change
 * the campaign, and one that throws is named in a warning and not called again.
 */
export interface Outlet {
  /** Its name in warnings. */
  readonly name: string;
  /**
   * Called with each entry of the journal, in order, once the entry is on disk and part of the campaign. A campaign
   * that resumes hands over its earlier entries first, with the same `seq`. Of reports that arrived together, each
   * comes by itself, and the campaign has all of them. The campaign does not wait for a promise that is returned, so
   * calls may overlap; `finish` comes after all of them have settled.
   */
  onEntry(entry: CampaignEntry, campaign: CampaignRecord): void | Promise<void>;
  /** The last call, when the run has ended, concluded or not. The run waits until its promise resolves. */
  finish(campaign: CampaignRecord): void | Promise<void>;
}

/** The result files in a folder, and whether they are as they should be when the run has ended. */
export interface ResultFiles {
  /**
   * Whether a file has the bytes that an earlier run wrote from the same journal with the same version of fitfirst.
   * Then it need not be written again. To be asked only when the run has ended.
   */
  isCurrent(name: string): Promise<boolean>;
  /** Says that a file was written whole when the run had ended, and the SHA-256 of its bytes in hexadecimal. */
  wrote(name: string, sha256: string): void;
}

/** What an outlet of fitfirst's own is created with. */
export interface OutletContext {
  /** The results folder. */
  readonly folder: string;
  /** The path to the config file from the results folder; null if it is not known. */
  readonly config: string | null;
  /** Campaign and timing as they are now. */
  readonly snapshot: () => Snapshot;
  /** What is in the result files. */
  readonly files: ResultFiles;
  /**
   * Aborted when the run has to end at once, and when it is over, also if the campaign could not be opened. Files that
   * are not complete by then are left to a later run.
   */
  readonly giveUp: AbortSignal;
  /** Called by an outlet that has left files to a later run. */
  readonly onBehind: () => void;
}
