import type { SourceColumn } from '../../data/dataset.js';
import { dataError } from '../../data/diagnostics.js';
import type { Preparation } from '../../data/prepare/preparation.js';
import type { NotedSource } from '../../data/sources/row-source.js';
import { parseCell } from '../../data/table/cell.js';
import { uniqueNames } from '../../data/table/unique-names.js';
import { unitReader } from '../../data/table/unit.js';
import { formatList } from '../../text/list.js';
import { nearestName } from '../../text/nearest-name.js';
import { formatCount } from '../../text/number.js';
import { quote } from '../../text/quote.js';

/** Where the cells of a row are. */
export interface RowLayout {
  /** Cells a row. */
  readonly width: number;
  /** Whether the first line names the columns and is no row. */
  readonly hasHeader: boolean;
  /** The cell of each input column, in the order of the preparation's columns. */
  readonly cells: readonly number[];
  /** The cell of the target; null where the table does not have it. */
  readonly target: number | null;
  /** Columns that are neither input nor target. */
  readonly others: readonly OtherColumn[];
  /** Whether the columns have the same indices as in training, so that an index means the same column. */
  readonly isAsInTraining: boolean;
}

/** A column that is neither input nor target. */
interface OtherColumn {
  /** As the header line has it; empty if it has none. */
  readonly name: string;
  /** From 0. */
  readonly index: number;
  /** Whether another column has this name, too. */
  readonly isRepeated: boolean;
}

const HEADER_BELOW =
  'If a title stands above it, skip the lines of the title (fitfirst predict --skip-lines 1).';
const HEADER_ABOVE =
  'If a line above this one names the columns, do not skip it (fitfirst predict --skip-lines 0).';

/** The first line of a table that is to be predicted. */
interface FirstRow {
  readonly source: NotedSource;
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Finds the columns that a network was trained on, as the training table had them: by the names in the header
 * line, in any order, also among other columns; or, if there is no header, by their places: all columns, all but the
 * target, or the inputs alone. `dropped` is the number of columns that training left out. Throws DATA_INVALID,
 * one line a column that is missing.
 */
export function layoutOf(first: FirstRow, preparation: Preparation, dropped: number): RowLayout {
  const { columns } = preparation;
  const names = uniqueNames(first.cells);
  const found = columns.map((column) => names.indexOf(column.name));
  if (!found.includes(-1)) return byName(first, found, preparation, dropped);
  if (hadHeader(preparation)) throw missingColumns(first, names, columns, found);
  return byPlace(first, preparation, dropped);
}

function byName(
  first: FirstRow,
  cells: readonly number[],
  preparation: Preparation,
  dropped: number,
): RowLayout {
  const names = first.cells.map((name) => name.trim());
  const at = uniqueNames(first.cells).indexOf(preparation.target.name);
  return {
    width: names.length,
    hasHeader: true,
    cells,
    target: at === -1 ? null : at,
    others: names.flatMap((name, index) =>
      index === at || cells.includes(index)
        ? []
        : [{ name, index, isRepeated: names.indexOf(name) !== names.lastIndexOf(name) }],
    ),
    isAsInTraining:
      names.length === tableColumns(preparation).length + 1 + dropped &&
      preparation.columns.every(({ index }, i) => cells[i] === index),
  };
}

/** A table without header line has its columns named after their places. */
function hadHeader({ columns, target }: Preparation): boolean {
  return placeIn(target.name) === null || columns.some((column) => placeIn(column.name) !== column.index);
}

function placeIn(name: string): number | null {
  const place = /^column (\d+)$/.exec(name)?.[1];
  return place === undefined ? null : Number(place);
}

function byPlace(first: FirstRow, preparation: Preparation, dropped: number): RowLayout {
  const layout = layoutByPlace(first, preparation, dropped);
  const numbers = preparation.columns.flatMap(({ kind, unit }, i) =>
    kind === 'number' ? [{ cell: layout.cells[i] ?? 0, unit }] : [],
  );
  const texts = numbers.filter(({ cell, unit }) => {
    const text = first.cells[cell] ?? '';
    const plain = unit === undefined ? text : unitReader(unit, first.source.notation)(text);
    return parseCell(plain).kind === 'text';
  });
  const [wrong] = texts;
  if (wrong !== undefined && texts.length === numbers.length) {
    const shown = quote(first.cells[wrong.cell] ?? '');
    throw dataError(
      `${first.source.placeOf(first.line, wrong.cell + 1)}  found ${shown}, expected a ` +
        'number: the training data had no header line. ' +
        'If this is one, remove it; columns are matched by position.',
    );
  }
  return layout;
}

/** Without the indicators, whose cells are those of other columns. */
function tableColumns({ columns }: Preparation): SourceColumn[] {
  return columns.filter((column) => column.kind !== 'indicator');
}

function layoutByPlace(first: FirstRow, preparation: Preparation, dropped: number): RowLayout {
  const columns = tableColumns(preparation);
  const target = placeIn(preparation.target.name) ?? 0;
  const width = first.cells.length;
  const all = columns.length + 1 + dropped;
  const layout = { width, hasHeader: false, others: [], isAsInTraining: width === all };
  const places = preparation.columns.map((column) => column.index);
  if (width === all) return { ...layout, cells: places, target };
  if (width === all - 1) {
    return { ...layout, cells: places.map((place) => (place > target ? place - 1 : place)), target: null };
  }
  if (width === columns.length) {
    const order = columns.map((column) => column.index);
    return { ...layout, cells: places.map((place) => order.indexOf(place)), target: null };
  }
  const inputs = dropped === 0 ? '' : `, or ${columns.length} with the inputs alone`;
  throw dataError(
    `${first.source.placeOf(first.line, 1)}  found ${formatCount(width, 'cell')}, expected ` +
      `${all} as in training, or ${all - 1} without the target${inputs}. ` +
      'The training data had no header line, so columns are matched by position.',
  );
}

function missingColumns(
  first: FirstRow,
  names: readonly string[],
  columns: readonly SourceColumn[],
  found: readonly number[],
): Error {
  const place = first.source.placeOf(first.line, 1);
  const missing = [...new Set(columns.filter((_, i) => found[i] === -1).map((column) => column.name))];
  if (found.every((cell) => cell === -1)) {
    const shown = missing.slice(0, 8).map(quote);
    const more = missing.length > 8 ? [`${missing.length - 8} more`] : [];
    return dataError(
      `${place}  found none of the columns that the network was trained on, expected a header ` +
        `line that names ${formatList([...shown, ...more])}. ${first.line > 1 ? HEADER_ABOVE : HEADER_BELOW}`,
    );
  }
  const free = names.filter((_, cell) => !found.includes(cell));
  const lines = missing.map((name) => {
    const nearest = nearestName(name, free);
    const hint =
      nearest === null ? '' : ` The nearest here is ${quote(nearest)}; rename it if that is meant.`;
    return `${place}  found no column ${quote(name)}, expected it as in training.${hint}`;
  });
  return dataError(lines.join('\n'));
}
