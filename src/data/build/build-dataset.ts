import { machineMemory } from '../../platform/machine-memory.js';
import { formatCount } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { CellDiagnostics } from '../cell-diagnostics.js';
import { type Dataset, inputCount, type SourceColumn } from '../dataset.js';
import { dataError, FoundDiagnostics } from '../diagnostics.js';
import type { DataOptions } from '../options.js';
import { sharedNumbers } from '../shared-numbers.js';
import { SplitColumn } from '../split/split-column.js';
import { releaseBlock } from '../table/block.js';
import { kindOf, refuseTexts, unusableColumns } from '../table/column-kind.js';
import { ColumnWriter } from '../table/column-writer.js';
import { forEachRow, type Table, valueAt } from '../table/table.js';
import { checkColumns } from './check-columns.js';
import { finalizeDataset } from './finalize-dataset.js';
import { keptRows, type MissingPolicies, missingPolicies, refuseMissing } from './missing-cells.js';
import { sourceColumns } from './source-columns.js';
import { type Target, targetOf } from './target.js';

/**
 * Builds a data set from a table and an optional test table with the same columns. Categories, kinds and classes are
 * learned from the first table alone. Empties the blocks of both tables. Throws DATA_INVALID or DataDiagnostics.
 */
export function buildDataset(table: Table, test: Table | null, options: DataOptions): Dataset {
  const tables = test === null ? [table] : [table, test];
  const policies = missingPolicies(table, options.missing);
  const target = check(table, test, policies, options.task);
  const split = table.splitColumn === null ? null : new SplitColumn(options.split, table.splitColumn);
  const made = sourceColumns(table, options, policies);
  const inputs = inputCount(made.columns);
  const kept = tables.map((each) => countKept(each, policies));
  const rows = kept.reduce((sum, count) => sum + count, 0);
  const x = sharedNumbers(rows, inputs, machineMemory());
  const y = sharedNumbers(rows, 1, machineMemory());
  const rowWriter = new RowWriter(made, options.unseen, policies, target, split, inputs, x, y);
  for (const each of tables) rowWriter.write(each);

  return finalizeDataset(
    {
      task: target.task,
      rows,
      inputs,
      x,
      y,
      classes: target.classes,
      target: table.target.name,
      ...(table.target.missingValues.length > 0 && { targetMissingValues: table.target.missingValues }),
      ...(table.target.unit !== null && { targetUnit: table.target.unit }),
      ...made,
      testFrom: kept[0] ?? rows,
      split: options.split,
      standardize: options.standardize,
      unseen: options.unseen,
      missingCells: inOrderOf(table, rowWriter.missing),
      unseenCells: inOrderOf(table, rowWriter.unseen),
      droppedRows: tables.reduce((sum, each) => sum + each.rows, 0) - rows,
    },
    table.source.name,
    split?.numbers(kept[0] ?? rows, table.source.name) ?? null,
  );
}

/**
 * Checks the tables and resolves the target. Throws DataDiagnostics with everything that is wrong in the tables and
 * in the options about them.
 */
function check(
  table: Table,
  test: Table | null,
  policies: MissingPolicies,
  task: DataOptions['task'],
): Target {
  const found = new FoundDiagnostics(table.diagnostics);
  found.try(() => checkColumns(table));
  const unusable = unusableColumns(table);
  found.try(() => refuseAll(unusable.values()));
  const numbers = table.columns.filter((column) => kindOf(column) === 'number');
  found.try(() => refuseTexts(table, numbers));
  const target = found.try(() => targetOf(table, task));
  // A target without any value has been reported already.
  const hollow = target === null && table.target.numbers + table.target.texts === 0 ? [table.target] : [];
  found.try(() => refuseMissing(table, policies, new Set([...unusable.keys(), ...hollow])));
  if (test !== null) {
    const slots = new Set(numbers.map((column) => column.slot));
    const texts = test.columns.filter((column) => slots.has(column.slot));
    if (target?.task === 'regression') texts.unshift(test.target);
    found.try(() => refuseTexts(test, texts));
    const indices = new Set([...unusable.keys()].map((column) => column.index));
    const refused = test.columns.filter((column) => indices.has(column.index));
    found.try(() => refuseMissing(test, policies, new Set(refused)));
  }
  found.throwIfAny(target?.task ?? task);
  if (target === null) throw new TypeError('a target without mistakes must be known');
  return target;
}

function refuseAll(reasons: Iterable<string>): void {
  const diagnostics = new CellDiagnostics();
  for (const reason of reasons) diagnostics.add(() => reason);
  diagnostics.throwIfAny();
}

/** Counts the rows that are kept. Throws DATA_INVALID if there are none. */
function countKept(table: Table, policies: MissingPolicies): number {
  const isKept = keptRows(table, policies);
  let count = 0;
  forEachRow(table, (block, offset) => {
    if (isKept(block, offset)) count++;
  });
  if (count > 0) return count;
  throw dataError(
    `${escapeControls(table.source.name)}  found no row without a missing cell, expected ` +
      'some. Set missing: mean in data, or drop the columns with missing cells.',
  );
}

/** Writes the rows of tables into the matrices, one table after the other. */
class RowWriter {
  /** The number of missing cells written so far, by column name. */
  readonly missing = new Map<string, number>();
  /** The number of cells in the test table with a category that the first table does not have, by column name. */
  readonly unseen = new Map<string, number>();
  #row = 0;
  #isFirst = true;
  readonly #writers: readonly ColumnWriter[];

  constructor(
    readonly made: Pick<Dataset, 'columns' | 'fills'>,
    readonly unseenPolicy: DataOptions['unseen'],
    readonly policies: MissingPolicies,
    readonly target: Target,
    readonly split: SplitColumn | null,
    readonly inputs: number,
    readonly x: Float64Array,
    readonly y: Float64Array,
  ) {
    this.#writers = made.columns.map((column) => new ColumnWriter(column));
  }

  write(table: Table): void {
    const byIndex = new Map(table.columns.map((column) => [column.index, column]));
    const sources = this.#writers.map(({ column }) => byIndex.get(column.index));
    const isKept = keptRows(table, this.policies);
    for (let block = table.blocks.shift(); block !== undefined; block = table.blocks.shift()) {
      for (let row = 0; row < block.rows; row++) {
        const offset = row * table.stride;
        if (!isKept(block, offset)) continue;
        const line = block.lines[row] ?? 0;
        this.split?.take(block, offset, line);
        this.y[this.#row] = this.target.read(table, block, offset, line) ?? Number.NaN;
        for (let i = 0; i < this.#writers.length; i++) {
          const writer = this.#writers[i];
          const source = sources[i];
          if (writer === undefined || source === undefined) continue;
          const value = valueAt(block, source, offset + source.slot);
          const isKnown = writer.write(value, this.x, this.#row * this.inputs);
          if (value === null && writer.column.kind !== 'indicator') count(this.missing, source.name);
          // Only a test table has unseen categories. If a category of the first table has no input, the config
          // says so.
          if (!isKnown && !this.#isFirst) {
            this.#takeUnseen(String(value), i, writer.column, block.source.placeOf(line, source.index + 1));
          }
        }
        this.#row++;
      }
      releaseBlock(block);
    }
    this.#isFirst = false;
  }

  #takeUnseen(category: string, i: number, column: SourceColumn, place: string): void {
    if (!('categories' in column)) return;
    const policy = column.unseen ?? this.unseenPolicy;
    const known = formatCount(column.categories.length, 'category', 'categories');
    const found =
      `${place}  found the category ${quote(category)} in ${quote(column.name)}, expected one ` +
      `of the ${known} of the training file.`;
    if (policy === 'error')
      throw dataError(`${found} Set unseen: ignore in data to read it as none of them.`);
    if (column.kind === 'ordinal' && (this.made.fills[i] ?? null) === null) {
      throw dataError(
        `${found} An ordinal column reads it as a missing cell, which nothing fills: set ` +
          'missing: median for the column, or add the category to its order.',
      );
    }
    count(this.unseen, column.name);
  }
}

function inOrderOf({ columns }: Table, cells: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    columns.flatMap(({ name }) => {
      const found = cells.get(name);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

function count(cells: Map<string, number>, column: string): void {
  cells.set(column, (cells.get(column) ?? 0) + 1);
}
