import type { MemoryRow } from '../data/sources/memory-rows.js';

/** How rows are divided into training, validation and test part. */
export type SplitConfig =
  | { readonly validation?: number; readonly test?: number }
  | { readonly folds: number; readonly test?: number }
  | { readonly group: string | number; readonly validation?: number; readonly test?: number }
  | { readonly time: string | number; readonly validation?: number; readonly test?: number }
  | { readonly column: string | number }
  | 'none';

/** How missing cells are treated. */
type MissingConfig = 'error' | 'drop' | 'mean' | 'median' | 'most_frequent';

/** Options of one column. */
export interface ColumnConfig {
  readonly as?: 'number' | 'one_hot' | 'ordinal';
  readonly order?: readonly (string | number | boolean)[];
  readonly most_categories?: number;
  readonly missing?: MissingConfig;
  readonly missing_values?: readonly (string | number | boolean | null)[];
  readonly unit?: string;
  readonly indicator?: boolean;
  readonly unseen?: 'ignore' | 'error';
}

/** A table in one or more files. */
export interface TableConfig extends ColumnsConfig {
  /** In any format that fitfirst reads, such as CSV, Parquet or NPY; paths are relative to the working directory. */
  readonly path: string | readonly string[];
  /** Files with test rows. */
  readonly test?: string | readonly string[];
  readonly delimiter?: string;
  readonly skip_lines?: number | readonly number[];
  readonly decimal?: 'point' | 'comma';
  readonly thousands?: 'comma' | 'point' | 'space' | 'apostrophe';
  readonly header?: boolean;
}

/**
 * A table in memory: each row an object with the keys of the first one, or a list of cells, whose columns are then
 * named by their index.
 */
export interface RowsConfig extends ColumnsConfig {
  /** They must not change while the campaign runs. */
  readonly rows: readonly MemoryRow[];
  /** Test rows. */
  readonly test?: readonly MemoryRow[];
}

/** Options for the columns of a table. */
interface ColumnsConfig {
  /** The column to predict: its name, or its index from 0, or from the end below 0. */
  readonly target: string | number;
  readonly drop?: readonly (string | number)[];
  readonly missing?: MissingConfig;
  readonly missing_values?: readonly (string | number | boolean | null)[];
  readonly indicator?: boolean;
  readonly unseen?: 'ignore' | 'error';
  readonly task?: 'classification' | 'regression';
  readonly split?: SplitConfig;
  readonly standardize?: boolean | 'together';
  readonly columns?: Readonly<Record<string, ColumnConfig>>;
}

/** Arrays in IDX or NPY files. */
export interface ArraysConfig {
  readonly images: string;
  readonly labels: string;
  readonly test?: { readonly images: string; readonly labels: string };
  readonly task?: 'classification' | 'regression';
  readonly split?: SplitConfig;
  readonly standardize?: boolean | 'together';
}

/** A data set that is made from the seed. */
export interface GeneratedConfig {
  readonly generate: 'xor' | 'spirals' | 'moons' | 'circles' | 'strokes' | 'teacher';
  readonly rows?: number;
  readonly classes?: number;
  readonly noise?: number;
  readonly size?: number;
  readonly inputs?: number;
  readonly units?: number;
  readonly split?: SplitConfig;
  readonly standardize?: boolean | 'together';
}

/** Where the rows come from. */
export type DataConfig = TableConfig | RowsConfig | ArraysConfig | GeneratedConfig;
