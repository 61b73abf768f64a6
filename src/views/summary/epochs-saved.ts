import type { Campaign } from '../../campaign/campaign.js';
import { settledTrials } from '../model/asked-trials.js';
import { epochsRun } from '../model/epochs/epochs-run.js';

/** How `stop_early` ends a trial: it fell behind others, or it no longer improved. */
type EarlyEnd = 'stopped-early' | 'patience';

/** The trials that ended in one of these ways. */
interface EndedEarly {
  readonly trials: number;
  /** Epochs that they were asked for and did not run, together. */
  readonly epochs_saved: number;
}

/** What `stop_early` saved among the trials that were asked for. A way in which none ended is left out. */
export type EpochsSaved = Readonly<Partial<Record<EarlyEnd, EndedEarly>>>;

/** What `stop_early` saved in a campaign; null if it ended no trial. */
export function epochsSaved(campaign: Campaign): EpochsSaved | null {
  const saved: { [End in EarlyEnd]?: EndedEarly } = {};
  for (const trial of settledTrials(campaign)) {
    if (trial.state !== 'finished') continue;
    const { reason, spec } = trial;
    if (reason !== 'stopped-early' && reason !== 'patience') continue;
    const { trials, epochs_saved } = saved[reason] ?? { trials: 0, epochs_saved: 0 };
    saved[reason] = {
      trials: trials + 1,
      epochs_saved: epochs_saved + spec.epochs - epochsRun(trial),
    };
  }
  return Object.keys(saved).length === 0 ? null : saved;
}
