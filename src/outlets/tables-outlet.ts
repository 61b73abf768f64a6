import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CampaignEntry } from '../campaign/event.js';
import { unwritable, writeFile } from '../platform/write-file.js';
import { summarise } from '../views/summary/summary.js';
import { summaryJson } from '../views/summary/summary-json.js';
import { csvText } from '../views/tables/csv-text.js';
import { type EpochsWritten, epochsAddition, epochsCsv } from '../views/tables/epochs-table.js';
import { timingRows } from '../views/tables/timings-table.js';
import { trialsCsv } from '../views/tables/trials-table.js';
import type { Outlet, OutletContext } from './outlet.js';
import { RepeatedTask } from './repeated-task.js';

/** Milliseconds between two rewrites. */
const INTERVAL = 1000;
/** Rewriting takes at most this share of the time, however large the files have become. */
const SHARE = 0.1;

/**
 * The files that are computed from a campaign: `trials.csv`, `epochs.csv`, `timings.csv`, `summary.json`. They follow a
 * running campaign about once a second, more slowly as they grow; `finish` writes them all, whole.
 */
export class TablesOutlet implements Outlet {
  readonly name = 'tables';
  #epochs: EpochsWritten | null = null;
  // The journal is the truth, and `finish` says what cannot be written: nothing is lost if a rewrite fails.
  readonly #follow = new RepeatedTask(
    () => this.#rewrite(),
    (took) => Math.max(INTERVAL, took / SHARE),
  );

  constructor(private readonly context: OutletContext) {}

  onEntry({ event }: CampaignEntry): void {
    if (event.type.startsWith('trial-')) this.#follow.ask();
  }

  /** Throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    await this.#follow.cancel();
    const { campaign } = this.context.snapshot();
    await this.#writeTables();
    await writeFile(this.#path('epochs.csv'), epochsCsv(campaign));
    await writeFile(this.#path('summary.json'), summaryJson(summarise(campaign)));
  }

  async #rewrite(): Promise<void> {
    await this.#writeTables();
    const { anew, text, written } = epochsAddition(this.context.snapshot().campaign, this.#epochs);
    const path = this.#path('epochs.csv');
    if (anew) await writeFile(path, text);
    else {
      await appendFile(path, text).catch((error: unknown) => {
        this.#epochs = null;
        throw unwritable(path, error);
      });
    }
    this.#epochs = written;
  }

  async #writeTables(): Promise<void> {
    const { campaign, timing } = this.context.snapshot();
    await writeFile(this.#path('trials.csv'), trialsCsv(campaign));
    await writeFile(this.#path('timings.csv'), csvText(timingRows(campaign, timing)));
  }

  #path(name: string): string {
    return join(this.context.folder, name);
  }
}
