import {
  type Campaign,
  emptyCampaign,
  evolve,
  evolveTrial,
  plannedTrial,
  type TrialEvent,
} from '../campaign/campaign.js';
import type { StoredEntry, StoredEvent } from '../campaign/event.js';
import type { Trial, TrialKey } from '../campaign/trial.js';
import { emptyTiming, evolveTiming, timeReports } from '../views/model/timing.js';
import type { CampaignState } from './journal-snapshot/campaign-state.js';

/**
 * Called after each event that is no report, with the campaign before and after it. Trials that run may be there as
 * they were some events before.
 */
type OnEvent = (event: StoredEvent, before: Campaign, after: Campaign) => void;

/**
 * Works out the state of a campaign from its entries. The result is that of `evolve` and `evolveTiming`, entry by
 * entry. But a trial that runs becomes part of the state when it ends or somebody looks: nearly all entries of a long
 * journal are reports, and a state for each of them would take most of the time.
 */
export class CampaignFold {
  #state: CampaignState;
  readonly #onEvent: OnEvent;
  /** Trials that run, as they are now. The state has them as they were. */
  readonly #running = new Map<TrialKey, Trial>();
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
    this.#addRunning();
    return this.#state;
  }

  /** Takes the next entry. Throws ImpossibleEvent. */
  take(entry: StoredEntry): void {
    const { at, event } = entry;
    if (event.type === 'trial-reported' || event.type === 'trial-reported-epochs') {
      this.#running.set(event.trial, this.#after(event));
      this.#untimed.count += event.type === 'trial-reported' ? 1 : event.epochs.length;
      this.#untimed.at = at;
      return;
    }
    this.#addTimes();
    if (!('trial' in event)) this.#addRunning();
    const { campaign, timing } = this.#state;
    const after = 'trial' in event ? this.#withTrial(campaign, event) : evolve(campaign, event);
    this.#state = { campaign: after, timing: evolveTiming(timing, entry) };
    this.#onEvent(event, campaign, after);
  }

  #after(event: TrialEvent): Trial {
    const trial = this.#running.get(event.trial) ?? plannedTrial(this.#state.campaign, event.trial);
    return evolveTrial(trial, event);
  }

  /** The campaign after an event about a trial. If the trial runs, the campaign is as before. */
  #withTrial(campaign: Campaign, event: TrialEvent): Campaign {
    const trial = this.#after(event);
    if (trial.state === 'running') {
      this.#running.set(trial.key, trial);
      return campaign;
    }
    this.#running.delete(trial.key);
    return { ...campaign, trials: campaign.trials.set(trial) };
  }

  #addRunning(): void {
    if (this.#running.size === 0) return;
    const { campaign } = this.#state;
    let { trials } = campaign;
    for (const trial of this.#running.values()) trials = trials.set(trial);
    this.#running.clear();
    if (trials !== campaign.trials) this.#state = { ...this.#state, campaign: { ...campaign, trials } };
  }

  #addTimes(): void {
    const { count, at } = this.#untimed;
    if (count === 0) return;
    this.#state = { ...this.#state, timing: timeReports(this.#state.timing, count, at) };
    this.#untimed = { count: 0, at };
  }
}
