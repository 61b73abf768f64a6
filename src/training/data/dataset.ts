import type { SplitOptions } from '../data-options.js';
import type { SharedNumbers } from './shared-numbers.js';

/**
 * A data set in memory, as every worker thread sees it: plain fields and shared memory, so that posting it
 * to a thread copies no rows. Inputs are as they were read; missing cells are filled and columns
 * standardised for each split anew (see `preparationOf`), so that nothing leaks from held-out rows.
 */
export interface Dataset {
  readonly task: 'classification' | 'regression';
  /** Rows in all, those of a given test file included. */
  readonly rows: number;
  /** Columns of the network's input, after one-hot encoding. */
  readonly inputs: number;
  /**
   * Inputs, row by row (`rows` x `inputs`); NaN where a cell is missing and is still to be filled. Bytes are
   * pixels: where nothing is standardised, they count as 0 to 1.
   */
  readonly x: SharedNumbers;
  /** Targets (`rows`): index of the class, or the number itself in the target's units. */
  readonly y: Float64Array<SharedArrayBuffer>;
  /** Which rows have the same inputs: equal numbers, counted from 0 in order of first appearance. */
  readonly groups: Int32Array<SharedArrayBuffer>;
  /** Names of the classes, sorted, numerically where all are numbers; null for regression. */
  readonly classes: readonly string[] | null;
  /** Name of the target's column. */
  readonly target: string;
  /** The columns of the table that became inputs, in order. */
  readonly columns: readonly SourceColumn[];
  /** Rows from this one on come from a given test file; equal to `rows` without one. */
  readonly testFrom: number;
  readonly split: SplitOptions;
  /**
   * What the column that the split goes by says of each row: the number of its group, its place in time (rows of
   * one time have one number), or the number of its part in `partNames`; null where the split goes by no column.
   */
  readonly splitNumbers: Int32Array<SharedArrayBuffer> | null;
  readonly standardize: boolean;
  readonly missing: 'error' | 'drop' | 'mean' | 'median';
  readonly unseen: 'ignore' | 'error';
  /** Cells of `columns` that are missing, by name of the column; only columns that have any. */
  readonly missingCells: Readonly<Record<string, number>>;
  /** Rows that were left out because a cell was missing (`missing: drop`). */
  readonly droppedRows: number;
  /** SHA-256 of the contents, in hexadecimal: of names, classes, inputs and targets in order, not of paths. */
  readonly hash: string;
}

/** A column of the table and the inputs that it became. */
export type SourceColumn =
  | {
      readonly kind: 'number';
      readonly name: string;
      /** Its place in the table, from 0. */
      readonly index: number;
      /** Its place among the inputs, from 0. */
      readonly input: number;
    }
  | {
      /** One input a category, 1 for the row's own and 0 for the others. */
      readonly kind: 'category';
      readonly name: string;
      readonly index: number;
      /** The place of the first category among the inputs; the others follow. */
      readonly input: number;
      /** Sorted; a category that reads as a number stands in its shortest form. */
      readonly categories: readonly string[];
    };

/** Inputs that a column became. */
export function widthOf(column: SourceColumn): number {
  switch (column.kind) {
    case 'number':
      return 1;
    case 'category':
      return column.categories.length;
    default:
      return column satisfies never;
  }
}

/** A name for every input: the column's, with `=category` after it where it is one-hot. */
export function inputNames(columns: readonly SourceColumn[]): string[] {
  return columns.flatMap((column) =>
    column.kind === 'number' ? [column.name] : column.categories.map((name) => `${column.name}=${name}`),
  );
}
