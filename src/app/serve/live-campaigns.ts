import { EventEmitter } from 'node:events';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
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
import { findCampaigns } from '../campaigns/find-campaigns.js';
import { readOverview } from '../campaigns/list-campaigns.js';
import type { CampaignState } from '../journal-snapshot/campaign-state.js';
import { readSnapshot } from '../journal-snapshot/journal-snapshot.js';
import { readCampaign } from '../read-campaign.js';
import { createWatchedSource } from '../watched-source.js';

/** How often folders are searched for campaigns that are new, gone or not followed. */
const SEARCH_MILLISECONDS = 2000;

/** A campaign that was read while no run was at work on it. It is read again if its journal is another one. */
interface QuietCampaign {
  readonly journal: string;
  readonly overview: CampaignOverview;
}

/** A campaign that a run is at work on. Its journal is followed, so that nothing is read twice. */
interface FollowedCampaign {
  readonly read: () => CampaignState;
  readonly stop: () => void;
  overview: CampaignOverview | null;
}

/**
 * The campaigns of a folder and below it as they are now. It takes no lock and writes nothing. The names of campaigns
 * are their folders, relative to the given one; a name that it does not list is never opened.
 */
export class LiveCampaigns {
  /** `change` is emitted with the name of a campaign. */
  readonly changes = new EventEmitter<{ change: [name: string] }>().setMaxListeners(0);
  readonly #root: string;
  readonly #quiet = new Map<string, QuietCampaign>();
  readonly #followed = new Map<string, FollowedCampaign>();
  /** Counts the changes of each campaign. */
  readonly #versions = new Map<string, number>();
  #searched = Number.NEGATIVE_INFINITY;
  #searching: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  /** Overviews with the latest event first. Throws the error of the system if the folder cannot be read. */
  async overviews(): Promise<CampaignOverview[]> {
    await this.#search();
    const all = [
      ...[...this.#quiet.values()].map(({ overview }) => overview),
      ...[...this.#followed.values()].flatMap(({ overview }) => overview ?? []),
    ];
    return all.sort((a, b) => (b.lastEvent ?? 0) - (a.lastEvent ?? 0));
  }

  /**
   * The campaign of this name; null if there is none. Throws a FitfirstError if it cannot be read.
   */
  async read(name: string): Promise<CampaignState | null> {
    await this.#search();
    const followed = this.#followed.get(name);
    if (followed !== undefined && followed.overview !== null) return followed.read();
    return this.#quiet.has(name) || followed !== undefined ? readCampaign(join(this.#root, name)) : null;
  }

  /** Changes whenever the campaign does; without a name, whenever any campaign does. */
  version(name: string | null): string {
    if (name !== null) return String(this.#versions.get(name) ?? 0);
    return String([...this.#versions.values()].reduce((sum, version) => sum + version, 0));
  }

  /** Looks for changes by itself from now on. */
  watch(): void {
    this.#timer ??= setInterval(() => void this.#search().catch(() => {}), SEARCH_MILLISECONDS);
  }

  /** Looks for changes only if it is asked. */
  rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  close(): void {
    this.rest();
    for (const { stop } of this.#followed.values()) stop();
    this.#followed.clear();
  }

  async #search(): Promise<void> {
    if (performance.now() - this.#searched < SEARCH_MILLISECONDS / 2) return;
    this.#searching ??= this.#searchNow().finally(() => {
      this.#searching = null;
      this.#searched = performance.now();
    });
    await this.#searching;
  }

  async #searchNow(): Promise<void> {
    const folders = await findCampaigns(this.#root);
    const names = new Set(folders.map((folder) => this.#nameOf(folder)));
    for (const name of [...this.#quiet.keys(), ...this.#followed.keys()]) {
      if (names.has(name)) continue;
      this.#quiet.delete(name);
      this.#unfollow(name);
      this.#changed(name);
    }
    for (const folder of folders) await this.#look(folder, this.#nameOf(folder));
  }

  async #look(folder: string, name: string): Promise<void> {
    const isAtWork = lockHolder(folder) === 'at-work';
    if (isAtWork && this.#followed.has(name)) return;
    const journal = await journalState(folder);
    if (journal === null) return;
    if (isAtWork) {
      this.#quiet.delete(name);
      await this.#follow(folder, name);
      return;
    }
    if (this.#followed.has(name)) this.#unfollow(name);
    if (this.#quiet.get(name)?.journal === journal) return;
    const overview = await readOverview(folder, name);
    if (overview === null) return;
    this.#quiet.set(name, { journal, overview });
    this.#changed(name);
  }

  /** Ends when all that the journal holds now was read. */
  async #follow(folder: string, name: string): Promise<void> {
    const source = createWatchedSource();
    const left = new AbortController();
    const read = (): CampaignState => {
      source.tell('watching', null);
      const { campaign, timing } = source.getSnapshot();
      return { campaign, timing };
    };
    const followed: FollowedCampaign = { read, stop: () => left.abort(), overview: null };
    this.#followed.set(name, followed);
    const path = join(folder, journalFileName);
    await new Promise<void>((caughtUp) => {
      const onCaughtUp = (): void => {
        const { campaign, timing } = read();
        if (campaign.facts !== null)
          followed.overview = campaignOverview(name, campaign, timing, lockHolder(folder));
        this.#changed(name);
        caughtUp();
      };
      const take = async (): Promise<void> => {
        const snapshot = await readSnapshot(path);
        if (snapshot !== null) source.restore(snapshot);
        const from = snapshot?.position ?? JOURNAL_START;
        const entries = followJournal(path, parseCampaignEvent, { signal: left.signal, onCaughtUp, from });
        for await (const entry of entries) takeEntry(path, entry, source.take);
      };
      take()
        .catch((error: unknown) => {
          if (!(error instanceof FitfirstError) && systemErrorCode(error) === null) throw error;
          if (this.#followed.get(name) !== followed) return;
          const problem = error instanceof Error ? error.message : String(error);
          followed.overview = unreadableCampaign(name, problem);
          this.#changed(name);
        })
        .finally(caughtUp);
    });
  }

  #unfollow(name: string): void {
    this.#followed.get(name)?.stop();
    this.#followed.delete(name);
  }

  #changed(name: string): void {
    this.#versions.set(name, (this.#versions.get(name) ?? 0) + 1);
    this.changes.emit('change', name);
  }

  #nameOf(folder: string): string {
    return relative(this.#root, folder) || '.';
  }
}

/** Tells journals apart, and states of one; null if there is none any more. */
async function journalState(folder: string): Promise<string | null> {
  try {
    const { ino, size, mtimeMs } = await stat(join(folder, journalFileName));
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    if (systemErrorCode(error) !== null) return null;
    throw error;
  }
}
