import { join } from 'node:path';
import type { StoredEntry } from '../../campaign/event.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { parseCampaignEvent } from '../../journal/campaign-event.js';
import { journalFileName } from '../../journal/file-journal.js';
import { followJournal } from '../../journal/follow-journal.js';
import { takeEntry } from '../../journal/journal-errors.js';
import { JOURNAL_START, type JournalPosition } from '../../journal/journal-position.js';
import { hasPosition } from '../../journal/journal-reader.js';
import { lockHolder } from '../../journal/lock/lock-holder.js';
import { systemErrorCode } from '../../platform/system-error.js';
import {
  type CampaignOverview,
  campaignOverview,
  type ReadableCampaign,
  unreadableCampaign,
} from '../../views/campaigns/campaign-overview.js';
import { countProgress, evolveProgress, NO_PROGRESS, type Progress } from '../../views/model/progress.js';
import type { Timing } from '../../views/model/timing.js';
import { CampaignFold } from '../campaign-fold.js';
import type { CampaignState } from '../journal-snapshot/campaign-state.js';
import { readSnapshot } from '../journal-snapshot/journal-snapshot.js';

/**
 * How often the journal is looked at. A run may write thousands of times a second, and each look takes time here and in
 * browsers. But a page has to show within a second that a trial has ended, also where all cores are busy.
 */
const POLL_MILLISECONDS = 750;
/** The next overview waits this many times as long as the last one took; until then only its counts follow. */
const REST = 200;

/**
 * A campaign that a run is at work on. Its journal is followed, so that nothing is read twice. What pages show is
 * worked out when a page asks for it.
 */
export class FollowedCampaign {
  #left = new AbortController();
  readonly #folder: string;
  readonly #name: string;
  readonly #onChange: () => void;
  #fold = this.#foldFrom();
  #progress: Progress = NO_PROGRESS;
  /** Where the entries begin that are not part of the campaign yet; null before it is known. */
  #position: JournalPosition | null = null;
  #isWanted = true;
  #isStopped = false;
  #problem: string | null = null;
  #overview: { readonly of: Timing; readonly overview: ReadableCampaign; readonly until: number } | null =
    null;
  #ready: Promise<void>;

  /** `onChange` is called whenever there is something new. */
  constructor(folder: string, name: string, onChange: () => void) {
    this.#folder = folder;
    this.#name = name;
    this.#onChange = onChange;
    this.#ready = this.#begin();
  }

  /** Goes on if it paused. Resolves when all was read that the journal held then. */
  ready(): Promise<void> {
    this.#isWanted = true;
    if (this.#left.signal.aborted && !this.#isStopped) {
      this.#left = new AbortController();
      this.#ready = this.#begin();
    }
    return this.#ready;
  }

  /** Reads no further until `ready` is called again. Resolves when it has stopped to read. */
  pause(): Promise<void> {
    this.#isWanted = false;
    const { signal } = this.#left;
    return new Promise((paused) => {
      if (signal.aborted) paused();
      else signal.addEventListener('abort', () => paused(), { once: true });
    });
  }

  /** The bytes of the journal that were read. */
  get bytes(): number {
    return this.#position?.offset ?? 0;
  }

  /** The campaign as its journal tells it; null if the journal cannot be read, or before the first event. */
  state(): (CampaignState & { readonly progress: Progress }) | null {
    const { campaign, timing } = this.#fold.state;
    const progress = this.#progress;
    return this.#problem !== null || campaign.facts === null ? null : { campaign, timing, progress };
  }

  /** Whether a run is at work on it. After the conclusion, it still writes the report and the tables. */
  get isRunning(): boolean {
    return this.#fold.state.campaign.conclusion === null || lockHolder(this.#folder) === 'at-work';
  }

  /** What the list shows; null before the first event. That of a large campaign is not worked out at every event. */
  overview(): CampaignOverview | null {
    if (this.#problem !== null) return unreadableCampaign(this.#name, this.#problem);
    const state = this.state();
    if (state === null) return null;
    const { campaign, timing, progress } = state;
    const known = this.#overview;
    if (known?.of === timing) return known.overview;
    const started = performance.now();
    if (known !== null && started < known.until && campaign.conclusion === null) {
      const trials = { asked: campaign.asked.size, settled: progress.settled };
      return { ...known.overview, trials, lastEvent: timing.last };
    }
    const overview = campaignOverview(this.#name, campaign, timing, lockHolder(this.#folder));
    const ended = performance.now();
    this.#overview = { of: timing, overview, until: ended + REST * (ended - started) };
    return overview;
  }

  stop(): void {
    this.#isStopped = true;
    this.#left.abort();
  }

  #begin(): Promise<void> {
    return new Promise((caughtUp) => {
      const left = this.#left;
      this.#follow(left, caughtUp)
        .catch((error: unknown) => this.#fail(error))
        .finally(caughtUp);
    });
  }

  async #follow(left: AbortController, caughtUp: () => void): Promise<void> {
    const path = join(this.#folder, journalFileName);
    // The journal may have been replaced while nobody looked.
    if (this.#position !== null && !(await hasPosition(path, this.#position))) {
      [this.#fold, this.#progress] = [this.#foldFrom(), NO_PROGRESS];
      this.#position = null;
    }
    const snapshot = this.#position === null ? await readSnapshot(path) : null;
    if (snapshot !== null) {
      const { campaign, timing } = snapshot;
      [this.#fold, this.#progress] = [this.#foldFrom({ campaign, timing }), countProgress(campaign)];
    }
    const onCaughtUp = (position: JournalPosition): void => {
      const isNew = position.offset !== this.#position?.offset;
      this.#position = position;
      if (isNew) this.#onChange();
      caughtUp();
      // Here the campaign is what the journal says up to the position, so it can go on from there.
      if (!this.#isWanted) left.abort();
    };
    const portions = followJournal(path, parseCampaignEvent, {
      signal: left.signal,
      onCaughtUp,
      from: this.#position ?? snapshot?.position ?? JOURNAL_START,
      events: false,
      pollMilliseconds: POLL_MILLISECONDS,
    });
    const fold = this.#fold;
    const take = (entry: StoredEntry): void => fold.take(entry);
    for await (const entries of portions) for (const entry of entries) takeEntry(path, entry, take);
  }

  #foldFrom(state?: CampaignState): CampaignFold {
    return new CampaignFold(state, (event, before, after) => {
      this.#progress = evolveProgress(this.#progress, event, before, after);
    });
  }

  #fail(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof FitfirstError) && systemErrorCode(error) === null) throw error;
    if (this.#isStopped) return;
    this.#problem = error.message;
    this.#onChange();
  }
}
