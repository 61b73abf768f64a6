import type { Progress } from '../../views/model/progress.js';
import type { CampaignState } from '../journal-snapshot/campaign-state.js';
import type { RecordedReport } from '../result-files/recorded-results.js';

/** A campaign that was read. */
export interface ReadCampaign extends CampaignState {
  /** What `version` of LiveCampaigns said of it then, or earlier. */
  readonly version: string;
  readonly progress: Progress;
  /** Whether a run is at work on it. */
  readonly isRunning: boolean;
}

/** A report that was read, with what `version` of LiveCampaigns said of its campaign then, or earlier. */
export interface ReadReport extends RecordedReport {
  readonly version: string;
}
