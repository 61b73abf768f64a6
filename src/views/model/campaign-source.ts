import type { Campaign } from '../../campaign/campaign.js';
import type { HostStatus } from './host-status.js';
import type { Timing } from './timing.js';

/** What the process that runs the trials is doing, or that it runs elsewhere and is only watched. */
export type DriverState =
  | 'running'
  /** Paused: no new trial starts until the person resumes. */
  | 'paused'
  /** Running trials may finish; then the run ends. */
  | 'draining'
  /** Running trials are being stopped. */
  | 'stopping'
  /** Another process runs the campaign; this one only reads its journal. */
  | 'watching'
  /** The process that ran the campaign is gone, and the campaign is not concluded. */
  | 'gone'
  | 'ended';

/** The driver of a campaign, as far as views show it. */
export interface DriverStatus {
  /** Trials that may run at once; null if unknown here. */
  readonly slots: number | null;
  readonly state: DriverState;
  /** The machines whose workers run the trials; left out where trials run on this machine. */
  readonly hosts?: readonly HostStatus[];
  /** A sentence for the user: what it waits for, what went wrong; null for none. */
  readonly message: string | null;
}

/** All that a view draws, at one moment. Never changed in place. */
export interface Snapshot {
  readonly campaign: Campaign;
  readonly timing: Timing;
  readonly driver: DriverStatus;
}

/** Where views get what they draw: a run in this process, or a journal that another one writes. */
export interface CampaignSource {
  /** The snapshot of now; another object whenever anything changed. */
  getSnapshot(): Snapshot;
  /** Calls the listener after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}
