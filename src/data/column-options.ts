/** What to do with missing cells: report an error, drop their rows, or fill them by a rule. */
export type MissingPolicy = 'error' | 'drop' | FillRule;

/**
 * How to fill a missing cell from the training part: with the mean, median or most frequent number, or with the most
 * frequent category.
 */
export type FillRule = 'mean' | 'median' | 'most_frequent';

/**
 * What to do with a category that the training file does not have: read it as none of the categories, or report an
 * error.
 */
export type UnseenPolicy = 'ignore' | 'error';

/** Options of one column. Options that are left out follow the table, or the cells of the column. */
export interface ColumnOptions {
  /**
   * The name in the header line or, if no column has that name, the index from 0, or a negative index from the end.
   */
  readonly column: string;
  /**
   * How the column becomes inputs: as a number, as one input for each category, or as one input with the index of the
   * category in an order, from 0.
   */
  readonly as?: 'number' | 'one_hot' | 'ordinal';
  /** The categories of an ordinal column, from the lowest. By default, numbers by value, then texts in sort order. */
  readonly order?: readonly string[];
  /** For one-hot columns: only this many categories, the most frequent, get an input. */
  readonly maxCategories?: number;
  readonly missing?: MissingPolicy;
  /** Values that stand for a missing cell, in their shortest form; in place of those of the table. */
  readonly missingValues?: readonly string[];
  /** What stands before or after the numbers of the column, such as `$` or `%`. */
  readonly unit?: string;
  /** Whether the column gets one more input that is 1 where its cell is missing. */
  readonly indicator?: boolean;
  readonly unseen?: UnseenPolicy;
}
