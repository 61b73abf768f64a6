import type { TrialKey } from '../../../campaign/trial.js';
import type { AttemptEnd, TimedAttempt } from './timed-attempt.js';

/** Attempts that share arrays. */
const CHUNK = 128;
/** A key is 128 bits in hexadecimal. */
const KEY_BYTES = 16;
/** Numbers of an attempt: its number, its worker, how it ended. */
const ROW = 3;

/** A part of the columns, to be written somewhere and put back. */
export interface AttemptsChunk {
  /** The keys of the trials, each as its 16 bytes. */
  readonly keys: Uint8Array;
  /** The number of each attempt, its worker, and the place of its end in the list of ends; zeros if it is not here. */
  readonly rows: Int32Array;
  readonly times: Float64Array;
}

/** How many attempts a chunk has, without the last one. */
export const CHUNK_ATTEMPTS = CHUNK;

interface Chunk {
  readonly keys: Buffer;
  readonly rows: Int32Array;
  /** When an attempt started and ended. */
  readonly times: Float64Array;
}

/**
 * Attempts that have ended, as columns of numbers, by place: a third of the memory of objects. Several versions of a
 * list share the columns, so a cell is written once.
 */
export class AttemptColumns {
  readonly #chunks: Chunk[] = [];
  readonly #ends: AttemptEnd[] = [];

  /** Whether the columns now hold the attempt: it has ended, fits in, and nothing else was written there. */
  write(place: number, attempt: TimedAttempt): boolean {
    const { trial, worker, started, ended, how } = attempt;
    if (ended === null || how === null || attempt.attempt < 1) return false;
    const row = [attempt.attempt, worker, this.#idOf(how)];
    const chunk = this.#chunkOf(place);
    const at = place % CHUNK;
    if (chunk.rows[at * ROW] === 0) {
      chunk.keys.write(trial, at * KEY_BYTES, KEY_BYTES, 'hex');
      if (keyAt(chunk, at) !== trial || !row.every((value) => (value | 0) === value)) return false;
      chunk.rows.set(row, at * ROW);
      chunk.times.set([started, ended], at * 2);
      return true;
    }
    return (
      row.every((value, i) => chunk.rows[at * ROW + i] === value) &&
      chunk.times[at * 2] === started &&
      chunk.times[at * 2 + 1] === ended &&
      keyAt(chunk, at) === trial
    );
  }

  /** An attempt that was written: another object each time. */
  read(place: number): TimedAttempt {
    const chunk = this.#chunkOf(place);
    const at = place % CHUNK;
    const field = (index: number): number => chunk.rows[at * ROW + index] ?? 0;
    return {
      trial: keyAt(chunk, at),
      attempt: field(0),
      worker: field(1),
      started: chunk.times[at * 2] ?? 0,
      ended: chunk.times[at * 2 + 1] ?? 0,
      how: this.#ends[field(2)] ?? null,
    };
  }

  get ends(): readonly AttemptEnd[] {
    return [...this.#ends];
  }

  /** A copy of a chunk, in which the attempts at some places are left out. */
  chunkAt(index: number, isLeftOut: (place: number) => boolean): AttemptsChunk {
    const { keys, rows, times } = this.#chunkOf(index * CHUNK);
    const copy = { keys: Uint8Array.from(keys), rows: rows.slice(), times: times.slice() };
    for (let at = 0; at < CHUNK; at++)
      if (isLeftOut(index * CHUNK + at)) copy.rows.fill(0, at * ROW, (at + 1) * ROW);
    return copy;
  }

  /** Columns of what `ends` and `chunkAt` gave. */
  static of(ends: readonly AttemptEnd[], chunks: Iterable<AttemptsChunk>): AttemptColumns {
    const columns = new AttemptColumns();
    columns.#ends.push(...ends);
    for (const { keys, rows, times } of chunks) {
      const chunk = columns.#chunkOf(columns.#chunks.length * CHUNK);
      chunk.keys.set(keys);
      chunk.rows.set(rows);
      chunk.times.set(times);
    }
    return columns;
  }

  #chunkOf(place: number): Chunk {
    const index = Math.floor(place / CHUNK);
    const known = this.#chunks[index];
    if (known !== undefined) return known;
    const chunk: Chunk = {
      keys: Buffer.alloc(CHUNK * KEY_BYTES),
      rows: new Int32Array(CHUNK * ROW),
      times: new Float64Array(CHUNK * 2),
    };
    this.#chunks[index] = chunk;
    return chunk;
  }

  #idOf(how: AttemptEnd): number {
    const known = this.#ends.indexOf(how);
    return known === -1 ? this.#ends.push(how) - 1 : known;
  }
}

function keyAt({ keys }: Chunk, at: number): TrialKey {
  return keys.toString('hex', at * KEY_BYTES, (at + 1) * KEY_BYTES) as TrialKey;
}
