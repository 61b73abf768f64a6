import { nearestName } from '../../campaign/nearest-name.js';
import { counted, dataError, listed, placed, quoted } from './wording.js';

/** What a reference to a column is looked up in. */
export interface FirstLine {
  readonly path: string;
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether the first line names the columns; null where that is still to be found out. */
  readonly header: boolean | null;
}

/**
 * The place of a column, from 0, that a config names: by the name in the first line, by index from 0, or by
 * a negative index from the end. `role` says what it is for ("target", "drop"). Throws DATA_INVALID.
 */
export function resolveColumn(reference: string | number, role: string, first: FirstLine): number {
  const place = placed(first.path, first.line, 1);
  const count = first.cells.length;
  if (typeof reference === 'number') {
    const index = reference < 0 ? count + reference : reference;
    if (Number.isInteger(index) && index >= 0 && index < count) return index;
    throw dataError(
      `${place}  found ${counted(count, 'column')}, expected one with the index ${reference} of \`${role}\`. ` +
        `Indices go from 0 to ${count - 1}, or from -1 (the last) to -${count}.`,
    );
  }
  if (first.header === false) {
    throw dataError(
      `${place}  found no header line, expected one that names ${quoted(reference)} for \`${role}\`. ` +
        `Give the column's index, from 0 to ${count - 1}.`,
    );
  }
  const wanted = reference.trim();
  const index = first.cells.findIndex((cell) => cell.trim() === wanted);
  if (index === -1) {
    throw dataError(`${place}  found no column ${quoted(reference)} for \`${role}\`. ${hint(wanted, first)}`);
  }
  if (first.cells.some((cell, other) => other > index && cell.trim() === wanted)) {
    throw dataError(
      `${place}  found several columns ${quoted(reference)} for \`${role}\`, expected one. Give the index, from 0 to ${count - 1}.`,
    );
  }
  return index;
}

function hint(wanted: string, first: FirstLine): string {
  const nearest = nearestName(wanted, first.cells);
  if (nearest !== null) return `Did you mean ${quoted(nearest)}?`;
  const shown = first.cells.slice(0, 8).map(quoted);
  const more = first.cells.length > 8 ? [`${first.cells.length - 8} more`] : [];
  return `The first line has ${listed([...shown, ...more])}; a file without header needs an index.`;
}
