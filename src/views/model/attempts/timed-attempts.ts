import { Map as PersistentMap } from 'immutable';
import { AttemptColumns, type AttemptsChunk, CHUNK_ATTEMPTS } from './attempt-columns.js';
import type { AttemptEnd, TimedAttempt } from './timed-attempt.js';

/** A list of attempts without its chunks. */
export interface AttemptsFrame {
  readonly size: number;
  readonly ends: readonly AttemptEnd[];
  /** The attempts that are in no chunk, with their places. */
  readonly others: readonly (readonly [place: number, attempt: TimedAttempt])[];
}

/**
 * Attempts in the order in which they started. A list never changes: `push` and `set` return another one. Attempts
 * that have ended are in columns, which all versions of the list share.
 */
export class TimedAttempts implements Iterable<TimedAttempt> {
  static readonly EMPTY = new TimedAttempts(new AttemptColumns(), PersistentMap(), 0);

  readonly #columns: AttemptColumns;
  /** By place, those that the columns do not hold: they run, as a rule. */
  readonly #others: PersistentMap<number, TimedAttempt>;
  readonly size: number;

  private constructor(columns: AttemptColumns, others: PersistentMap<number, TimedAttempt>, size: number) {
    this.#columns = columns;
    this.#others = others;
    this.size = size;
  }

  static of(attempts: Iterable<TimedAttempt>): TimedAttempts {
    let list = TimedAttempts.EMPTY;
    for (const attempt of attempts) list = list.push(attempt);
    return list;
  }

  /** The list of a frame and its chunks. */
  static fromChunks({ size, ends, others }: AttemptsFrame, chunks: Iterable<AttemptsChunk>): TimedAttempts {
    return new TimedAttempts(AttemptColumns.of(ends, chunks), PersistentMap(others), size);
  }

  get frame(): AttemptsFrame {
    return { size: this.size, ends: this.#columns.ends, others: [...this.#others] };
  }

  /** The attempts that are not in the frame, in parts. */
  *chunks(): Generator<AttemptsChunk> {
    const isLeftOut = (place: number): boolean => place >= this.size || this.#others.has(place);
    for (let first = 0; first < this.size; first += CHUNK_ATTEMPTS)
      yield this.#columns.chunkAt(first / CHUNK_ATTEMPTS, isLeftOut);
  }

  push(attempt: TimedAttempt): TimedAttempts {
    return this.set(this.size, attempt);
  }

  /** The list with another attempt at a place, which is at most its size. */
  set(place: number, attempt: TimedAttempt): TimedAttempts {
    // The empty list belongs to all campaigns.
    const columns = this.size === 0 ? new AttemptColumns() : this.#columns;
    const others = columns.write(place, attempt)
      ? this.#others.delete(place)
      : this.#others.set(place, attempt);
    return new TimedAttempts(columns, others, Math.max(this.size, place + 1));
  }

  /** The attempt at a place, counted from 0; undefined if there is none. */
  get(place: number): TimedAttempt | undefined {
    if (place < 0 || place >= this.size) return undefined;
    return this.#others.get(place) ?? this.#columns.read(place);
  }

  /** The last attempts, at most this many. */
  takeLast(count: number): TimedAttempt[] {
    return [...this.#from(Math.max(0, this.size - count))];
  }

  toArray(): TimedAttempt[] {
    return [...this];
  }

  [Symbol.iterator](): Generator<TimedAttempt> {
    return this.#from(0);
  }

  *#from(start: number): Generator<TimedAttempt> {
    for (let place = start; place < this.size; place++)
      yield this.#others.get(place) ?? this.#columns.read(place);
  }
}
