import { List } from 'immutable';
import type { Trial, TrialKey } from '../trial.js';
import { KeyIndex } from './key-index.js';
import {
  CHUNK_TRIALS,
  type ColumnsChunk,
  type ColumnsTexts,
  type Packed,
  TrialColumns,
} from './trial-columns.js';

/** Some trials that follow each other in a table. */
export interface TrialsChunk extends ColumnsChunk {
  readonly keys: readonly TrialKey[];
  /** For each trial how to read it from the columns, or the trial. */
  readonly cells: readonly (Packed | Trial)[];
}

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
  /** By place, the trials that were read from the columns; null if they are not kept. */
  #read: (Trial | undefined)[] | null = null;
  #readers = 0;

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

  /** The texts for which numbers stand in the chunks. */
  get texts(): ColumnsTexts {
    return this.#columns.texts;
  }

  /** The table in parts, which `fromChunks` puts together again. */
  *chunks(): Generator<TrialsChunk> {
    for (let first = 0; first < this.size; first += CHUNK_TRIALS) {
      const cells = this.#cells.slice(first, first + CHUNK_TRIALS).toArray();
      const packed = cells.map((cell) => (typeof cell === 'object' ? null : cell));
      const keys = cells.map((_, at) => this.#keys.keyAt(first + at));
      yield { ...this.#columns.chunkAt(first / CHUNK_TRIALS, packed), keys, cells };
    }
  }

  /** The table of these chunks, which have `size` trials together. It takes over what they hold. */
  static fromChunks(texts: ColumnsTexts, size: number, chunks: Iterable<TrialsChunk>): Trials {
    const keys = new KeyIndex(size);
    const cells: (Packed | Trial)[] = [];
    const read = function* (): Generator<ColumnsChunk> {
      for (const chunk of chunks) {
        for (const key of chunk.keys) keys.add(key);
        for (const cell of chunk.cells) cells.push(cell);
        yield chunk;
      }
    };
    const columns = TrialColumns.of(texts, read());
    return new Trials(keys, columns, List(cells));
  }

  get size(): number {
    return this.#cells.size;
  }

  get(key: TrialKey): Trial | undefined {
    const place = this.#placeOf(key);
    return place === undefined ? undefined : this.#trialAt(place);
  }

  /**
   * The trials of these keys that are there, in the order of the keys. Keys in the order in which trials were planned
   * are found without a search.
   */
  *select(keys: Iterable<TrialKey>): Generator<Trial> {
    let next = 0;
    for (const key of keys) {
      const place = next < this.size && this.#keys.keyAt(next) === key ? next : this.#placeOf(key);
      if (place === undefined) continue;
      next = place + 1;
      const trial = this.#trialAt(place);
      if (trial !== undefined) yield trial;
    }
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

  /**
   * Keeps the trials that are read from the columns, since the caller looks at all of them many times. They take as
   * much memory as objects do, until what is returned is disposed of.
   */
  keepRead(): Disposable {
    this.#readers += 1;
    this.#read ??= new Array(this.size);
    return {
      [Symbol.dispose]: () => {
        this.#readers -= 1;
        if (this.#readers === 0) this.#read = null;
      },
    };
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

  /** The keys in the order in which trials were planned. */
  *keys(): Generator<TrialKey> {
    for (let place = 0; place < this.size; place++) yield this.#keys.keyAt(place);
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

  #trialAt(place: number): Trial | undefined {
    const known = this.#read?.[place];
    if (known !== undefined) return known;
    const cell = this.#cells.get(place);
    return cell === undefined ? undefined : this.#trialOf(place, cell);
  }

  #trialOf(place: number, cell: Packed | Trial): Trial {
    if (typeof cell === 'object') return cell;
    const known = this.#read?.[place];
    if (known !== undefined) return known;
    const trial = this.#columns.read(place, this.#keys.keyAt(place), cell);
    if (this.#read !== null) this.#read[place] = trial;
    return trial;
  }
}
