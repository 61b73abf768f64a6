import { relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findCampaigns } from '../campaigns/find-campaigns.js';

/** How often a folder is searched for campaigns while somebody watches all of them. */
export const SEARCH_MILLISECONDS = 2000;
/** No search begins before this many milliseconds have passed since the last one. */
const MIN_REST_MILLISECONDS = SEARCH_MILLISECONDS / 2;
/** The next search waits this many times as long as the last one took, but no longer than `MAX_REST_MILLISECONDS`. */
const REST = 50;
const MAX_REST_MILLISECONDS = 10_000;

/** The folders of campaigns below a folder, and that folder itself, by the names of the campaigns. */
export class CampaignFolders {
  #folders: ReadonlyMap<string, string> = new Map();
  #searched = Number.NEGATIVE_INFINITY;
  #rest = 0;
  #searching: Promise<void> | null = null;
  #nextSearch: Promise<void> | null = null;
  /** Names that were asked for, and which the last search has not found. */
  readonly #missing = new Set<string>();

  /** `onSearched` is called when a search has found all campaigns that there are. */
  constructor(
    private readonly root: string,
    private readonly onSearched: () => void,
  ) {}

  get size(): number {
    return this.#folders.size;
  }

  /** When the last search ended, by `performance.now`. */
  get searched(): number {
    return this.#searched;
  }

  get(name: string): string | undefined {
    return this.#folders.get(name);
  }

  [Symbol.iterator](): Iterator<readonly [name: string, folder: string]> {
    return this.#folders[Symbol.iterator]();
  }

  /**
   * The folder of a campaign. The last search may have been too early for a campaign that was not asked for since, so
   * the next one is waited for.
   */
  async find(name: string): Promise<string | undefined> {
    if (this.#missing.has(name)) await this.search(0);
    else if (!this.#folders.has(name)) {
      this.#nextSearch ??= this.#searchSoon().finally(() => {
        this.#nextSearch = null;
      });
      await this.#nextSearch;
      if (!this.#folders.has(name)) this.#missing.add(name);
    }
    return this.#folders.get(name);
  }

  /**
   * Finds all campaigns, unless the last search ended less than `rest` milliseconds ago. Throws the error of the system
   * if the folder cannot be read.
   */
  async search(rest = this.#rest): Promise<void> {
    if (performance.now() - this.#searched >= Math.max(rest, MIN_REST_MILLISECONDS)) await this.#searchOnce();
  }

  clear(): void {
    this.#folders = new Map();
  }

  async #searchSoon(): Promise<void> {
    const due = this.#searched + MIN_REST_MILLISECONDS - performance.now();
    if (due > 0) await pause(due, undefined, { ref: false });
    await this.#searchOnce();
  }

  #searchOnce(): Promise<void> {
    this.#searching ??= this.#searchNow().finally(() => {
      this.#searching = null;
      this.#searched = performance.now();
    });
    return this.#searching;
  }

  async #searchNow(): Promise<void> {
    const started = performance.now();
    const folders = await findCampaigns(this.root);
    this.#rest = Math.min(MAX_REST_MILLISECONDS, REST * (performance.now() - started));
    this.#folders = new Map(folders.map((folder) => [relative(this.root, folder) || '.', folder]));
    this.#missing.clear();
    this.onSearched();
  }
}
