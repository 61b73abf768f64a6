import { formatList } from '../../text/list.js';
import { nearestNames } from '../../text/nearest-name.js';
import { formatCount } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import type { SourceName } from '../sources/row-source.js';

/** The first line of a table, in which references to columns are looked up. */
export interface FirstLine {
  readonly source: SourceName;
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether the first line names the columns; null if that is yet to be detected. */
  readonly header: boolean | null;
}

/** The result of looking up a column. */
export type FoundColumn =
  | { readonly kind: 'found'; readonly index: number }
  /**
   * `because` says what exists instead and what to do; `meant` is the index of the nearest name, or null if none is
   * near.
   */
  | { readonly kind: 'lost'; readonly because: string; readonly meant: number | null };

const MAX_LISTED = 8;

/** Finds a column by its name in the first line, by index from 0, or by a negative index from the end. */
export function findColumn(reference: string | number, first: FirstLine): FoundColumn {
  return typeof reference === 'number' ? byIndex(reference, first) : byName(reference, first);
}

/**
 * Reads the key of a mapping as a reference. A whole number is an index, unless the first line is known to name
 * columns and has this name.
 */
export function referenceOfKey(key: string, { cells, header }: FirstLine): string | number {
  const wanted = key.trim();
  if (!/^-?\d+$/.test(wanted)) return key;
  return header === true && cells.some((cell) => cell.trim() === wanted) ? key : Number(wanted);
}

function byIndex(reference: number, { source, cells }: FirstLine): FoundColumn {
  const count = cells.length;
  const index = reference < 0 ? count + reference : reference;
  if (Number.isInteger(index) && index >= 0 && index < count) return { kind: 'found', index };
  const isName = cells.some((cell) => cell.trim() === String(reference));
  const hint = isName ? ` For the column of this name, put it in quotes: "${reference}".` : '';
  return {
    kind: 'lost',
    because:
      `${nameOf(source)} has ${formatCount(count, 'column')}: indices go from 0 to ` +
      `${count - 1}, or from -1 (the last) to -${count}.${hint}`,
    meant: null,
  };
}

function byName(name: string, first: FirstLine): FoundColumn {
  const { source, cells, header } = first;
  const last = cells.length - 1;
  if (header === false) {
    const because = `data.header is false, so columns have no names. Give the index, from 0 to ${last}.`;
    return { kind: 'lost', because, meant: null };
  }
  const wanted = name.trim();
  const names = cells.map((cell) => cell.trim());
  const index = names.indexOf(wanted);
  if (index === -1) {
    const nearest = nearestNames(wanted, names).slice(0, 3);
    const isIndex = /^-?\d+$/.test(wanted) && byIndex(Number(wanted), first).kind === 'found';
    const because = `${nameOf(source)} has no such column. ${
      isIndex
        ? `For the column with this index, write it without quotes: ${wanted}.`
        : hint(nearest, names, header)
    }`;
    return { kind: 'lost', because, meant: nearest[0] === undefined ? null : names.indexOf(nearest[0]) };
  }
  if (names.lastIndexOf(wanted) === index) return { kind: 'found', index };
  const indices = names.flatMap((other, i) => (other === wanted ? [String(i)] : []));
  const shown = [
    ...indices.slice(0, MAX_LISTED),
    ...(indices.length > MAX_LISTED ? [`${indices.length - MAX_LISTED} more`] : []),
  ];
  return {
    kind: 'lost',
    because: `${nameOf(source)} has several columns of this name. Give the index of one: ${formatList(shown, 'or')}.`,
    meant: index,
  };
}

function hint(nearest: readonly string[], names: readonly string[], header: boolean | null): string {
  if (nearest.length > 0) return `Did you mean ${formatList(nearest.map(quote), 'or')}?`;
  const shown = names.slice(0, MAX_LISTED).map(quote);
  if (names.length > MAX_LISTED) shown.push(`${names.length - MAX_LISTED} more`);
  const instead =
    header === true
      ? ''
      : ` If that is a row and no header line, give the index, from 0 to ${names.length - 1}.`;
  const isTitle = 2 * names.filter((name) => name !== '').length < names.length;
  const above = isTitle ? ' If that is a title above the table, skip the line with skip_lines in data.' : '';
  return `Its first line has ${formatList(shown)}.${instead}${above}`;
}

/** The name of the source without its folder, which the config already gives. */
function nameOf(source: SourceName): string {
  return escapeControls(source.shortName);
}
