import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { CampaignEntry } from '../campaign/event.js';
import { slices } from '../platform/slices.js';
import { writeFile } from '../platform/write-file.js';
import { summarise } from '../views/summary/summary.js';
import { summaryJson } from '../views/summary/summary-json.js';
import { type CsvRow, csvText } from '../views/tables/csv-text.js';
import { frontRows } from '../views/tables/front-table.js';
import { timingRows } from '../views/tables/timings-table.js';
import { trialRows } from '../views/tables/trials-table.js';
import { EpochsFile } from './epochs-file.js';
import type { Outlet, OutletContext } from './outlet.js';
import { RepeatedTask } from './repeated-task.js';

/** Milliseconds between two rewrites. */
const INTERVAL = 1000;
/** Rewriting takes at most this share of the time, however large the files have become. */
const SHARE = 0.05;
/**
 * Rows that are formatted before other work gets a turn. A table of at most this many rows is never left unfinished.
 */
const SLICE = 1000;

/**
 * The files that are computed from a campaign: `trials.csv`, `epochs.csv`, `timings.csv`, `summary.json`. They follow a
 * running campaign about once a second, more slowly as they grow. `finish` writes them completely, unless the run has
 * to end first; then a later run does.
 */
export class TablesOutlet implements Outlet {
  readonly name = 'tables';
  readonly #epochs: EpochsFile;
  // The journal is the truth, and `finish` says what cannot be written: nothing is lost if a rewrite fails.
  readonly #follow: RepeatedTask;

  constructor(private readonly context: OutletContext) {
    this.#epochs = new EpochsFile(this.#path('epochs.csv'));
    this.#follow = new RepeatedTask(
      (stop) => this.#rewrite(stop),
      (took) => Math.max(INTERVAL, took / SHARE),
      context.giveUp,
    );
  }

  onEntry({ event }: CampaignEntry): void {
    if (event.type.startsWith('trial-')) this.#follow.ask();
  }

  /** Throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    await this.#follow.cancel();
    const { campaign, timing } = this.context.snapshot();
    const { giveUp, files } = this.context;
    // A run that ends before its first event leaves nothing to write.
    if (campaign.facts === null) return;
    // The smallest files first: as many as possible are up to date.
    const isLarge = campaign.asked.size > SLICE;
    const front = frontRows(campaign);
    const steps: readonly (readonly [name: string, write: (path: string) => Promise<string | null>])[] = [
      [
        'summary.json',
        async (path) =>
          isLarge && giveUp.aborted ? null : writeText(path, summaryJson(summarise(campaign))),
      ],
      // Only a campaign with several objectives has a front.
      ...(front === null ? [] : [['front.csv', (path: string) => writeText(path, csvText(front))] as const]),
      ['trials.csv', (path) => writeLines(path, trialRows(campaign), giveUp)],
      ['timings.csv', (path) => writeLines(path, timingRows(campaign, timing), giveUp)],
      ['epochs.csv', () => this.#epochs.complete(campaign, giveUp)],
    ];
    for (const [name, write] of steps) {
      if (await files.isCurrent(name)) continue;
      const sha256 = await write(this.#path(name));
      if (sha256 === null) return this.context.onBehind();
      files.wrote(name, sha256);
    }
  }

  async #rewrite(stop: AbortSignal): Promise<void> {
    const { campaign, timing } = this.context.snapshot();
    const isWritten =
      (await writeLines(this.#path('trials.csv'), trialRows(campaign), stop)) !== null &&
      (await writeLines(this.#path('timings.csv'), timingRows(campaign, timing), stop)) !== null;
    if (isWritten) await this.#epochs.follow(this.context.snapshot().campaign, stop);
  }

  #path(name: string): string {
    return join(this.context.folder, name);
  }
}

/** Writes a file whole and returns its SHA-256. */
async function writeText(path: string, text: string): Promise<string> {
  await writeFile(path, text);
  return hash('sha256', text);
}

/**
 * Writes a file whole and returns its SHA-256; leaves the old one and returns null if the signal comes before all lines
 * are formatted.
 */
async function writeLines(path: string, lines: Iterable<CsvRow>, stop: AbortSignal): Promise<string | null> {
  const texts: string[] = [];
  for await (const slice of slices(lines, SLICE)) {
    if (stop.aborted && texts.length > 0) return null;
    texts.push(csvText(slice));
  }
  return writeText(path, texts.join(''));
}
