import type { CampaignEntry } from '../../campaign/event.js';
import type { Snapshot } from '../../views/model/campaign-source.js';
import type { Outlet } from '../outlet.js';
import { RepeatedTask } from '../repeated-task.js';
import type { ReplayedFile } from '../replayed-file.js';
import { OptunaStudy } from './optuna-study.js';

/** Milliseconds between two writes. */
const INTERVAL = 1000;

/** A study for Optuna and its dashboard, in a file that follows the campaign. */
export class OptunaOutlet implements Outlet {
  readonly name = 'optuna';
  readonly #study = new OptunaStudy();
  readonly #flush: RepeatedTask;

  constructor(
    private readonly file: ReplayedFile,
    private readonly snapshot: () => Snapshot,
    end: AbortSignal | null,
  ) {
    this.#flush = new RepeatedTask(
      () => file.flush(),
      () => INTERVAL,
      end,
    );
  }

  onEntry(entry: CampaignEntry): void {
    const lines = this.#study.linesFor(entry, this.snapshot());
    if (lines === '') return;
    this.file.append(Buffer.from(lines));
    this.#flush.ask();
  }

  /** Throws `RESULTS_UNWRITABLE`. */
  async finish(): Promise<void> {
    await this.#flush.cancel();
    await this.file.finish();
  }
}
