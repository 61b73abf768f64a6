import type { CampaignEntry } from '../campaign/event.js';

/** The entries of the journal for a listener that comes later: it gets the earlier entries at once. */
export class EventReplay {
  #before: CampaignEntry[] = [];
  readonly #listeners = new Set<(entry: CampaignEntry) => void>();

  constructor(private readonly isHeard: boolean) {}

  push(entry: CampaignEntry): void {
    if (this.isHeard && this.#listeners.size === 0) this.#before.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  subscribe(listener: (entry: CampaignEntry) => void): () => void {
    for (const entry of this.#before.splice(0)) listener(entry);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
