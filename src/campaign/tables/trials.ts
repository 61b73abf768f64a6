import { List } from 'immutable';
import type { Trial, TrialKey } from '../trial.js';

/** Places of keys, shared by all versions of a table. Places are only added; an older version ignores later ones. */
type Places = Map<TrialKey, number>;

/**
 * Trials by key, in the order in which they were planned. A table never changes: `set` returns another one. A hash
 * trie would do, too, but takes three times the memory and time: trials are never removed, so all versions can share
 * one map from keys to places.
 */
export class Trials implements Iterable<readonly [TrialKey, Trial]> {
  static readonly EMPTY = new Trials(new Map(), List());

  readonly #places: Places;
  readonly #trials: List<Trial>;

  private constructor(places: Places, trials: List<Trial>) {
    this.#places = places;
    this.#trials = trials;
  }

  /** A table of these trials, whose keys differ. */
  static of(trials: Iterable<Trial>): Trials {
    const list = List(trials);
    const places: Places = new Map();
    for (const { key } of list) places.set(key, places.size);
    return new Trials(places, list);
  }

  get size(): number {
    return this.#trials.size;
  }

  get(key: TrialKey): Trial | undefined {
    const place = this.#places.get(key);
    return place === undefined || place >= this.size ? undefined : this.#trials.get(place);
  }

  has(key: TrialKey): boolean {
    return this.get(key) !== undefined;
  }

  /** A table with this trial in the place of the one that has its key, or as the last. */
  set(trial: Trial): Trials {
    const place = this.#places.get(trial.key);
    if (place !== undefined && place < this.size) {
      return this.#trials.get(place) === trial
        ? this
        : new Trials(this.#places, this.#trials.set(place, trial));
    }
    // Another version may have added other trials after this one's.
    const isLast = this.#places.size === this.size;
    const places = isLast ? this.#places : new Map([...this.#places].slice(0, this.size));
    places.set(trial.key, this.size);
    return new Trials(places, this.#trials.push(trial));
  }

  /** A table in which each trial is changed. Its key must stay. */
  map(change: (trial: Trial) => Trial): Trials {
    return new Trials(this.#places, this.#trials.map(change));
  }

  some(test: (trial: Trial) => boolean): boolean {
    return this.#trials.some(test);
  }

  count(test: (trial: Trial) => boolean): number {
    return this.#trials.count(test);
  }

  /** The trials in the order in which they were planned. */
  toList(): List<Trial> {
    return this.#trials;
  }

  values(): IterableIterator<Trial> {
    return this.#trials.values();
  }

  *[Symbol.iterator](): Generator<readonly [TrialKey, Trial]> {
    for (const trial of this.#trials) yield [trial.key, trial];
  }
}
