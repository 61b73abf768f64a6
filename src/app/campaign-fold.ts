import { type AttemptKey, type Campaign, emptyCampaign, evolve, withReports } from '../campaign/campaign.js';
import type { CampaignEntry, CampaignEvent } from '../campaign/event.js';
import { Reports } from '../campaign/tables/reports.js';
import type { TrialKey } from '../campaign/trial.js';
import { emptyTiming, evolveTiming, timeReports } from '../views/model/timing.js';
import type { CampaignState } from './journal-snapshot/campaign-state.js';

type Reported = Extract<CampaignEvent, { type: 'trial-reported' }>;

/**
 * Called after each event that is no report, with the campaign before and after it. The trial that the event is about
 * has all of its reports. Other trials that run may lack their last ones.
 */
type OnEvent = (event: CampaignEvent, before: Campaign, after: Campaign) => void;

/**
 * Works out the state of a campaign from its entries. The result is that of `evolve` and `evolveTiming`, entry by
 * entry. But the reports of a trial become part of the state together, when the trial ends or somebody looks: nearly
 * all entries of a long journal are reports, and a state for each of them would take most of the time.
 */
export class CampaignFold {
  #state: CampaignState;
  readonly #onEvent: OnEvent;
  /** By trial, all reports of an attempt of which the state lacks the last ones. */
  readonly #reports = new Map<TrialKey, AttemptKey & { reports: Reports }>();
  /** How many reports the timing lacks, and when the last of them came. */
  #untimed = { count: 0, at: '' };

  constructor(
    state: CampaignState = { campaign: emptyCampaign, timing: emptyTiming },
    onEvent: OnEvent = () => {},
  ) {
    this.#state = state;
    this.#onEvent = onEvent;
  }

  /** The state after all entries until now. */
  get state(): CampaignState {
    this.#addTimes();
    for (const trial of this.#reports.keys()) this.#addReports(trial);
    return this.#state;
  }

  /** Takes the next entry. Throws ImpossibleEvent. */
  take(entry: CampaignEntry): void {
    const { at, event } = entry;
    if (event.type === 'trial-reported') {
      this.#keep(event);
      this.#untimed.count += 1;
      this.#untimed.at = at;
      return;
    }
    this.#addTimes();
    for (const trial of 'trial' in event ? [event.trial] : this.#reports.keys()) this.#addReports(trial);
    const { campaign, timing } = this.#state;
    this.#state = { campaign: evolve(campaign, event), timing: evolveTiming(timing, entry) };
    this.#onEvent(event, campaign, this.#state.campaign);
  }

  #keep(event: Reported): void {
    const { trial, attempt, report } = event;
    const kept = this.#reports.get(trial);
    if (kept?.attempt === attempt) {
      kept.reports = kept.reports.push(report);
      return;
    }
    // The first report of each attempt shows whether it is possible. A late one of another attempt is rare.
    this.#addReports(trial);
    const campaign = evolve(this.#state.campaign, event);
    this.#state = { ...this.#state, campaign };
    const reports = campaign.trials.get(trial)?.reports ?? Reports.EMPTY;
    this.#reports.set(trial, { trial, attempt, reports });
  }

  #addReports(trial: TrialKey): void {
    const kept = this.#reports.get(trial);
    if (kept === undefined) return;
    this.#reports.delete(trial);
    this.#state = { ...this.#state, campaign: withReports(this.#state.campaign, kept, kept.reports) };
  }

  #addTimes(): void {
    const { count, at } = this.#untimed;
    if (count === 0) return;
    this.#state = { ...this.#state, timing: timeReports(this.#state.timing, count, at) };
    this.#untimed = { count: 0, at };
  }
}
