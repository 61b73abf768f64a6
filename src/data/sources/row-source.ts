import { basename } from 'node:path';
import { formatPlace } from '../diagnostics.js';
import type { Delimiter } from './csv/delimiter.js';
import type { NumberNotation } from './csv/number-notation.js';
import type { ReadingWatch } from './read-bytes.js';
import type { Rows } from './rows.js';

/** How messages name rows and places among them. */
export interface SourceName {
  /** The path of a file, `standard input`, or `data.rows` for rows in memory. */
  readonly name: string;
  /** The name without folders. */
  readonly shortName: string;
  /** A cell: `table.csv:3:2`, or `data.rows[1].age`. `line` is what the rows say; `cell` counts from 1. */
  placeOf(line: number, cell: number): string;
}

/** A source and how its numbers are written. */
export interface NotedSource extends SourceName {
  /**
   * How numbers are written in cells that hold more than the number, such as a unit. Numbers that are alone in their
   * cell are read plainly already. Left out for plain numbers.
   */
  readonly notation?: NumberNotation;
}

/** Rows of one file, or of the caller's memory, to be read as a table. */
export interface RowSource extends NotedSource {
  /** Whether the first row names the columns; null if that is not known before it is read. */
  readonly header: boolean | null;
  /** What the config says separates its cells; left out if it says nothing. */
  readonly delimiter?: Delimiter;
  /** Reads the rows from the first to the last. Throws DATA_INVALID. */
  read(watch: ReadingWatch): AsyncIterable<Rows>;
}

/** Names a file, whose places are lines and cells counted from 1. */
export function fileName(path: string): SourceName {
  return {
    name: path,
    shortName: basename(path),
    placeOf: (line, cell) => formatPlace(path, line, cell),
  };
}
