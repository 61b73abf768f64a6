/** The cells of a row, whatever they are read from. They are those of the next row when that is visited. */
export interface Cells {
  readonly count: number;
  /** The text of a cell, white space around it cut off; empty beyond the last. */
  text(index: number): string;
  /** The number in a cell where that can be told without looking at its text; else NaN, which says nothing. */
  number(index: number): number;
}

/** Some rows of a file. */
export interface Rows {
  /** Calls back with each row and the line on which it starts, from 1. */
  each(visit: (cells: Cells, line: number) => void): void;
}

/** One row by itself: its cells, white space around unquoted ones cut off, and the line on which it starts, from 1. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Cells that are texts already. */
export function textCells(texts: readonly string[]): Cells {
  return { count: texts.length, text: (index) => texts[index] ?? '', number: () => Number.NaN };
}

/** Rows that are texts already. */
export function textRows(rows: readonly Row[]): Rows {
  return {
    each: (visit) => {
      for (const { cells, line } of rows) visit(textCells(cells), line);
    },
  };
}

/** All texts of a row. */
export function textsOf(cells: Cells): string[] {
  return Array.from({ length: cells.count }, (_, index) => cells.text(index));
}

/** Each row by itself. */
export function rowsOf(rows: Rows): Row[] {
  const alone: Row[] = [];
  rows.each((cells, line) => alone.push({ cells: textsOf(cells), line }));
  return alone;
}
