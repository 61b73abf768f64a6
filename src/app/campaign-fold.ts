import { type AttemptKey, emptyCampaign, evolve, evolveReports } from '../campaign/campaign.js';
import type { CampaignEntry } from '../campaign/event.js';
import type { Report } from '../campaign/report.js';
import type { TrialKey } from '../campaign/trial.js';
import { emptyTiming, evolveTiming, timeReports } from '../views/model/timing.js';
import type { CampaignState } from './journal-snapshot/campaign-state.js';

type Reported = Extract<CampaignEntry['event'], { type: 'trial-reported' }>;

/**
 * Works out the state of a campaign from its entries. The result is that of `evolve` and `evolveTiming`, entry by
 * entry. But reports that follow each other become part of the state together: nearly all entries of a long journal
 * are reports, and a state for each of them would take most of the time.
 */
export class CampaignFold {
  #state: CampaignState;
  /** By trial, the reports that are not part of the state yet. */
  readonly #reports = new Map<TrialKey, AttemptKey & { readonly reports: Report[] }>();
  /** How many they are, and when the last of them came. */
  #pending = { count: 0, at: '' };

  constructor(state: CampaignState = { campaign: emptyCampaign, timing: emptyTiming }) {
    this.#state = state;
  }

  /** The state after all entries until now. */
  get state(): CampaignState {
    const { count, at } = this.#pending;
    if (count > 0) {
      let { campaign } = this.#state;
      for (const attempt of this.#reports.values())
        campaign = evolveReports(campaign, attempt, attempt.reports);
      this.#state = { campaign, timing: timeReports(this.#state.timing, count, at) };
      this.#reports.clear();
      this.#pending = { count: 0, at };
    }
    return this.#state;
  }

  /** Takes the next entry. Throws ImpossibleEvent. */
  take(entry: CampaignEntry): void {
    const { at, event } = entry;
    if (event.type === 'trial-reported') {
      this.#keep(event);
      this.#pending.count += 1;
      this.#pending.at = at;
      return;
    }
    const { campaign, timing } = this.state;
    this.#state = { campaign: evolve(campaign, event), timing: evolveTiming(timing, entry) };
  }

  #keep(event: Reported): void {
    const { trial, attempt, report } = event;
    const kept = this.#reports.get(trial);
    if (kept?.attempt === attempt) {
      kept.reports.push(report);
      return;
    }
    // The first report of each attempt shows whether it is possible. A late one of another attempt is rare.
    const { campaign, timing } = kept === undefined ? this.#state : this.state;
    this.#state = { campaign: evolve(campaign, event), timing };
    this.#reports.set(trial, { trial, attempt, reports: [] });
  }
}
