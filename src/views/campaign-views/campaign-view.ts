import type { Campaign } from '../../campaign/campaign.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { Timing } from '../model/timing.js';
import type { Html } from '../report/html.js';

/** What a view is asked to show. */
export interface ViewRequest {
  /** The name of the campaign among those that are served. */
  readonly folder: string;
  readonly campaign: Campaign;
  readonly timing: Timing;
  /** What the address asks for. */
  readonly query: URLSearchParams;
  /** Multiply-adds that an epoch of a setting takes; null for trainers whose work is not known. */
  readonly costOf: ((parameters: Parameters) => number) | null;
}

/** What a view shows. */
export interface ViewContent {
  /** The fields with which a person chooses what is shown; null for none. Their values are part of the address. */
  readonly choices: Html | null;
  /** The rest of the page. It is replaced when the campaign changes. */
  readonly main: Html;
}

/** What a filter can select. */
export type FilteredTable = 'settings' | 'trials';

/** A way to look at a campaign. `views.ts` lists all of them. */
export interface CampaignView {
  /** Its name in the address. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  /** What the filter of the view selects; null for a view without one. */
  readonly filtered: FilteredTable | null;
  /** Shows at most a bounded number of marks and rows, for any number of trials, and says what it leaves out. */
  readonly render: (request: ViewRequest) => ViewContent;
}
