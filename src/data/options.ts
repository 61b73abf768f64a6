import type { ColumnOptions, MissingPolicy, UnseenPolicy } from './column-options.js';
import type { Delimiter } from './sources/csv/delimiter.js';
import type { MemoryTable } from './sources/memory-rows.js';

/** Where data comes from and how it becomes the network's input: the `data` section of a config, resolved. */
export interface DataOptions {
  readonly source: DataSource;
  /** Column name, or index from 0, or negative from the end; null for sources that know their target. */
  readonly target: string | number | null;
  /** Whether the first line names the columns; null to find out. A column referred to by name says that it does. */
  readonly header: boolean | null;
  /** Columns to leave out, by name or index. */
  readonly drop: readonly (string | number)[];
  /**
   * What to do with missing cells (empty, `?`, `NA`, `N/A`, `NaN`, `null`) of columns that say nothing else; one-hot
   * columns take the most frequent category under mean and median. A missing target is an error unless its row
   * is left out.
   */
  readonly missing: MissingPolicy;
  /** Whether each column with missing cells that are filled has one more input that says where; columns may say otherwise. */
  readonly indicator: boolean;
  /**
   * null to infer it from the target: text, two distinct numbers, or up to 20 distinct whole numbers with ten
   * rows each on average, is classification.
   */
  readonly task: 'classification' | 'regression' | null;
  readonly split: SplitOptions;
  /** Inputs to mean 0 and standard deviation 1, measured on the training part; regression targets likewise. */
  readonly standardize: boolean;
  /**
   * A category that the training file does not have, in columns that say nothing else. Ignored, all inputs of a
   * one-hot column are 0, and an ordinal column takes it for a missing cell.
   */
  readonly unseen: UnseenPolicy;
  /** What is said of single columns. */
  readonly columns: readonly ColumnOptions[];
}

export type DataSource =
  /**
   * Tables: text with DELIMITERS (also packed with gzip), Parquet or NPY. Absolute paths or patterns of such
   * (`part-*.csv`); the rows of several files follow each other. `test` is null where no file has test rows.
   */
  | {
      readonly kind: 'table';
      readonly paths: readonly string[];
      readonly test: readonly string[] | null;
      /** null to find it out. */
      readonly delimiter: Delimiter | null;
    }
  /** Arrays in IDX (also packed with gzip) or NPY files: inputs of any dimensions, and one target a row. */
  | ({ readonly kind: 'arrays'; readonly test: ArrayFiles | null } & ArrayFiles)
  /** Rows in the caller's memory, which are read like a table; `test` is null if none are given for the test. */
  | { readonly kind: 'rows'; readonly training: MemoryTable; readonly test: MemoryTable | null }
  | ({ readonly kind: 'generated' } & GeneratedData);

/** Absolute paths of the files of inputs and of targets. */
export interface ArrayFiles {
  readonly images: string;
  readonly labels: string;
}

/** Data sets made from the seed, for examples and tests. */
export type GeneratedData =
  /** The tutorial's table: 4 rows of 3 inputs, the last always 1; the target is the exclusive or of the first two. */
  | { readonly generate: 'xor' }
  /** Interleaved spirals in the plane, one a class; `noise` is the standard deviation around the arms. */
  | { readonly generate: 'spirals'; readonly rows: number; readonly classes: number; readonly noise: number }
  /** Two half circles that reach into each other, or a circle around another; `noise` is the standard deviation around them. */
  | { readonly generate: 'moons' | 'circles'; readonly rows: number; readonly noise: number }
  /** Pictures of `size` x `size` pixels: a bent stroke a class, drawn with a shaky hand, under noise of that deviation. */
  | {
      readonly generate: 'strokes';
      readonly rows: number;
      readonly classes: number;
      readonly size: number;
      readonly noise: number;
    }
  /** Labels by a random network of `units` tanh units over `inputs` normal inputs; a share of `noise` is relabelled at random. */
  | {
      readonly generate: 'teacher';
      readonly rows: number;
      readonly inputs: number;
      readonly units: number;
      readonly classes: number;
      readonly noise: number;
    };

export type SplitOptions =
  /** Shares of the rows, stratified and shuffled; the test share is not used where a test file is given. */
  | { readonly kind: 'shares'; readonly validation: number; readonly test: number }
  /** Repeat r is fold r mod k of partition r div k. */
  | { readonly kind: 'folds'; readonly folds: number; readonly test: number }
  /** Shares of the rows, drawn group by group: rows with the same value of the column are in one part. */
  | {
      readonly kind: 'group';
      readonly column: string | number;
      readonly validation: number;
      readonly test: number;
    }
  /** The last share of the rows in time is the test part, the one before it validation; the same on every repeat. */
  | {
      readonly kind: 'time';
      readonly column: string | number;
      readonly validation: number;
      readonly test: number;
    }
  /** The column says of each row whether it is for training, validation or test; the same on every repeat. */
  | { readonly kind: 'column'; readonly column: string | number }
  /** Training, validation and test are all the same rows, as in the tutorial. */
  | { readonly kind: 'none' };

/** The column that a split goes by, which is then no input; null where it goes by none. */
export function splitColumnOf(split: SplitOptions): string | number | null {
  return 'column' in split ? split.column : null;
}

/** Whether the parts are the same rows on every repeat. */
export function isFixed({ kind }: SplitOptions): boolean {
  return kind === 'none' || kind === 'time' || kind === 'column';
}
