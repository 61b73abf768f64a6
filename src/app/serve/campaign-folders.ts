import { relative } from 'node:path';
import { findCampaigns } from '../campaigns/find-campaigns.js';

/** Milliseconds after which a folder may be searched again. */
export const SEARCH_MILLISECONDS = 2000;
/** The next search waits this many times as long as the last one took, but no longer than `MAX_REST_MILLISECONDS`. */
const REST = 50;
const MAX_REST_MILLISECONDS = 10_000;

/** The folders of campaigns below a folder, and that folder itself, by the names of the campaigns. */
export class CampaignFolders {
  #folders: ReadonlyMap<string, string> = new Map();
  #searched = Number.NEGATIVE_INFINITY;
  #rest = 0;
  #searching: Promise<void> | null = null;

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

  /** The folder of a campaign. One that was not found before is searched for. */
  async find(name: string): Promise<string | undefined> {
    if (!this.#folders.has(name)) await this.search(0);
    return this.#folders.get(name);
  }

  /**
   * Finds all campaigns, unless the last search ended less than `rest` milliseconds ago. Throws the error of the system
   * if the folder cannot be read.
   */
  async search(rest = this.#rest): Promise<void> {
    if (performance.now() - this.#searched < Math.max(rest, SEARCH_MILLISECONDS / 2)) return;
    this.#searching ??= this.#searchNow().finally(() => {
      this.#searching = null;
      this.#searched = performance.now();
    });
    await this.#searching;
  }

  clear(): void {
    this.#folders = new Map();
  }

  async #searchNow(): Promise<void> {
    const started = performance.now();
    const folders = await findCampaigns(this.root);
    this.#rest = Math.min(MAX_REST_MILLISECONDS, REST * (performance.now() - started));
    this.#folders = new Map(folders.map((folder) => [relative(this.root, folder) || '.', folder]));
    this.onSearched();
  }
}
