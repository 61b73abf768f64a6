import { join } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { parseCampaignEvent } from '../../journal/campaign-event.js';
import { journalFileName } from '../../journal/file-journal.js';
import { followJournal } from '../../journal/follow-journal.js';
import { takeEntry } from '../../journal/journal-errors.js';
import { JOURNAL_START } from '../../journal/journal-position.js';
import { lockHolder } from '../../journal/lock/lock-holder.js';
import { systemErrorCode } from '../../platform/system-error.js';
import {
  type CampaignOverview,
  campaignOverview,
  unreadableCampaign,
} from '../../views/campaigns/campaign-overview.js';
import type { CampaignState } from '../journal-snapshot/campaign-state.js';
import { readSnapshot } from '../journal-snapshot/journal-snapshot.js';
import { createWatchedSource } from '../watched-source.js';

/**
 * A campaign that a run is at work on. Its journal is followed, so that nothing is read twice. What pages show is
 * worked out when a page asks for it.
 */
export class FollowedCampaign {
  readonly #source = createWatchedSource();
  readonly #left = new AbortController();
  readonly #folder: string;
  readonly #name: string;
  readonly #onChange: () => void;
  #bytes = 0;
  #problem: string | null = null;
  #overview: { readonly of: CampaignState['campaign']; readonly overview: CampaignOverview } | null = null;
  /** Resolves when all that the journal held at first was read. */
  readonly ready: Promise<void>;

  /** `onChange` is called whenever there is something new. */
  constructor(folder: string, name: string, onChange: () => void) {
    this.#folder = folder;
    this.#name = name;
    this.#onChange = onChange;
    this.ready = new Promise((caughtUp) => {
      this.#follow(caughtUp)
        .catch((error: unknown) => this.#fail(error))
        .finally(caughtUp);
    });
  }

  /** The bytes of the journal that were read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The campaign as its journal tells it; null if the journal cannot be read, or before the first event. */
  state(): CampaignState | null {
    this.#source.tell('watching', null);
    const { campaign, timing } = this.#source.getSnapshot();
    return this.#problem !== null || campaign.facts === null ? null : { campaign, timing };
  }

  /** What the list shows; null before the first event. */
  overview(): CampaignOverview | null {
    if (this.#problem !== null) return unreadableCampaign(this.#name, this.#problem);
    const state = this.state();
    if (state === null) return null;
    if (this.#overview?.of !== state.campaign) {
      const overview = campaignOverview(this.#name, state.campaign, state.timing, lockHolder(this.#folder));
      this.#overview = { of: state.campaign, overview };
    }
    return this.#overview.overview;
  }

  stop(): void {
    this.#left.abort();
  }

  async #follow(caughtUp: () => void): Promise<void> {
    const path = join(this.#folder, journalFileName);
    const snapshot = await readSnapshot(path);
    if (snapshot !== null) this.#source.restore(snapshot);
    const onCaughtUp = (bytes: number): void => {
      if (bytes !== this.#bytes) {
        this.#bytes = bytes;
        this.#onChange();
      }
      caughtUp();
    };
    const options = { signal: this.#left.signal, onCaughtUp, from: snapshot?.position ?? JOURNAL_START };
    const entries = followJournal(path, parseCampaignEvent, options);
    for await (const entry of entries) takeEntry(path, entry, this.#source.take);
  }

  #fail(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof FitfirstError) && systemErrorCode(error) === null) throw error;
    if (this.#left.signal.aborted) return;
    this.#problem = error.message;
    this.#onChange();
  }
}
