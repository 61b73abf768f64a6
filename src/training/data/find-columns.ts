import { nearestName } from '../../campaign/nearest-name.js';
import type { ColumnOptions } from '../column-options.js';
import { type ColumnMistake, ColumnMistakes } from './column-mistakes.js';
import type { FirstLine } from './column-reference.js';
import { counted, printable, quoted } from './wording.js';

/** Places of the columns that are no inputs. */
interface OtherColumns {
  readonly target: number;
  readonly apart: number | null;
  readonly dropped: ReadonlySet<number>;
}

/** Columns that options speak of, by their places in the file, from 0. */
interface FoundColumns {
  readonly options: ReadonlyMap<number, ColumnOptions>;
  /** Whether any is called by its name, so that there must be a header line. */
  readonly named: boolean;
}

/**
 * Finds the columns that options speak of. Throws ColumnMistakes, all at once, for columns that are not there, that
 * are dropped or spoken of twice, and for what cannot be said of columns that are no inputs.
 */
export function findColumns(
  columns: readonly ColumnOptions[],
  first: FirstLine,
  others: OtherColumns,
): FoundColumns {
  const options = new Map<number, ColumnOptions>();
  const mistakes: ColumnMistake[] = [];
  let named = false;
  for (const own of columns) {
    const wrong = (sentence: string) => mistakes.push({ column: own.column, option: null, sentence });
    const found = placeOf(own.column, first);
    if ('problem' in found) {
      wrong(found.problem);
      continue;
    }
    named ||= found.isName;
    const { place } = found;
    const before = options.get(place);
    const role = roleOf(place, others);
    if (before !== undefined) {
      wrong(
        `data.columns speaks of one column twice, as ${quoted(before.column)} and as ${quoted(own.column)}. Keep one.`,
      );
    } else if (role === 'dropped') {
      wrong(
        `data.columns speaks of ${quoted(own.column)}, which data.drop leaves out. Take it out of one of them.`,
      );
    } else if (role !== null && !saysOnlyMissing(own)) {
      wrong(
        `data.columns speaks of ${quoted(own.column)}, which is ${role} and no input; of it, expected missing alone: error, or drop to leave out rows without it.`,
      );
    }
    options.set(place, own);
  }
  if (mistakes.length > 0) throw new ColumnMistakes(mistakes);
  return { options, named };
}

type Found = { readonly place: number; readonly isName: boolean } | { readonly problem: string };

function placeOf(reference: string, { path, cells, header }: FirstLine): Found {
  const wanted = reference.trim();
  const isWhole = /^-?\d+$/.test(wanted);
  const names = cells.map((cell) => cell.trim());
  // Before it is known whether the first line is a header, whole numbers are indices.
  const place = header === false || (isWhole && header !== true) ? -1 : names.indexOf(wanted);
  if (place !== -1) {
    if (names.lastIndexOf(wanted) === place) return { place, isName: true };
    return {
      problem: `data.columns speaks of ${quoted(reference)}, but ${printable(path)} has several columns of this name. Give the index, from 0 to ${cells.length - 1}.`,
    };
  }
  const said = `data.columns speaks of ${quoted(reference)}, but`;
  if (isWhole) {
    const index = Number(wanted) < 0 ? cells.length + Number(wanted) : Number(wanted);
    if (index >= 0 && index < cells.length) return { place: index, isName: false };
    return {
      problem: `${said} ${printable(path)} has ${counted(cells.length, 'column')}: indices go from 0 to ${cells.length - 1}, or from -1 (the last) to -${cells.length}.`,
    };
  }
  if (header === false) {
    return {
      problem: `${said} data.header is false, so that columns have no names. Give the index, from 0 to ${cells.length - 1}.`,
    };
  }
  const nearest = nearestName(wanted, names);
  const hint =
    nearest === null ? 'A table without header line needs an index.' : `Did you mean ${quoted(nearest)}?`;
  return { problem: `${said} ${printable(path)} has no such column. ${hint}` };
}

function roleOf(place: number, { target, apart, dropped }: OtherColumns): string | null {
  if (place === target) return 'the target';
  if (place === apart) return 'what the split goes by';
  return dropped.has(place) ? 'dropped' : null;
}

function saysOnlyMissing({ missing, column: _, ...rest }: ColumnOptions): boolean {
  return (
    Object.keys(rest).length === 0 && (missing === undefined || missing === 'error' || missing === 'drop')
  );
}
