import { escapeControls } from '../../text/quote.js';

/** Unique names of columns: an empty or repeated name is completed by the index of the column. */
export function uniqueNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const name = escapeControls(cell.trim());
    let unique = name === '' ? `column ${index}` : name;
    while (taken.has(unique)) unique = `${unique} (column ${index})`;
    taken.add(unique);
    return unique;
  });
}
