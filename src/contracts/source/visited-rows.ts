import type { RowSource } from '../../data/sources/row-source.js';
import { textsOf } from '../../data/sources/rows.js';

/** A row as it was visited. */
export interface VisitedRow {
  readonly line: number;
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** All rows of a source, copied. */
export async function visitedRows(source: RowSource): Promise<VisitedRow[]> {
  const visited: VisitedRow[] = [];
  for await (const rows of source.read(() => {})) {
    rows.each((cells, line) => {
      const texts = textsOf(cells);
      visited.push({ line, texts, numbers: texts.map((_, index) => cells.number(index)) });
    });
  }
  return visited;
}
