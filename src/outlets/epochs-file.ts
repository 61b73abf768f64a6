import { createHash } from 'node:crypto';
import { appendFile, stat } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Campaign } from '../campaign/campaign.js';
import { slices } from '../platform/slices.js';
import { unwritable, writeFile } from '../platform/write-file.js';
import { metricNames } from '../views/model/metric-names.js';
import { csvText } from '../views/tables/csv-text.js';
import { type EpochsWritten, epochsAddition, laterEpochRows } from '../views/tables/epochs-table.js';

/** Rows that are formatted and written at once. */
const SLICE = 5000;

/** `epochs.csv` as it grows with a campaign: rows are appended, and the file starts over if a new metric turns up. */
export class EpochsFile {
  #written: EpochsWritten | null = null;
  #bytes = 0;
  #hash = createHash('sha256');

  constructor(private readonly path: string) {}

  /**
   * Appends the rows of the trials up to the first that is open. Returns false if the signal stopped it before the end.
   * Throws `RESULTS_UNWRITABLE`.
   */
  async follow(campaign: Campaign, stop: AbortSignal): Promise<boolean> {
    const metrics = metricNames(campaign);
    for (;;) {
      const { rewrites, text, written, isComplete } = epochsAddition(campaign, this.#written, SLICE, metrics);
      if (rewrites) await this.#begin(text);
      else await this.#append(text);
      this.#written = written;
      if (isComplete) return true;
      await turn();
      if (stop.aborted) return false;
    }
  }

  /**
   * Writes the rows of all settled trials. Nothing may be added afterwards. Returns the SHA-256 of the file, or null if
   * the signal stopped it before the end. Throws as `follow` does.
   */
  async complete(campaign: Campaign, stop: AbortSignal): Promise<string | null> {
    // Someone may have deleted or changed the file since it was begun.
    const found = await stat(this.path).catch(() => null);
    if (found?.size !== this.#bytes) this.#written = null;
    if (!(await this.follow(campaign, stop)) || this.#written === null) return null;
    // Few rows are written however soon the run has to end.
    let isFirst = true;
    for await (const rows of slices(laterEpochRows(campaign, this.#written), SLICE)) {
      if (stop.aborted && !isFirst) return null;
      isFirst = false;
      await this.#append(csvText(rows));
    }
    return this.#hash.digest('hex');
  }

  async #begin(text: string): Promise<void> {
    await writeFile(this.path, text);
    this.#bytes = Buffer.byteLength(text);
    this.#hash = createHash('sha256').update(text);
  }

  async #append(text: string): Promise<void> {
    if (text === '') return;
    try {
      await appendFile(this.path, text);
      this.#bytes += Buffer.byteLength(text);
      this.#hash.update(text);
    } catch (error) {
      // What of the text is in the file is unknown.
      this.#written = null;
      throw unwritable(this.path, error);
    }
  }
}
