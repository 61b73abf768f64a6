import type { FillRule, UnseenPolicy } from './column-options.js';
import type { SplitOptions } from './options.js';
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
  /** What became of the columns of the table, in the order of the inputs. */
  readonly columns: readonly SourceColumn[];
  /** How a missing cell of each of `columns` is filled; null where it is an error, its row is left out, or it cannot be. */
  readonly fills: readonly (FillRule | null)[];
  /** Rows from this one on come from a given test file; equal to `rows` without one. */
  readonly testFrom: number;
  readonly split: SplitOptions;
  /**
   * What the column that the split goes by says of each row: the number of its group, its place in time (rows of
   * one time have one number), or the number of its part in `PART_NAMES`; null where the split goes by no column.
   */
  readonly splitNumbers: Int32Array<SharedArrayBuffer> | null;
  readonly standardize: boolean;
  /** For columns that have no policy of their own. */
  readonly unseen: UnseenPolicy;
  /** Cells of `columns` that are missing and filled, by name of the column; only columns that have any. */
  readonly missingCells: Readonly<Record<string, number>>;
  /** Cells of test files with a category that the training file does not have, likewise. */
  readonly unseenCells: Readonly<Record<string, number>>;
  /** Names of ordinal columns whose texts are in the order in which they sort, as nobody gave another. */
  readonly sortedTexts: readonly string[];
  /** Rows that were left out because a cell was missing (`missing: drop`). */
  readonly droppedRows: number;
  /** SHA-256 of the contents, in hexadecimal: of names, classes, inputs and targets in order, not of paths. */
  readonly hash: string;
}

/** A column of the table and inputs that it became: one or several, from place `input` on. */
export type SourceColumn = {
  readonly name: string;
  /** Its place in the table, from 0. */
  readonly index: number;
  /** The place of its first input, from 0. */
  readonly input: number;
} & (
  | { readonly kind: 'number' }
  /** One input a category, 1 for the row's own and 0 for the others; all 0 for a category that is none of them. */
  | ({ readonly kind: 'category' } & Categories)
  /** One input: the place of the row's category among them, from 0. */
  | ({ readonly kind: 'ordinal' } & Categories)
  /** One input beside those of the column of this name: 1 where its cell is missing, else 0. */
  | { readonly kind: 'indicator' }
);

interface Categories {
  /** Sorted, or in the order of an ordinal column; a category that reads as a number stands in its shortest form. */
  readonly categories: readonly string[];
  /** Where the column has a policy of its own. */
  readonly unseen?: UnseenPolicy;
}

/** Inputs that a column became. */
export function widthOf(column: SourceColumn): number {
  return column.kind === 'category' ? column.categories.length : 1;
}

/** Inputs that columns became. */
export function inputCount(columns: readonly SourceColumn[]): number {
  return columns.reduce((sum, column) => sum + widthOf(column), 0);
}
