/**
 * Rows that a network trains on, measures or predicts: places in a table that many threads may share, and
 * how its raw cells become the network's inputs. Nothing is copied before a kernel is made for them.
 */
export interface RowSet {
  /** The table, row-major, `inputs` columns a row; over a SharedArrayBuffer where threads share it. */
  readonly table: Float64Array | Float32Array | Uint8Array;
  /** The table's rows that belong to the set, in the set's order; null for all of them. */
  readonly rows: Uint32Array | Int32Array | null;
  /** How a cell becomes an input; null where the table is prepared already. */
  readonly preparation: CellPreparation | null;
  /**
   * What is wanted, by row of the table. `class`: its class, counted from 0, one number a row. `numbers`:
   * `outputs` numbers a row, each (value - mean) * scale. null where the set is only predicted.
   */
  readonly targets:
    | { readonly kind: 'class'; readonly values: ArrayLike<number> }
    | {
        readonly kind: 'numbers';
        readonly values: ArrayLike<number>;
        readonly mean: number;
        readonly scale: number;
      }
    | null;
  /** What each row of the set counts in training, in the set's order; null: all count 1. */
  readonly weights: Float64Array | null;
}

/** One number a column each: an input is (cell - mean) * scale, and 0 wherever the scale is 0. */
export interface CellPreparation {
  readonly mean: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
  /** Stands in for a cell that is NaN; null where there is none. */
  readonly fill: ArrayLike<number> | null;
}

/** Number of rows of a set. */
export function rowCount(set: RowSet, inputs: number): number {
  return set.rows === null ? set.table.length / inputs : set.rows.length;
}
