import type { Campaign } from '../campaign/campaign.js';
import { campaignRecord } from '../campaign/campaign-record.js';
import type { CampaignEntry } from '../campaign/event.js';
import { errorMessage } from '../text/error-message.js';
import type { Outlet } from './outlet.js';

/** An outlet that has failed, and why. */
export interface OutletWarning {
  /** The name of the outlet. */
  readonly outlet: string;
  readonly message: string;
}

/**
 * The outlets of one run. A failure stays with the outlet that it happened in: it is called no more, and the others go
 * on.
 */
export class OutletGroup {
  readonly warnings: OutletWarning[] = [];
  readonly #working: Set<Outlet>;
  readonly #pending = new Set<Promise<void>>();

  constructor(outlets: readonly Outlet[]) {
    this.#working = new Set(outlets);
  }

  onEntry(entry: CampaignEntry, campaign: Campaign): void {
    const record = campaignRecord(campaign);
    for (const outlet of this.#working) {
      const called = this.#call(outlet, () => outlet.onEntry(entry, record));
      if (called === null) continue;
      this.#pending.add(called);
      void called.finally(() => this.#pending.delete(called));
    }
  }

  /** Resolves when every outlet has finished or failed. */
  async finish(campaign: Campaign): Promise<void> {
    await Promise.all(this.#pending);
    const record = campaignRecord(campaign);
    await Promise.all([...this.#working].map((outlet) => this.#call(outlet, () => outlet.finish(record))));
  }

  /** Never throws and never rejects; null if nothing is left to wait for. */
  #call(outlet: Outlet, action: () => void | Promise<void>): Promise<void> | null {
    try {
      const result = action();
      return result instanceof Promise ? result.catch((error: unknown) => this.#fail(outlet, error)) : null;
    } catch (error) {
      this.#fail(outlet, error);
      return null;
    }
  }

  #fail(outlet: Outlet, error: unknown): void {
    if (!this.#working.delete(outlet)) return;
    this.warnings.push({ outlet: outlet.name, message: errorMessage(error) });
  }
}
