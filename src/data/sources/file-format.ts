import type { NumberStorage } from '../shared-numbers.js';
import type { Delimiter } from './csv/delimiter.js';
import type { NumberNotation } from './csv/number-notation.js';
import type { ReadingWatch } from './read-bytes.js';
import type { Rows } from './rows.js';

/** Bytes from the start of a file, after unpacking, that `matches` gets at most. */
export const SNIFFED_BYTES = 24;

/** A format of data files. A new one is a file of its own and a line in `formats.ts`. */
export interface FileFormat {
  /** As messages name a file of it: `an NPY file`. */
  readonly name: string;
  /** As lists of formats name it, if its files hold tables: `Parquet`. */
  readonly title?: string;
  /** Whether a file that starts with these bytes is of this format. */
  matches(start: Buffer): boolean;
  /** Whether files packed with gzip are read, too. */
  readonly canBePacked: boolean;
  /** Reads a file as the rows of a table. Left out if its files hold no tables. Throws DATA_INVALID. */
  readonly readRows?: (path: string, options: RowOptions) => AsyncIterable<Rows>;
  /** Opens a file as one array of numbers. Left out if its files hold no arrays. Throws DATA_INVALID. */
  readonly openArray?: (path: string, watch: ReadingWatch) => Promise<ArraySource>;
  /** The first lines of a file, up to 64 KiB, if it is text. Left out if its files are not. Throws DATA_INVALID. */
  readonly firstLines?: (path: string) => Promise<Buffer>;
}

export interface RowOptions {
  /** null to detect it. */
  readonly delimiter: Delimiter | null;
  /** Lines of delimited text that are no rows, counted from 1. */
  readonly skipLines: readonly number[];
  /** How numbers are written in delimited text; null for plain numbers such as 1234.5. */
  readonly notation: NumberNotation | null;
  readonly watch: ReadingWatch;
}

/** An array in a file, before its numbers are read. */
export interface ArraySource {
  readonly path: string;
  readonly shape: readonly number[];
  /** The smallest storage that holds its numbers without loss. */
  readonly storage: NumberStorage;
  /** Writes its numbers into `target` from index `at` on, the last index running fastest. Throws DATA_INVALID. */
  readInto(target: Uint8Array | Float32Array | Float64Array, at: number): Promise<void>;
}
