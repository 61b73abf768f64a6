import { lockHolder } from '../../journal/lock/lock-holder.js';
import { recordedOverview } from '../result-files/recorded-results.js';
import type { JournalState } from './campaign-states.js';

/**
 * Tells on which campaigns runs are at work. A run that has written the results of a concluded campaign is not at work
 * any longer, although its screen may stay for hours.
 */
export class RunsAtWork {
  /** By folder, the journal as it was when its results were written. */
  readonly #written = new Map<string, JournalState>();

  async isAtWork(folder: string, journal: JournalState): Promise<boolean> {
    if (lockHolder(folder) !== 'at-work') return false;
    if (this.#written.get(folder)?.id === journal.id) return false;
    // Before the campaign has concluded, there is no record, or one of a journal of another size: little is read.
    if ((await recordedOverview(folder, folder)) === null) return true;
    this.#written.set(folder, journal);
    return false;
  }
}
