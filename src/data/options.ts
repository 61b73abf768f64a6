import type { ColumnOptions, MissingPolicy, UnseenPolicy } from './column-options.js';
import type { Delimiter } from './sources/csv/delimiter.js';
import type { NumberNotation } from './sources/csv/number-notation.js';
import type { MemoryTable } from './sources/memory-rows.js';

/**
 * How inputs are scaled to mean 0 and standard deviation 1, measured on the training part: each by itself (true), all
 * by one mean and one deviation, or not at all (false). The targets of a regression are scaled unless it is false.
 */
export type Standardize = boolean | 'together';

/** Where the data come from and how they become inputs of the network: the resolved `data` section of a config. */
export interface DataOptions {
  readonly source: DataSource;
  /**
   * The name of a column, its index from 0, or a negative index from the end; null for sources that know their
   * target.
   */
  readonly target: string | number | null;
  /** Whether the first line names the columns; null to detect it. Naming a column by its name implies a header. */
  readonly header: boolean | null;
  /** Columns to leave out, by name or index. */
  readonly drop: readonly (string | number)[];
  /**
   * What to do with missing cells (empty, `?`, `NA`, `N/A`, `NaN`, `null`) of columns without a policy of their own.
   * One-hot columns use the most frequent category for mean and median. A missing target is an error unless its row
   * is dropped.
   */
  readonly missing: MissingPolicy;
  /**
   * More values that stand for a missing cell, in their shortest form, for columns without such values of their own.
   * Left out if there are none.
   */
  readonly missingValues?: readonly string[];
  /** Whether each column with filled cells gets one more input that marks them. Columns may override it. */
  readonly indicator: boolean;
  /**
   * null to infer it from the target: texts, two distinct numbers, or up to 20 distinct whole numbers with ten rows
   * each on average mean classification.
   */
  readonly task: 'classification' | 'regression' | null;
  readonly split: SplitOptions;
  readonly standardize: Standardize;
  /**
   * What to do with a category that the training file does not have, for columns without a policy of their own. If it
   * is ignored, all inputs of a one-hot column are 0, and an ordinal column treats it as a missing cell.
   */
  readonly unseen: UnseenPolicy;
  /** Options of single columns. */
  readonly columns: readonly ColumnOptions[];
}

export type DataSource =
  /**
   * Tables in any of the formats of `sources/formats.ts`. Absolute paths or patterns (`part-*.csv`); the rows of
   * several files are joined. `test` is null if no file has test rows.
   */
  | {
      readonly kind: 'table';
      readonly paths: readonly string[];
      readonly test: readonly string[] | null;
      /** null to detect it. */
      readonly delimiter: Delimiter | null;
      /** Lines of each file that are no rows, counted from 1, such as a title. Left out if there are none. */
      readonly skipLines?: readonly number[];
      /** How numbers are written in delimited text. Left out for plain numbers such as 1234.5. */
      readonly notation?: NumberNotation;
    }
  /** Arrays in IDX or NPY files, which may be packed with gzip: inputs of any dimensions, and one target a row. */
  | ({ readonly kind: 'arrays'; readonly test: ArrayFiles | null } & ArrayFiles)
  /** Rows in the caller's memory, which are read like a table; `test` is null if none are given for the test. */
  | { readonly kind: 'rows'; readonly training: MemoryTable; readonly test: MemoryTable | null }
  | ({ readonly kind: 'generated' } & GeneratedData);

/** Absolute paths of the files of inputs and of targets. */
export interface ArrayFiles {
  readonly images: string;
  readonly labels: string;
}

/** Data sets generated from the seed, for examples and tests. */
export type GeneratedData =
  /** The tutorial's table: 4 rows of 3 inputs, the last always 1; the target is the exclusive or of the first two. */
  | { readonly generate: 'xor' }
  /** Interleaved spirals in the plane, one a class; `noise` is the standard deviation around the arms. */
  | { readonly generate: 'spirals'; readonly rows: number; readonly classes: number; readonly noise: number }
  /** Two interleaved half circles, or one circle around another; `noise` is the standard deviation around them. */
  | { readonly generate: 'moons' | 'circles'; readonly rows: number; readonly noise: number }
  /**
   * Pictures of `size` x `size` pixels: a bent stroke a class, drawn with a shaky hand, under noise of that deviation.
   */
  | {
      readonly generate: 'strokes';
      readonly rows: number;
      readonly classes: number;
      readonly size: number;
      readonly noise: number;
    }
  /**
   * Labels from a random network of `units` tanh units over `inputs` normal inputs. The share `noise` of them is
   * replaced at random.
   */
  | {
      readonly generate: 'teacher';
      readonly rows: number;
      readonly inputs: number;
      readonly units: number;
      readonly classes: number;
      readonly noise: number;
    };

export type SplitOptions =
  /** Shares of the rows, stratified and shuffled. A test file replaces the test share. */
  | { readonly kind: 'shares'; readonly validation: number; readonly test: number }
  /** Repeat r is fold r mod k of partition r div k. */
  | { readonly kind: 'folds'; readonly folds: number; readonly test: number }
  /** Shares of the rows, drawn group by group: rows with the same value of the column are in the same part. */
  | {
      readonly kind: 'group';
      readonly column: string | number;
      readonly validation: number;
      readonly test: number;
    }
  /**
   * The test part is the last share of the rows in time, and validation the one before it; the same on every repeat.
   */
  | {
      readonly kind: 'time';
      readonly column: string | number;
      readonly validation: number;
      readonly test: number;
    }
  /** The column names the part of each row: training, validation or test; the same on every repeat. */
  | { readonly kind: 'column'; readonly column: string | number }
  /** Training, validation and test are all the same rows, as in the tutorial. */
  | { readonly kind: 'none' };

/** The column that decides the split and is not an input; null if none does. */
export function splitColumnOf(split: SplitOptions): string | number | null {
  return 'column' in split ? split.column : null;
}

/** Whether the parts are the same rows on every repeat. */
export function isFixed({ kind }: SplitOptions): boolean {
  return kind === 'none' || kind === 'time' || kind === 'column';
}
