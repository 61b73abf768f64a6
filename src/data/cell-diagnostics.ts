import { formatWhole } from '../text/number.js';
import { dataError } from './diagnostics.js';

const MAX_LISTED = 5;

/** Diagnostics of one kind in a file, reported together: the first few in full, the rest as a count. */
export class CellDiagnostics {
  readonly #listed: string[] = [];
  #count = 0;

  /**
   * Adds a diagnostic. `sentence` is called only if it will be shown, because a file may have a million diagnostics.
   */
  add(sentence: () => string): void {
    this.#count++;
    if (this.#listed.length < MAX_LISTED) this.#listed.push(sentence());
  }

  /** Throws DATA_INVALID with one line for each diagnostic, if there are any. */
  throwIfAny(): void {
    if (this.#count === 0) return;
    const unlisted = this.#count - this.#listed.length;
    const lines =
      unlisted === 0 ? this.#listed : [...this.#listed, `... and ${formatWhole(unlisted)} more like these`];
    throw dataError(lines.join('\n'));
  }
}
