import { List } from 'immutable';
import type { Trial, TrialKey } from '../trial.js';
import { KeyIndex } from './key-index.js';
import { type Packed, TrialColumns } from './trial-columns.js';

/**
 * Trials by key, in the order in which they were planned. A table never changes: `set` returns another one. Trials are
 * never removed, so all versions can share one index of keys, of which an older version ignores the later ones. They
 * also share columns, which hold the trials that are as they were planned or have finished. Such a trial is another
 * object, with the same parameters, each time it is read.
 */
export class Trials implements Iterable<readonly [TrialKey, Trial]> {
  static readonly EMPTY = new Trials(new KeyIndex(), new TrialColumns(), List());

  readonly #keys: KeyIndex;
  readonly #columns: TrialColumns;
  /** For each place the trial, or how to read it from the columns. */
  readonly #cells: List<Packed | Trial>;

  private constructor(keys: KeyIndex, columns: TrialColumns, cells: List<Packed | Trial>) {
    this.#keys = keys;
    this.#columns = columns;
    this.#cells = cells;
  }

  /** A table of these trials, whose keys differ. */
  static of(trials: Iterable<Trial>): Trials {
    const keys = new KeyIndex();
    const columns = new TrialColumns();
    const cells: (Packed | Trial)[] = [];
    for (const trial of trials) {
      keys.add(trial.key);
      cells.push(columns.write(cells.length, trial));
    }
    return new Trials(keys, columns, List(cells));
  }

  get size(): number {
    return this.#cells.size;
  }

  get(key: TrialKey): Trial | undefined {
    const place = this.#placeOf(key);
    const cell = place === undefined ? undefined : this.#cells.get(place);
    return place === undefined || cell === undefined ? undefined : this.#trialOf(place, cell);
  }

  has(key: TrialKey): boolean {
    return this.#placeOf(key) !== undefined;
  }

  /** A table with this trial in the place of the one that has its key, or as the last. */
  set(trial: Trial): Trials {
    const place = this.#placeOf(trial.key);
    if (place !== undefined) {
      const cells = this.#cells.set(place, this.#columns.write(place, trial));
      return cells === this.#cells ? this : new Trials(this.#keys, this.#columns, cells);
    }
    // Another version may have added other trials after this one's, and the empty table belongs to all campaigns.
    if (this.#keys.size > this.size || this.size === 0) return Trials.of([...this.values(), trial]);
    this.#keys.add(trial.key);
    const cell = this.#columns.write(this.size, trial);
    return new Trials(this.#keys, this.#columns, this.#cells.push(cell));
  }

  /** A table in which each trial is changed. Its key must stay. */
  map(change: (trial: Trial) => Trial): Trials {
    const changed = function* (trials: Iterable<Trial>): Generator<Trial> {
      for (const trial of trials) yield change(trial);
    };
    return Trials.of(changed(this.values()));
  }

  some(test: (trial: Trial) => boolean): boolean {
    for (const trial of this.values()) if (test(trial)) return true;
    return false;
  }

  count(test: (trial: Trial) => boolean): number {
    let count = 0;
    for (const trial of this.values()) if (test(trial)) count += 1;
    return count;
  }

  /** The trials in the order in which they were planned. */
  toList(): List<Trial> {
    return List(this.values());
  }

  /** The trials in the order in which they were planned. */
  *values(): Generator<Trial> {
    let place = 0;
    for (const cell of this.#cells) {
      yield this.#trialOf(place, cell);
      place += 1;
    }
  }

  *[Symbol.iterator](): Generator<readonly [TrialKey, Trial]> {
    for (const trial of this.values()) yield [trial.key, trial];
  }

  #placeOf(key: TrialKey): number | undefined {
    const place = this.#keys.placeOf(key);
    return place === undefined || place >= this.size ? undefined : place;
  }

  #trialOf(place: number, cell: Packed | Trial): Trial {
    return typeof cell === 'object' ? cell : this.#columns.read(place, this.#keys.keyAt(place), cell);
  }
}
