import { formatWhole } from '../text/number.js';
import { dataError } from './diagnostics.js';

const MAX_LISTED = 5;

/** Mistakes of one sort in a file, told together: the first few in full, the others counted. */
export class CellDiagnostics {
  readonly #listed: string[] = [];
  #count = 0;

  /** The sentence is asked for only where it will be shown: a file may have a million mistakes. */
  add(sentence: () => string): void {
    this.#count++;
    if (this.#listed.length < MAX_LISTED) this.#listed.push(sentence());
  }

  /** Throws DATA_INVALID with one line a mistake, if there are any. */
  throwIfAny(): void {
    if (this.#count === 0) return;
    const unlisted = this.#count - this.#listed.length;
    const lines =
      unlisted === 0 ? this.#listed : [...this.#listed, `... and ${formatWhole(unlisted)} more like these`];
    throw dataError(lines.join('\n'));
  }
}
