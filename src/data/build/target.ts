import { formatCount } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { dataError } from '../diagnostics.js';
import type { Block } from '../table/block.js';
import { categoryOfNumber } from '../table/cell.js';
import { kindOf, looksLikeFormattedNumber, plainNumbersRemedy, refuseTexts } from '../table/column-kind.js';
import { categoryAt, forEachRow, MAX_CATEGORIES, type Table } from '../table/table.js';

/** The maximum number of distinct numbers that are taken for classes. */
const MAX_NUMBERED_CLASSES = 20;
/** The average number of rows that each of them needs, unless there are only two. */
const ROWS_A_NUMBERED_CLASS = 10;

/** The target and how to read it. */
export interface Target {
  readonly task: 'classification' | 'regression';
  /** Class names in order; null for regression. */
  readonly classes: readonly string[] | null;
  /** Reads the target of a row of this table or of a test table with the same columns; null if it is missing. */
  readonly read: (table: Table, block: Block, offset: number, line: number) => number | null;
}

/**
 * Resolves the target. A text is a class. A number is a class if there are two distinct ones, or up to 20 distinct
 * whole numbers with ten rows each on average; otherwise it is a number to predict. Class names are in sort order, or
 * in numeric order if all are numbers. Throws DATA_INVALID for texts among numbers and for a constant target.
 */
export function targetOf(table: Table, task: 'classification' | 'regression' | null): Target {
  const column = table.target;
  if (column.numbers + column.texts === 0) {
    throw dataError(
      `${table.source.placeOf(table.blocks[0]?.lines[0] ?? 1, column.index + 1)}  found no ` +
        `value in any row of the target ${quote(column.name)}, expected some.`,
    );
  }
  const isNumber = task === 'regression' || (task === null && kindOf(column) === 'number');
  if (isNumber) refuseTexts(table, [column]);
  const categories = categoriesOf(table);
  if (categories.length === 1) {
    throw dataError(
      `${table.source.placeOf(table.blocks[0]?.lines[0] ?? 1, column.index + 1)}  found the ` +
        `same target ${quote(categories[0] ?? '')} in every row of ${quote(column.name)}, ` +
        'expected at least two different ones. Choose another column as the target.',
    );
  }
  if (isNumber && (task === 'regression' || !areClasses(categories, table.rows))) {
    return {
      task: 'regression',
      classes: null,
      read: (source, block, offset) => {
        const value = block.numbers[offset + source.target.slot] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      },
    };
  }
  if (task === null && column.texts > 0 && column.distinctTexts.every(looksLikeFormattedNumber)) {
    throw dataError(
      `${table.source.placeOf(table.blocks[0]?.lines[0] ?? 1, column.index + 1)}  found ` +
        `formatted numbers in the target ${quote(column.name)} ` +
        `(${quote(column.distinctTexts[0] ?? '')}), ` +
        `expected plain ones. ${plainNumbersRemedy(column.distinctTexts, column)} ` +
        'Rewrite the column; or, if these are classes, set ' +
        'task: classification in data.',
    );
  }
  if (categories.length > MAX_CATEGORIES) {
    throw dataError(
      `${table.source.placeOf(table.blocks[0]?.lines[0] ?? 1, column.index + 1)}  found more ` +
        `than ${formatCount(MAX_CATEGORIES, 'class', 'classes')} in the target ` +
        `${quote(column.name)}. ` +
        'If it is a number to predict, set task: regression.',
    );
  }
  const classes = column.texts === 0 ? categories.sort((a, b) => Number(a) - Number(b)) : categories.sort();
  const indices = new Map(classes.map((name, index) => [name, index]));
  return {
    task: 'classification',
    classes,
    read: (source, block, offset, line) => {
      const name = categoryAt(block, source.target, offset + source.target.slot);
      if (name === null) return null;
      const index = indices.get(name);
      if (index !== undefined) return index;
      throw dataError(
        `${block.source.placeOf(line, source.target.index + 1)}  found the class ${quote(name)} ` +
          `in ${quote(source.target.name)}, ` +
          `expected one of the ${classes.length} of ${escapeControls(table.source.name)}. Add rows ` +
          'of it there, or remove it here.',
      );
    },
  };
}

/** The distinct targets, as far as they could be classes: one more than the maximum is enough. */
function categoriesOf(table: Table): string[] {
  const numbers = new Set<number>();
  forEachRow(table, (block, offset) => {
    const value = block.numbers[offset + table.target.slot] ?? Number.NaN;
    if (!Number.isNaN(value) && numbers.size <= MAX_CATEGORIES) numbers.add(value);
  });
  return [...new Set([...[...numbers].map(categoryOfNumber), ...table.target.distinctTexts])];
}

/** Whether distinct numbers of a target, as texts, are taken for classes. */
export function areClasses(numbers: readonly string[], rows: number): boolean {
  if (numbers.length <= 2) return true;
  return (
    numbers.length <= MAX_NUMBERED_CLASSES &&
    rows >= ROWS_A_NUMBERED_CLASS * numbers.length &&
    numbers.every((number) => Number.isInteger(Number(number)))
  );
}
