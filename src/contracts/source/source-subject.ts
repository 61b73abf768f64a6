import type { RowSource } from '../../data/sources/row-source.js';

/** A cell of a reference table; null is missing. */
export type ReferenceCell = number | string | null;

/** A table that a source has to give back. */
export interface ReferenceTable {
  /** The names of the columns; null for a source that has none. */
  readonly names: readonly string[] | null;
  readonly rows: readonly (readonly ReferenceCell[])[];
}

interface SourceTraits {
  /** Whether it can hold the names of columns. Default: true. */
  readonly hasNames?: boolean;
  /** Whether it can hold texts besides numbers. Default: true. */
  readonly hasTexts?: boolean;
}

/** A format of files that the contract tries. */
export interface FileSourceSubject extends SourceTraits {
  /** The bytes of a file with this table. */
  readonly encode: (table: ReferenceTable) => Uint8Array | Promise<Uint8Array>;
  readonly open: (path: string) => RowSource;
  /** At how many places a file is cut off and changed, at most. Default: 200. Lower it for a format that is slow. */
  readonly damages?: number;
}

/** A source that is no file. */
export interface OtherSourceSubject extends SourceTraits {
  readonly create: (table: ReferenceTable) => RowSource;
}

/** A source of rows that the contract tries. */
export type SourceSubject = FileSourceSubject | OtherSourceSubject;

/** The tables of the contract, as far as the source can hold them. */
export function referenceTables({ hasNames = true, hasTexts = true }: SourceTraits): {
  readonly small: ReferenceTable;
  readonly gaps: ReferenceTable;
  readonly large: ReferenceTable;
} {
  const names = hasNames ? ['size', 'kind', 'price'] : null;
  const kindOf = (index: number): ReferenceCell =>
    hasTexts ? `kind ${index % 3}, "${index % 2}"` : index % 3;
  const rowOf = (index: number): ReferenceCell[] => [index / 8 - 3, kindOf(index), 1e-7 * index];
  const tableOf = (rows: ReferenceCell[][]): ReferenceTable => ({ names, rows });
  const rows = (count: number): ReferenceCell[][] =>
    Array.from({ length: count }, (_, index) => rowOf(index + 1));
  return {
    small: tableOf(rows(5)),
    gaps: tableOf(
      rows(6).map((row, index) => row.map((cell, column) => (index === 2 * column + 1 ? null : cell))),
    ),
    large: tableOf(rows(30_000)),
  };
}
