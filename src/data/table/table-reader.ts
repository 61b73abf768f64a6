import { formatCount } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import { CellDiagnostics } from '../cell-diagnostics.js';
import { dataError, type OptionDiagnostic } from '../diagnostics.js';
import type { RowSource, SourceName } from '../sources/row-source.js';
import { type Cells, textCells, textsOf } from '../sources/rows.js';
import { type Block, closeBlock, type OpenBlock, openBlock, putCode } from './block.js';
import { missingValuesOf, parseCell } from './cell.js';
import { looksLikeHeader } from './header.js';
import { KeptColumn } from './kept-column.js';
import { MAX_CATEGORIES, type Table } from './table.js';
import { assertWithinLimits, type TableLimits } from './table-limits.js';
import { refuseOtherColumns, type TableRequest, type TableStart, tableStart } from './table-start.js';
import { uniqueNames } from './unique-names.js';
import { unitReader } from './unit.js';

const QUOTES_REMEDY = 'Cells with a comma need quotes.';

/** Makes one table of the rows of one source after the other. */
export class TableReader {
  #start: TableStart | null = null;
  /** null until the first source has been read. */
  #hasHeader: boolean | null = null;
  #kept: readonly KeptColumn[] = [];
  readonly #diagnostics = new CellDiagnostics();
  readonly #blocks: Block[] = [];
  #open: OpenBlock | null = null;
  #filled = 0;
  #rows = 0;
  #source: RowSource;
  #isFirstLine = true;

  constructor(
    readonly request: TableRequest,
    readonly limits: TableLimits,
  ) {
    const [first] = request.sources;
    if (first === undefined) throw new RangeError('a table has at least one source');
    this.#source = first;
  }

  /** Diagnostics of the references to columns, once the first line is read. */
  get diagnostics(): readonly OptionDiagnostic[] {
    return this.#start?.diagnostics ?? [];
  }

  /** Starts a source: the next rows belong to it. */
  open(source: RowSource): void {
    this.#source = source;
    this.#isFirstLine = true;
  }

  /** Takes the next row of the source, or its header line. Both may throw DATA_INVALID. */
  take(cells: Cells, line: number): void {
    const isFirstLine = this.#isFirstLine;
    this.#isFirstLine = false;
    if (this.#start === null) {
      this.#start = tableStart(this.request, this.#source, textsOf(cells), line);
      const { target, inputs, splitColumn, missingValues, units } = this.#start.roles;
      const kept = [target, ...inputs, ...(splitColumn === null ? [] : [splitColumn])];
      this.#kept = kept.map((index, slot) => {
        const maxTexts = index === splitColumn ? Number.POSITIVE_INFINITY : MAX_CATEGORIES;
        const unit = units.get(index);
        const withoutUnit = unit === undefined ? null : unitReader(unit, this.#source.notation);
        return new KeptColumn(index, slot, maxTexts, missingValuesOf(missingValues.get(index)), withoutUnit);
      });
    } else if (isFirstLine && this.#hasHeader !== null) {
      const { source, cells: names } = this.#start.first;
      const header = this.#hasHeader ? names.map((name) => name.trim()) : null;
      const found = { source: this.#source, line, cells: textsOf(cells) };
      refuseOtherColumns(found, { source, width: names.length, header }, 'further');
      if (!this.#hasHeader) this.#takeRow(this.#start, this.#source, cells, line);
    } else this.#takeRow(this.#start, this.#source, cells, line);
  }

  /** Ends a source. */
  close(): void {
    const start = this.#start;
    if (start === null || this.#isFirstLine) {
      throw dataError(
        `${this.#source.placeOf(1, 1)}  found an empty file, expected rows of comma-separated cells.`,
      );
    }
    this.#flush();
    if (this.#hasHeader !== null) return;
    this.#hasHeader = start.first.header ?? this.#detectHeader(start);
    if (!this.#hasHeader) this.#putFirstRowBack(start);
  }

  /** The table of all rows. Throws DATA_INVALID if there are none, or if cells are wrong. */
  table(): Table {
    const start = this.#start;
    const hasHeader = this.#hasHeader;
    if (start === null || hasHeader === null) throw new RangeError('a table has at least one file');
    const { first, roles, diagnostics } = start;
    const { source } = first;
    this.#diagnostics.throwIfAny();
    if (this.#rows === 0) {
      throw dataError(`${source.placeOf(first.line, 1)}  found only a header line, expected rows below it.`);
    }
    const names = hasHeader ? uniqueNames(first.cells) : first.cells.map((_, index) => `column ${index}`);
    const columns = this.#kept.map((column) => ({
      name: names[column.index] ?? '',
      index: column.index,
      slot: column.slot,
      numbers: column.numbers,
      texts: column.texts,
      missing: column.missing,
      missingValues: roles.missingValues.get(column.index) ?? [],
      unit: roles.units.get(column.index) ?? null,
      distinctTexts: [...(column.codes?.keys() ?? [])],
      overflowed: column.overflowed,
      options: roles.options.get(column.index) ?? null,
    }));
    const [target, ...others] = columns;
    if (target === undefined) throw new RangeError('the target is always kept');
    return {
      source,
      hasHeader,
      header: hasHeader ? first.cells.map((cell) => cell.trim()) : null,
      width: first.cells.length,
      roles,
      diagnostics,
      target,
      columns: others.filter((column) => column.index !== roles.splitColumn),
      splitColumn: others.find((column) => column.index === roles.splitColumn) ?? null,
      stride: columns.length,
      blocks: this.#blocks,
      rows: this.#rows,
    };
  }

  #detectHeader({ first }: TableStart): boolean {
    // A single line without numbers is a header without rows.
    if (this.#rows === 0) return first.cells.every((cell) => parseCell(cell).kind !== 'number');
    const inOrder = [...this.#kept].sort((a, b) => a.index - b.index);
    return looksLikeHeader(
      inOrder.map(({ index, withoutUnit }) => {
        const text = (first.cells[index] ?? '').trim();
        return withoutUnit?.(text) ?? text;
      }),
      inOrder.map((column) => ({
        numbers: column.numbers,
        texts: column.texts,
        distinctTexts: column.codes?.size ?? 0,
        hasText: (text) => column.codes?.has(text) ?? false,
      })),
    );
  }

  /** Puts the first line, which turned out to be a row, before the others. */
  #putFirstRowBack(start: TableStart): void {
    this.#takeRow(start, start.first.source, textCells(start.first.cells), start.first.line);
    this.#flush();
    const block = this.#blocks.pop();
    if (block !== undefined) this.#blocks.unshift(block);
  }

  #takeRow({ first }: TableStart, source: SourceName, cells: Cells, line: number): void {
    const kept = this.#kept;
    if (cells.count !== first.cells.length) {
      const found = cells.count;
      this.#diagnostics.add(() => {
        const cell = Math.min(found, first.cells.length + 1);
        const expected = `${first.cells.length} as in line ${first.line}`;
        return (
          `${source.placeOf(line, cell)}  found ${formatCount(found, 'cell')}, expected ` +
          `${expected}. ${this.#remedyForWidth(first.line, line, found - first.cells.length)}`
        );
      });
      return;
    }
    const block = this.#blockWithRoom(line);
    const offset = this.#filled * kept.length;
    block.lines[this.#filled] = line;
    for (const column of kept) {
      const at = offset + column.slot;
      const number = cells.number(column.index);
      if (Number.isNaN(number)) this.#takeText(block, at, column, cells.text(column.index), source, line);
      else if (column.missingValues?.numbers.has(number)) {
        column.missing++;
        putCode(block, at, 0);
      } else {
        column.numbers++;
        block.numbers[at] = number;
      }
    }
    this.#filled++;
    this.#rows++;
  }

  /** What to do about a row that has `more` cells than the first line, or fewer if negative. */
  #remedyForWidth(firstLine: number, line: number, more: number): string {
    // Exported tables often have a line or two above their header, or a note below their rows.
    const isAfterTitle = this.#rows === 0 && more > 0;
    if (!isAfterTitle && (more >= -1 || this.#source.header !== null)) return QUOTES_REMEDY;
    return isAfterTitle
      ? `If line ${firstLine} is a title above the table, skip it: skip_lines: ${firstLine} in data. Otherwise, ` +
          'cells with a comma need quotes.'
      : `If this line is no row, skip it: skip_lines: [${line}] in data. Otherwise, cells with a comma need ` +
          'quotes.';
  }

  /** Takes a cell that may hold anything. */
  #takeText(
    block: OpenBlock,
    at: number,
    column: KeptColumn,
    text: string,
    source: SourceName,
    line: number,
  ): void {
    const known = column.codes?.get(text);
    if (known !== undefined) {
      column.texts++;
      putCode(block, at, known);
      return;
    }
    const cell = parseCell(column.withoutUnit?.(text) ?? text, column.missingValues);
    switch (cell.kind) {
      case 'missing':
        column.missing++;
        putCode(block, at, 0);
        break;
      case 'number':
        column.numbers++;
        block.numbers[at] = cell.value;
        break;
      case 'text':
        column.texts++;
        putCode(block, at, column.codeOf(cell.text));
        break;
      case 'unusable':
        putCode(block, at, 0);
        this.#diagnostics.add(
          () =>
            `${source.placeOf(line, column.index + 1)}  found ${quote(cell.text)}, ` +
            `expected a number between -1e150 and 1e150. Correct the cell or mark it missing (NA).`,
        );
        break;
      default:
        cell satisfies never;
    }
  }

  #blockWithRoom(line: number): OpenBlock {
    if (this.#open !== null && this.#filled < this.#open.lines.length) return this.#open;
    this.#flush();
    assertWithinLimits(this.limits, this.#rows, this.#kept.length, this.#source.placeOf(line, 1));
    this.#open = openBlock(this.#kept.length, this.#blocks.length);
    return this.#open;
  }

  #flush(): void {
    if (this.#open === null) return;
    this.#blocks.push(closeBlock(this.#open, this.#source, this.#filled));
    this.#open = null;
    this.#filled = 0;
  }
}
