import type { TrialKey } from '../../../campaign/trial.js';
import type { Snapshot } from '../../model/campaign-source.js';
import type { HistoryEntry } from '../../model/history.js';
import type { RunningTrial } from '../widgets/running-trials.js';
import type { WrappedSentence } from '../widgets/sentence.js';

/** What the stages are drawn from, in one column or two. */
export interface StagesProps {
  readonly snapshot: Snapshot;
  readonly history: readonly HistoryEntry[];
  readonly running: readonly RunningTrial[];
  readonly selected: TrialKey | null;
  /** Trials that may run at once; rows are kept for those about to start, so that the screen does not jump. */
  readonly soon: number;
  readonly rows: number;
  readonly width: number;
  readonly sentence: WrappedSentence;
}
