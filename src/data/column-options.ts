/** Missing cells: refuse them, leave their rows out, or fill them with what the training part has. */
export type MissingPolicy = 'error' | 'drop' | FillRule;

/** What fills a missing cell: of the training part's numbers the mean, the median or the most frequent, or its most frequent category. */
export type FillRule = 'mean' | 'median' | 'most_frequent';

/** A category that the training file does not have: taken for none of a column's, or refused. */
export type UnseenPolicy = 'ignore' | 'error';

/** What is said of one column; what is left out is as for the whole table, or follows from its cells. */
export interface ColumnOptions {
  /** The name in the header line, or, where no column is called so, the index from 0 or negative from the end. */
  readonly column: string;
  /** Numbers; an input a category; or one input, the place of the category in an order, from 0. */
  readonly as?: 'number' | 'one_hot' | 'ordinal';
  /** The categories of an ordinal column, from the lowest. Left out, numbers by value, then texts as they sort. */
  readonly order?: readonly string[];
  /** One-hot columns: only so many categories, the most frequent, have an input. */
  readonly maxCategories?: number;
  readonly missing?: MissingPolicy;
  /** Whether one more input says that the cell is missing. */
  readonly indicator?: boolean;
  readonly unseen?: UnseenPolicy;
}
