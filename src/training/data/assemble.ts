import { totalmem } from 'node:os';
import type { DataOptions } from '../data-options.js';
import { type Block, isMissing, releaseBlock } from './block.js';
import { kindOf, refuseTexts, refuseUnusable } from './column-kind.js';
import { completed } from './completed.js';
import { type Dataset, type SourceColumn, widthOf } from './dataset.js';
import { Mistakes } from './mistakes.js';
import { sharedNumbers } from './shared-numbers.js';
import { SplitColumn } from './split-column.js';
import { categoryAt, forEachRow, type Table, type TableColumn } from './table.js';
import { type Target, targetOf } from './target.js';
import { counted, dataError, placed, printable, quoted } from './wording.js';

/**
 * Makes a data set of a table and, where there is one, a test table with the same columns. What the columns
 * hold is learned from the first table alone. Takes the blocks out of both. Throws DATA_INVALID.
 */
export function assemble(table: Table, test: Table | null, options: DataOptions): Dataset {
  refuseUnusable(table);
  const numbers = table.columns.filter((column) => kindOf(column) === 'number');
  refuseTexts(table, numbers);
  const target = targetOf(table, options.task);
  const tables = test === null ? [table] : [table, test];
  if (test !== null) {
    const slots = new Set(numbers.map((column) => column.slot));
    refuseTexts(
      test,
      test.columns.filter((column) => slots.has(column.slot)),
    );
    if (target.task === 'regression') refuseTexts(test, [test.target]);
  }
  const split = table.apart === null ? null : new SplitColumn(options.split, table.apart);
  for (const each of tables) refuseMissing(each, options.missing);

  const columns = sourceColumns(table);
  const inputs = columns.reduce((sum, column) => sum + widthOf(column), 0);
  const kept = tables.map((each) => (options.missing === 'drop' ? completeRows(each) : each.rows));
  const rows = kept.reduce((sum, count) => sum + count, 0);
  for (const [i, each] of tables.entries()) {
    if (kept[i] === 0) {
      throw dataError(
        `${printable(each.path)}  found no row without a missing cell, expected some. Set missing: mean in data, or drop the columns with missing cells.`,
      );
    }
  }
  const x = sharedNumbers(rows, inputs, totalmem());
  const y = sharedNumbers(rows, 1, totalmem());
  const fill = new Fill(columns, options, target, split, inputs, x, y);
  for (const each of tables) fill.with(each);

  return completed(
    {
      task: target.task,
      rows,
      inputs,
      x,
      y,
      classes: target.classes,
      target: table.target.name,
      columns,
      testFrom: kept[0] ?? rows,
      split: options.split,
      standardize: options.standardize,
      missing: options.missing,
      unseen: options.unseen,
      missingCells: options.missing === 'drop' ? {} : missingCells(tables),
      droppedRows: tables.reduce((sum, each) => sum + each.rows, 0) - rows,
    },
    table.path,
    split?.numbers(kept[0] ?? rows, table.path) ?? null,
  );
}

function sourceColumns(table: Table): SourceColumn[] {
  let input = 0;
  return table.columns.map((column) => {
    const place = { name: column.name, index: column.index, input };
    const made: SourceColumn =
      kindOf(column) === 'number'
        ? { kind: 'number', ...place }
        : { kind: 'category', ...place, categories: categoriesOf(table, column) };
    input += widthOf(made);
    return made;
  });
}

function categoriesOf(table: Table, column: TableColumn): string[] {
  if (column.numbers === 0) return [...column.texted].sort();
  const categories = new Set(column.texted);
  forEachRow(table, (block, offset) => {
    const category = categoryAt(block, column, offset + column.slot);
    if (category !== null) categories.add(category);
  });
  return [...categories].sort();
}

/** Writes the rows of tables into the matrices, one after the other. */
class Fill {
  #row = 0;
  readonly #places: readonly (ReadonlyMap<string, number> | null)[];

  constructor(
    readonly columns: readonly SourceColumn[],
    readonly options: DataOptions,
    readonly target: Target,
    readonly split: SplitColumn | null,
    readonly inputs: number,
    readonly x: Float64Array,
    readonly y: Float64Array,
  ) {
    this.#places = columns.map((column) =>
      column.kind === 'category' ? new Map(column.categories.map((name, place) => [name, place])) : null,
    );
  }

  with(table: Table): void {
    for (let block = table.blocks.shift(); block !== undefined; block = table.blocks.shift()) {
      for (let row = 0; row < block.rows; row++) {
        const offset = row * table.stride;
        if (this.options.missing === 'drop' && !isComplete(table, block, offset)) continue;
        const line = block.lines[row] ?? 0;
        this.split?.take(block, offset, line);
        this.y[this.#row] = this.target.read(table, block, offset, line) ?? Number.NaN;
        this.columns.forEach((column, i) => {
          const source = table.columns[i];
          if (source !== undefined) this.#cell(block, offset, line, column, source, this.#places[i] ?? null);
        });
        this.#row++;
      }
      releaseBlock(block);
    }
  }

  #cell(
    block: Block,
    offset: number,
    line: number,
    column: SourceColumn,
    source: TableColumn,
    places: ReadonlyMap<string, number> | null,
  ): void {
    const at = this.#row * this.inputs + column.input;
    if (column.kind === 'number' || places === null) {
      this.x[at] = block.numbers[offset + source.slot] ?? Number.NaN;
      return;
    }
    const category = categoryAt(block, source, offset + source.slot);
    if (category === null) {
      this.x.fill(Number.NaN, at, at + column.categories.length);
      return;
    }
    const place = places.get(category);
    if (place !== undefined) this.x[at + place] = 1;
    else if (this.options.unseen === 'error') {
      throw dataError(
        `${placed(block.path, line, source.index + 1)}  found the category ${quoted(category)} in ${quoted(source.name)}, ` +
          `expected one of the ${counted(column.categories.length, 'category', 'categories')} of the training file. Set unseen: ignore in data to read it as none of them.`,
      );
    }
  }
}

function isComplete(table: Table, block: Block, offset: number): boolean {
  if (isMissing(block, offset + table.target.slot)) return false;
  if (table.apart !== null && isMissing(block, offset + table.apart.slot)) return false;
  for (const column of table.columns) if (isMissing(block, offset + column.slot)) return false;
  return true;
}

function completeRows(table: Table): number {
  let count = 0;
  forEachRow(table, (block, offset) => {
    if (isComplete(table, block, offset)) count++;
  });
  return count;
}

/** Throws DATA_INVALID where cells are missing that must not be, one line a column with the first such cell. */
function refuseMissing(table: Table, policy: DataOptions['missing']): void {
  if (policy === 'drop') return;
  const columns = policy === 'error' ? [table.target, ...table.columns] : [table.target];
  const firstPlaces = new Map<TableColumn, string>();
  const wrong = columns.filter((column) => column.missing > 0);
  if (wrong.length === 0) return;
  forEachRow(table, (block, offset, line) => {
    for (const column of wrong) {
      if (!firstPlaces.has(column) && isMissing(block, offset + column.slot)) {
        firstPlaces.set(column, placed(block.path, line, column.index + 1));
      }
    }
  });
  const mistakes = new Mistakes();
  for (const column of wrong) {
    const place = firstPlaces.get(column) ?? printable(table.path);
    const others = column.missing - 1;
    const more = others === 0 ? '' : ` and in ${counted(others, 'other row')}`;
    const remedy =
      column === table.target
        ? 'A missing target cannot be filled: remove the row, or set missing: drop in data.'
        : 'Set missing: mean, median or drop in data, or drop the column.';
    mistakes.add(
      () =>
        `${place}  found a missing cell in ${quoted(column.name)} here${more}, expected a value. ${remedy}`,
    );
  }
  mistakes.throwIfAny();
}

function missingCells(tables: readonly Table[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    for (const column of table.columns) {
      if (column.missing > 0) counts[column.name] = (counts[column.name] ?? 0) + column.missing;
    }
  }
  return counts;
}
