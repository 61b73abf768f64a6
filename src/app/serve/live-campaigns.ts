import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { errorMessage } from '../../text/error-message.js';
import { type CampaignNote, NO_NOTE } from '../../views/campaigns/campaign-note.js';
import { type CampaignOverview, unreadableCampaign } from '../../views/campaigns/campaign-overview.js';
import { readOverview } from '../campaigns/list-campaigns.js';
import { recordedReport } from '../result-files/recorded-results.js';
import { CampaignFolders, SEARCH_MILLISECONDS } from './campaign-folders.js';
import type { CampaignList } from './campaign-list.js';
import { CampaignStates, type JournalState, journalState } from './campaign-states.js';
import { FollowedCampaign } from './followed-campaign.js';
import { readNote, writeNote } from './note-file.js';
import { progressOf } from './progress-of.js';
import type { ReadCampaign, ReadReport } from './read-campaign.js';
import { RunsAtWork } from './runs-at-work.js';
import { WatchedCampaigns } from './watched-campaigns.js';

/** How long the list waits for campaigns that are being read. It shows the others when they are. */
const MAX_WAIT_MILLISECONDS = 800;

/** Stands for all campaigns where a change of the list is no change of one campaign. No campaign has this name. */
const ALL = '';

/** A campaign that was read while no run was at work on it. It is read again if its journal is another one. */
interface QuietCampaign {
  readonly journal: JournalState;
  readonly overview: CampaignOverview;
}

/**
 * The campaigns of a folder and below it as they are now. It takes no lock and writes nothing. The names of campaigns
 * are their folders, relative to the given one; a name that it does not list is never opened.
 */
export class LiveCampaigns {
  /** `change` is emitted with the name of a campaign, which is empty if only the list of all has changed. */
  readonly changes = new EventEmitter<{ change: [name: string] }>().setMaxListeners(0);
  readonly #folders: CampaignFolders;
  readonly #states = new CampaignStates();
  readonly #runs = new RunsAtWork();
  readonly #quiet = new Map<string, QuietCampaign>();
  /** The journals of campaigns that are not followed, as they were when they were last looked at. */
  readonly #journals = new Map<string, JournalState>();
  readonly #notes = new Map<string, CampaignNote>();
  readonly #followed = new Map<string, FollowedCampaign>();
  #changeCount = 0;
  #looking: Promise<void> | null = null;
  /** When the search ended whose campaigns were looked at last. */
  #looked = Number.NaN;
  readonly #watched = new WatchedCampaigns();
  readonly #timer: NodeJS.Timeout;

  constructor(root: string) {
    this.#folders = new CampaignFolders(root, () => this.#forgetGone());
    this.#timer = setInterval(() => this.#lookAtWatched(), SEARCH_MILLISECONDS).unref();
  }

  /** Finds the campaigns, and reads none. Throws the error of the system if the folder cannot be read. */
  start(): Promise<void> {
    return this.#folders.search(0);
  }

  /** The list of campaigns. Throws the error of the system if the folder cannot be read. */
  async list(): Promise<CampaignList> {
    // A search waits for its turn among the campaigns that are being read, so the list does not wait for it.
    if (this.#looking === null) await this.#searchAndLook();
    const following = [...this.#followed].map(([name, followed]) => {
      this.#watched.want(name);
      return followed.ready();
    });
    await Promise.race([
      Promise.all([this.#looking, ...following]),
      pause(MAX_WAIT_MILLISECONDS, null, { ref: false }),
    ]);
    const overviews = [
      ...[...this.#quiet.values()].map(({ overview }) => overview),
      ...[...this.#followed.values()].flatMap((followed) => followed.overview() ?? []),
    ];
    return {
      version: this.version(null),
      overviews: overviews.sort((a, b) => (b.lastEvent ?? 0) - (a.lastEvent ?? 0)),
      notes: this.#notes,
      unread: this.#looking === null ? 0 : Math.max(0, this.#folders.size - overviews.length),
    };
  }

  /** The campaign of this name; null if there is none. Throws a FitfirstError if it cannot be read. */
  async read(name: string): Promise<ReadCampaign | null> {
    const folder = await this.#folders.find(name);
    const journal = folder === undefined ? null : await journalState(folder);
    if (folder === undefined || journal === null) return null;
    if ((await this.#runs.isAtWork(folder, journal)) && !this.#followed.has(name)) this.#follow(folder, name);
    const followed = this.#followed.get(name);
    this.#watched.want(name);
    await followed?.ready();
    const state = followed?.state() ?? null;
    if (followed !== undefined && state !== null)
      return { ...state, version: this.version(name), isRunning: followed.isRunning };
    this.#journals.set(name, journal);
    const read = await this.#states.read(folder, journal);
    return {
      ...read,
      version: String(journal.bytes),
      progress: progressOf(read.campaign),
      isRunning: false,
    };
  }

  /**
   * The report of a concluded campaign as its last run wrote it, so that the campaign need not be read. Null if there
   * is none that is up to date.
   */
  async report(name: string): Promise<ReadReport | null> {
    const folder = await this.#folders.find(name);
    const journal = folder === undefined ? null : await journalState(folder);
    // Of a journal that a run writes to there is none.
    const mayBe = folder !== undefined && !this.#followed.has(name);
    const report = mayBe ? await recordedReport(folder, name) : null;
    // If it has changed meanwhile, the next look finds another state of it.
    if (report === null || journal === null) return null;
    this.#journals.set(name, journal);
    return { ...report, version: String(journal.bytes) };
  }

  /** What is known of a campaign that a run is at work on, without reading anything; null for every other one. */
  followed(name: string): Pick<ReadCampaign, 'campaign' | 'progress' | 'isRunning'> | null {
    const followed = this.#followed.get(name);
    const state = followed?.state() ?? null;
    return followed === undefined || state === null ? null : { ...state, isRunning: followed.isRunning };
  }

  /** What the list shows of a campaign that a run is at work on, with its note; null for every other one. */
  listed(name: string): { readonly overview: CampaignOverview; readonly note: CampaignNote } | null {
    const overview = this.#followed.get(name)?.overview() ?? null;
    return overview && { overview, note: this.#notes.get(name) ?? NO_NOTE };
  }

  /** The note of a campaign; the empty one if there is no such campaign. */
  async note(name: string): Promise<CampaignNote> {
    const folder = await this.#folders.find(name);
    return folder === undefined ? NO_NOTE : readNote(folder);
  }

  /** Writes the note of a campaign; false if there is no such campaign. Throws RESULTS_UNWRITABLE. */
  async setNote(name: string, note: CampaignNote): Promise<boolean> {
    const folder = await this.#folders.find(name);
    if (folder === undefined) return false;
    await writeNote(folder, note);
    this.#notes.set(name, note);
    this.#changed(name);
    return true;
  }

  /**
   * Changes whenever a campaign does: the bytes of its journal, and whether a run is at work on it. Without a name, it
   * counts the changes of all campaigns.
   */
  version(name: string | null): string {
    if (name === null) return String(this.#changeCount);
    const bytes = this.#followed.get(name)?.bytes ?? this.#journals.get(name)?.bytes ?? 0;
    return this.followed(name)?.isRunning ? `${bytes}-running` : String(bytes);
  }

  /**
   * Looks for changes by itself: of one campaign, or of all if the name is null. Returns a function that ends this.
   * Nothing is looked at that nobody asks about.
   */
  watch(name: string | null): () => void {
    return this.#watched.watch(name);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const followed of this.#followed.values()) followed.stop();
    this.#followed.clear();
    this.#folders.clear();
  }

  /** Finds all campaigns, and begins to read those that are new or have changed, for a list of all. */
  async #searchAndLook(): Promise<void> {
    await this.#folders.search();
    if (this.#looked === this.#folders.searched) return;
    this.#looked = this.#folders.searched;
    const before = this.#changeCount;
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = null;
      // Until now, the list said that others were being read.
      if (this.#changeCount !== before) this.#changed(ALL);
    });
  }

  /** Looks at what readers watch, and at nothing else. The next request says what is wrong with it. */
  #lookAtWatched(): void {
    this.#pauseUnwatched();
    const looks = this.#watched.areAll
      ? [this.#searchAndLook()]
      : this.#watched.names.map((name) => this.#lookAgain(name));
    for (const look of looks) look.catch(() => {});
  }

  /** Looks at one campaign, which may have been deleted, begun, or changed. */
  async #lookAgain(name: string): Promise<void> {
    const folder = this.#folders.get(name);
    if (folder === undefined) return;
    const journal = await journalState(folder);
    if (journal === null) {
      // The next search forgets it.
      this.#unfollow(name);
      this.#changed(name);
      return;
    }
    const before = this.#journals.get(name);
    if (await this.#isFollowed(folder, name, journal)) return;
    if (before?.id !== journal.id) this.#changed(name);
  }

  /** Forgets the campaigns that the last search has not found again. */
  #forgetGone(): void {
    for (const name of new Set([...this.#journals.keys(), ...this.#followed.keys()])) {
      if (this.#folders.get(name) !== undefined) continue;
      this.#quiet.delete(name);
      this.#journals.delete(name);
      this.#unfollow(name);
      this.#changed(name);
    }
  }

  /** Small journals come first, so that a large one does not hold up the list. */
  async #lookAtAll(): Promise<void> {
    const journals: { readonly name: string; readonly folder: string; readonly journal: JournalState }[] = [];
    for (const [name, folder] of this.#folders) {
      const journal = await journalState(folder).catch(() => null);
      if (journal !== null) journals.push({ name, folder, journal });
    }
    journals.sort((a, b) => a.journal.bytes - b.journal.bytes);
    for (const { name, folder, journal } of journals) {
      // It may be gone, or the server closed.
      if (this.#folders.get(name) !== folder) continue;
      await this.#look(folder, name, journal).catch((error: unknown) => {
        // An error of ours in one campaign must not hide the others.
        this.#quiet.set(name, { journal, overview: unreadableCampaign(name, errorMessage(error)) });
        this.#changed(name);
      });
    }
  }

  /** Looks at a campaign for the list. */
  async #look(folder: string, name: string, journal: JournalState): Promise<void> {
    this.#notes.set(name, await readNote(folder));
    if (await this.#isFollowed(folder, name, journal)) return;
    if (this.#quiet.get(name)?.journal.id === journal.id) return;
    const overview = await readOverview(folder, name, () => this.#states.read(folder, journal));
    if (overview === null) return;
    this.#quiet.set(name, { journal, overview });
    this.#changed(name);
  }

  /** Follows a campaign that a run is at work on, and no other. Returns whether it does. */
  async #isFollowed(folder: string, name: string, journal: JournalState): Promise<boolean> {
    const isAtWork = await this.#runs.isAtWork(folder, journal);
    const followed = this.#followed.get(name);
    if (isAtWork) {
      // It may have paused while nobody looked.
      await (followed ?? this.#follow(folder, name)).ready();
      return true;
    }
    const state = followed?.bytes === journal.bytes ? followed.state() : null;
    if (state !== null) this.#states.take(folder, journal, state);
    if (followed !== undefined) this.#unfollow(name);
    this.#journals.set(name, journal);
    return false;
  }

  #follow(folder: string, name: string): FollowedCampaign {
    this.#states.forget(folder);
    this.#quiet.delete(name);
    this.#journals.delete(name);
    const followed = new FollowedCampaign(folder, name, () => this.#changed(name));
    this.#followed.set(name, followed);
    this.#watched.want(name);
    return followed;
  }

  /** A running campaign that nobody looks at is not followed any longer. */
  #pauseUnwatched(): void {
    for (const [name, followed] of this.#followed) if (this.#watched.isIdle(name)) void followed.pause();
  }

  #unfollow(name: string): void {
    this.#followed.get(name)?.stop();
    this.#followed.delete(name);
  }

  #changed(name: string): void {
    this.#changeCount += 1;
    this.changes.emit('change', name);
  }
}
