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
  readonly #follow = new RepeatedTask(
    (stop) => this.#rewrite(stop),
    (took) => Math.max(INTERVAL, took / SHARE),
  );

  constructor(private readonly context: OutletContext) {
    this.#epochs = new EpochsFile(this.#path('epochs.csv'));
  }

  onEntry({ event }: CampaignEntry): void {
    if (event.type.startsWith('trial-')) this.#follow.ask();
  }

  /** Throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    await this.#follow.cancel();
    const { campaign } = this.context.snapshot();
    const { giveUp } = this.context;
    // A run that ends before its first event leaves nothing to write.
    if (campaign.facts === null) return;
    // The smallest files first: as many as possible are up to date.
    const isLarge = campaign.asked.size > SLICE;
    const steps = [
      async () => {
        if (isLarge && giveUp.aborted) return false;
        await writeFile(this.#path('summary.json'), summaryJson(summarise(campaign)));
        return true;
      },
      () => this.#writeFront(),
      () => this.#writeTrials(giveUp),
      () => this.#writeTimings(giveUp),
      () => this.#epochs.complete(campaign, giveUp),
    ];
    for (const step of steps) if (!(await step())) return this.context.onBehind();
  }

  async #rewrite(stop: AbortSignal): Promise<void> {
    const isWritten = (await this.#writeTrials(stop)) && (await this.#writeTimings(stop));
    if (isWritten) await this.#epochs.follow(this.context.snapshot().campaign, stop);
  }

  /** Only a campaign with several objectives has a front. */
  async #writeFront(): Promise<boolean> {
    const rows = frontRows(this.context.snapshot().campaign);
    if (rows !== null) await writeFile(this.#path('front.csv'), csvText(rows));
    return true;
  }

  #writeTrials(stop: AbortSignal): Promise<boolean> {
    return writeLines(this.#path('trials.csv'), trialRows(this.context.snapshot().campaign), stop);
  }

  #writeTimings(stop: AbortSignal): Promise<boolean> {
    const { campaign, timing } = this.context.snapshot();
    return writeLines(this.#path('timings.csv'), timingRows(campaign, timing), stop);
  }

  #path(name: string): string {
    return join(this.context.folder, name);
  }
}

/** Writes a file whole; leaves the old one and returns false if the signal comes before all lines are formatted. */
async function writeLines(path: string, lines: Iterable<CsvRow>, stop: AbortSignal): Promise<boolean> {
  const texts: string[] = [];
  for await (const slice of slices(lines, SLICE)) {
    if (stop.aborted && texts.length > 0) return false;
    texts.push(csvText(slice));
  }
  await writeFile(path, texts.join(''));
  return true;
}
