/** The cells of a row from any source. The object is reused: it holds the next row when that is visited. */
export interface Cells {
  readonly count: number;
  /** The text of a cell without white space around it; empty beyond the last cell. */
  text(index: number): string;
  /**
   * The number in a cell if it is known without parsing its text; otherwise NaN, which does not mean that there is no
   * number.
   */
  number(index: number): number;
}

/** Some rows of a source. */
export interface Rows {
  /** Visits each row with the line on which it starts. */
  each(visit: (cells: Cells, line: number) => void): void;
}

/** A row on its own: its cells, without white space around unquoted ones, and the line on which it starts. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Wraps texts as cells. */
export function textCells(texts: readonly string[]): Cells {
  return { count: texts.length, text: (index) => texts[index] ?? '', number: () => Number.NaN };
}

/** Wraps rows of texts. */
export function textRows(rows: readonly Row[]): Rows {
  return {
    each: (visit) => {
      for (const { cells, line } of rows) visit(textCells(cells), line);
    },
  };
}

/** The texts of a row. */
export function textsOf(cells: Cells): string[] {
  return Array.from({ length: cells.count }, (_, index) => cells.text(index));
}

/** Copies rows into a list. */
export function rowsOf(rows: Rows): Row[] {
  const alone: Row[] = [];
  rows.each((cells, line) => alone.push({ cells: textsOf(cells), line }));
  return alone;
}
