import type { CsvRow } from '../tables/csv-text.js';

/** A column of a table that can be filtered and sorted. */
export interface SelectionColumn {
  readonly name: string;
  readonly kind: 'number' | 'text';
}

/** A row, and what it is about. */
export interface SelectionRow<Item> {
  readonly cells: CsvRow;
  readonly item: Item;
}

/** A table of which a part can be selected. */
export interface SelectionTable<Item> {
  readonly columns: readonly SelectionColumn[];
  readonly rows: readonly SelectionRow<Item>[];
}

/** Columns of these names. Those without any text are numbers. */
export function columnsOf(names: readonly string[], rows: Iterable<CsvRow>): SelectionColumn[] {
  const hasText = names.map(() => false);
  for (const row of rows) {
    for (let column = 0; column < names.length; column++) {
      const value = row[column];
      if (value !== null && typeof value !== 'number') hasText[column] = true;
    }
  }
  return names.map((name, column) => ({ name, kind: hasText[column] === true ? 'text' : 'number' }));
}
