import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unwritable, writeFile } from '../platform/write-file.js';
import type { Snapshot } from '../views/model/campaign-source.js';
import { summarise } from '../views/summary/summary.js';
import { summaryJson } from '../views/summary/summary-json.js';
import { csvText } from '../views/tables/csv-text.js';
import { type EpochsWritten, epochsAddition, epochsCsv } from '../views/tables/epochs-table.js';
import { timingRows } from '../views/tables/timings-table.js';
import { trialsCsv } from '../views/tables/trials-table.js';

/** Milliseconds between two rewrites while a campaign runs. */
const INTERVAL = 1000;

/**
 * The files that are computed from a campaign: `trials.csv`, `epochs.csv`, `timings.csv`, `summary.json`. They
 * follow a running campaign about once a second, without holding it up; `finish` writes them all, whole.
 */
export class DerivedFiles {
  #epochs: EpochsWritten | null = null;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly snapshot: () => Snapshot,
  ) {}

  /** To be called when a trial has settled. A file that cannot be written now is tried again next time. */
  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // The journal is the truth and `finish` says what cannot be written: nothing is lost by going on.
      this.#writing = this.#writing.then(() => this.#follow()).catch(() => {});
    }, INTERVAL).unref();
  }

  /** Writes every file; throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#writing;
    const { campaign } = this.snapshot();
    await this.#writeTables();
    await writeFile(join(this.folder, 'epochs.csv'), epochsCsv(campaign));
    await writeFile(join(this.folder, 'summary.json'), summaryJson(summarise(campaign)));
  }

  async #follow(): Promise<void> {
    await this.#writeTables();
    const { anew, text, written } = epochsAddition(this.snapshot().campaign, this.#epochs);
    const path = join(this.folder, 'epochs.csv');
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
    const { campaign, timing } = this.snapshot();
    await writeFile(join(this.folder, 'trials.csv'), trialsCsv(campaign));
    await writeFile(join(this.folder, 'timings.csv'), csvText(timingRows(campaign, timing)));
  }
}
