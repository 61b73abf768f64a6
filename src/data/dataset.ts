import type { FillRule, UnseenPolicy } from './column-options.js';
import type { SplitOptions, Standardize } from './options.js';
import type { SharedNumbers } from './shared-numbers.js';

/**
 * A data set in memory, as every worker thread sees it: plain fields and shared memory, so that posting it to a
 * thread copies no rows. Inputs are as they were read. Each split fills missing cells and standardises columns on its
 * own (see `preparationOf`), so that nothing leaks from held-out rows.
 */
export interface Dataset {
  readonly task: 'classification' | 'regression';
  /** The number of rows, including those of a test file. */
  readonly rows: number;
  /** The number of the network's inputs, after one-hot encoding. */
  readonly inputs: number;
  /**
   * Inputs, row by row (`rows` x `inputs`); NaN where a missing cell is yet to be filled. Bytes are pixels and count
   * as 0 to 1 unless they are standardised.
   */
  readonly x: SharedNumbers;
  /** Targets (`rows`): the index of the class, or the number in its own units. */
  readonly y: Float64Array<SharedArrayBuffer>;
  /** Rows with the same inputs have the same number, counted from 0 in order of first appearance. */
  readonly groups: Int32Array<SharedArrayBuffer>;
  /** Names of the classes, in sort order, or in numeric order if all are numbers; null for regression. */
  readonly classes: readonly string[] | null;
  /** Name of the target's column. */
  readonly target: string;
  /** Values that stand for a missing target, in addition to the words that always do. Left out if there are none. */
  readonly targetMissingValues?: readonly string[];
  /** What may stand before or after the numbers of the target. Left out if nothing may. */
  readonly targetUnit?: string;
  /** The columns that became inputs, in the order of the inputs. */
  readonly columns: readonly SourceColumn[];
  /**
   * How to fill a missing cell of each of `columns`; null if it is an error, its row is dropped, or it cannot be
   * missing.
   */
  readonly fills: readonly (FillRule | null)[];
  /** The first row of a test file; equal to `rows` if there is none. */
  readonly testFrom: number;
  readonly split: SplitOptions;
  /**
   * The value of the split column for each row: the number of its group, its rank in time (equal times have equal
   * ranks), or the index of its part in `PART_NAMES`. null if no column decides the split.
   */
  readonly splitNumbers: Int32Array<SharedArrayBuffer> | null;
  readonly standardize: Standardize;
  /** The policy of columns without one of their own. */
  readonly unseen: UnseenPolicy;
  /** The number of missing cells that are filled, by column name; only columns that have any. */
  readonly missingCells: Readonly<Record<string, number>>;
  /** The number of cells in test files with a category that the training file does not have, by column name. */
  readonly unseenCells: Readonly<Record<string, number>>;
  /** Names of ordinal columns whose texts are in sort order because the config gives no order. */
  readonly sortedTexts: readonly string[];
  /** The number of rows dropped because of a missing cell (`missing: drop`). */
  readonly droppedRows: number;
  /** The SHA-256 hash of the contents, in hexadecimal: names, classes, inputs and targets in order, without paths. */
  readonly hash: string;
}

/** A column of the table and the inputs that it became: one or more, from index `input` on. */
export type SourceColumn = {
  readonly name: string;
  /** Its index in the table, from 0. */
  readonly index: number;
  /** The index of its first input, from 0. */
  readonly input: number;
  /** Values that stand for a missing cell, in addition to the words that always do. Left out if there are none. */
  readonly missingValues?: readonly string[];
  /** What may stand before or after its numbers, such as `$` or `%`. Left out if nothing may. */
  readonly unit?: string;
} & (
  | { readonly kind: 'number' }
  /**
   * One input for each category: 1 for the category of the row, 0 for the others. All are 0 for an unknown category.
   */
  | ({ readonly kind: 'category' } & Categories)
  /** One input: the index of the category of the row, from 0. */
  | ({ readonly kind: 'ordinal' } & Categories)
  /** One input that is 1 where the cell of the column of this name is missing, else 0. */
  | { readonly kind: 'indicator' }
);

interface Categories {
  /**
   * In sort order, or in the order of an ordinal column. A category that reads as a number is in its shortest form.
   */
  readonly categories: readonly string[];
  /** The policy of this column, if it has one of its own. */
  readonly unseen?: UnseenPolicy;
}

/** The number of inputs that a column became. */
export function widthOf(column: SourceColumn): number {
  return column.kind === 'category' ? column.categories.length : 1;
}

/** The number of inputs that columns became. */
export function inputCount(columns: readonly SourceColumn[]): number {
  return columns.reduce((sum, column) => sum + widthOf(column), 0);
}
