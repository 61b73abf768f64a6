import type { FinishReason } from '../outcome.js';
import type { Parameters } from '../parameters.js';
import type { Trial, TrialKey, TrialSpec } from '../trial.js';
import { Reports } from './reports.js';

/** What the columns hold of a trial: that it waits for its first attempt, or how it finished. */
export type Packed = 'waiting' | 'finished';

type Finished = Extract<Trial, { state: 'finished' }>;
type Extras = Pick<Finished, 'evaluation' | 'final' | 'notes'>;

/** Trials that share arrays. */
const CHUNK = 128;
/** A trial with more numbers in its reports stays an object, which makes little difference then. */
const MAX_NUMBERS = 64;

/** The whole numbers of a trial, in the order of its row. */
const STAGE = 0;
const NUMBER = 1;
const REPEAT = 2;
const EPOCHS = 3;
/** From here on, how it finished. */
const ATTEMPTS = 4;
const REASON = 5;
const NAMES = 6;
const START = 7;
const COUNT = 8;
const ROW = 9;

interface Chunk {
  readonly parameters: Parameters[];
  readonly rows: Int32Array;
  /** The reports of the finished trials, in the order in which they finished. */
  readonly reports: number[];
  /** What only some trials have, by place in the chunk. */
  readonly extras: Map<number, Extras>;
}

/** A part of the columns, to be written somewhere and put back. */
export interface ColumnsChunk {
  /** null for places that the columns do not hold. */
  readonly parameters: readonly (Parameters | null)[];
  readonly rows: Int32Array;
  readonly reports: ArrayLike<number>;
  readonly extras: readonly (readonly [place: number, extras: Extras])[];
}

/** The texts and lists of names that the numbers stand for. */
export interface ColumnsTexts {
  readonly texts: readonly string[];
  readonly names: readonly (readonly string[])[];
}

/** How many trials a chunk has, without the last one. */
export const CHUNK_TRIALS = CHUNK;

/**
 * Trials as columns of numbers, by place: a tenth of the memory of objects. Several versions of a table share the
 * columns, so a cell is written once. What differs from a written cell, or does not fit in, stays an object.
 */
export class TrialColumns {
  readonly #chunks: Chunk[] = [];
  readonly #texts: string[] = [];
  readonly #names: (readonly string[])[] = [];

  /** Returns what to give `read` to get an equal trial back; the trial itself if the columns cannot hold it. */
  write(place: number, trial: Trial): Packed | Trial {
    const isUntried = trial.state === 'waiting' && trial.attempts === 0 && trial.reports.size === 0;
    if (!isUntried && trial.state !== 'finished') return trial;
    const { spec, number } = trial;
    if (number === null || !isPlain(spec)) return trial;
    const facts = [this.#idOf(trial.stage), number, spec.repeat, spec.epochs];
    const chunk = this.#chunkOf(place);
    const at = place % CHUNK;
    if (chunk.parameters[at] === undefined) {
      if (!facts.every(isInt32)) return trial;
      chunk.parameters[at] = spec.parameters;
      chunk.rows.set(facts, at * ROW);
    } else {
      const isSame = facts.every((fact, field) => chunk.rows[at * ROW + field] === fact);
      if (!isSame || chunk.parameters[at] !== spec.parameters) return trial;
    }
    if (trial.state === 'waiting') return 'waiting';
    return this.#writeEnd(chunk, at, trial) ? 'finished' : trial;
  }

  /** The trial at a place, as `packed` says: another object each time. The key is not in the columns. */
  read(place: number, key: TrialKey, packed: Packed): Trial {
    const chunk = this.#chunks[Math.floor(place / CHUNK)];
    const at = place % CHUNK;
    const parameters = chunk?.parameters[at];
    if (chunk === undefined || parameters === undefined) throw new RangeError(`no trial at ${place}`);
    const field = (name: number): number => chunk.rows[at * ROW + name] ?? 0;
    const spec = { parameters, repeat: field(REPEAT), epochs: field(EPOCHS), until: null, finish: null };
    const stage = this.#texts[field(STAGE)] ?? '';
    const number = field(NUMBER);
    if (packed === 'waiting')
      return { key, spec, stage, number, attempts: 0, reports: Reports.EMPTY, state: 'waiting' };
    const { evaluation = null, final, notes } = chunk.extras.get(at) ?? {};
    const trial: Finished = {
      key,
      spec,
      stage,
      number,
      attempts: field(ATTEMPTS),
      reports: this.#reportsOf(chunk, at),
      state: 'finished',
      reason: this.#texts[field(REASON)] as FinishReason,
      evaluation,
    };
    return final === undefined && notes === undefined
      ? trial
      : { ...trial, ...(final && { final }), ...(notes && { notes }) };
  }

  get texts(): ColumnsTexts {
    return { texts: [...this.#texts], names: [...this.#names] };
  }

  /** A copy of a chunk, given what is in its places: null for a trial that is an object in this version. */
  chunkAt(index: number, cells: readonly (Packed | null)[]): ColumnsChunk {
    const { parameters, rows, reports, extras } = this.#chunkOf(index * CHUNK);
    const copy = rows.slice(0, cells.length * ROW);
    for (const [at, cell] of cells.entries()) {
      // A later version may have written what this one does not know.
      if (cell !== 'finished') copy.fill(0, at * ROW + (cell === null ? 0 : ATTEMPTS), (at + 1) * ROW);
    }
    return {
      parameters: cells.map((cell, at) => (cell === null ? null : (parameters[at] ?? null))),
      rows: copy,
      reports: reports.slice(),
      extras: [...extras].filter(([at]) => cells[at] === 'finished'),
    };
  }

  /** Columns of what `texts` and `chunkAt` gave. */
  static of({ texts, names }: ColumnsTexts, chunks: Iterable<ColumnsChunk>): TrialColumns {
    const columns = new TrialColumns();
    columns.#texts.push(...texts);
    columns.#names.push(...names);
    for (const { parameters, rows, reports, extras } of chunks) {
      const chunk = columns.#chunkOf(columns.#chunks.length * CHUNK);
      for (const [at, one] of parameters.entries()) if (one !== null) chunk.parameters[at] = one;
      chunk.rows.set(rows);
      for (let at = 0; at < reports.length; at++) chunk.reports.push(reports[at] ?? Number.NaN);
      for (const [at, one] of extras) chunk.extras.set(at, one);
    }
    return columns;
  }

  /** False if the columns cannot hold it, or hold another end. */
  #writeEnd(chunk: Chunk, at: number, { attempts, reason, reports, ...trial }: Finished): boolean {
    const numbers = reports.size > MAX_NUMBERS ? null : reports.numbers();
    if (numbers === null || numbers.values.length > MAX_NUMBERS || attempts < 1) return false;
    const { names, values } = numbers;
    const end = [attempts, this.#idOf(reason), this.#idOfNames(names), chunk.reports.length, values.length];
    const first = at * ROW + ATTEMPTS;
    const { evaluation, final, notes } = trial;
    const isBare = evaluation === null && final === undefined && notes === undefined;
    if (chunk.rows[first] === 0) {
      if (!end.every(isInt32)) return false;
      chunk.rows.set(end, first);
      for (const value of values) chunk.reports.push(value);
      if (!isBare) chunk.extras.set(at, { evaluation, ...(final && { final }), ...(notes && { notes }) });
      return true;
    }
    const start = chunk.rows[at * ROW + START] ?? 0;
    const known = chunk.extras.get(at);
    return (
      end.every((value, i) => ATTEMPTS + i === START || chunk.rows[first + i] === value) &&
      values.every((value, i) => Object.is(chunk.reports[start + i], value)) &&
      (known?.evaluation ?? null) === evaluation &&
      known?.final === final &&
      known?.notes === notes
    );
  }

  #reportsOf({ rows, reports }: Chunk, at: number): Reports {
    const count = rows[at * ROW + COUNT] ?? 0;
    if (count === 0) return Reports.EMPTY;
    const names = this.#names[rows[at * ROW + NAMES] ?? 0] ?? [];
    return Reports.fromNumbers(names, reports, rows[at * ROW + START] ?? 0, count);
  }

  #chunkOf(place: number): Chunk {
    const index = Math.floor(place / CHUNK);
    const known = this.#chunks[index];
    if (known !== undefined) return known;
    const chunk: Chunk = {
      parameters: [],
      rows: new Int32Array(CHUNK * ROW),
      reports: [],
      extras: new Map(),
    };
    this.#chunks[index] = chunk;
    return chunk;
  }

  /** A campaign has few stages and reasons. */
  #idOf(text: string): number {
    const known = this.#texts.indexOf(text);
    return known === -1 ? this.#texts.push(text) - 1 : known;
  }

  #idOfNames(names: readonly string[]): number {
    const known = this.#names.findIndex(
      (one) => one === names || (one.length === names.length && one.every((name, i) => name === names[i])),
    );
    return known === -1 ? this.#names.push(names) - 1 : known;
  }
}

/** Whether a spec is one of the search that runs all its epochs: parameters, repeat and epochs say everything. */
function isPlain({ until, bounds, patience, finish }: TrialSpec): boolean {
  return until === null && bounds === undefined && patience === undefined && finish === null;
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}
