import { categoryOfNumber, parseCell } from './cell.js';
import { type FirstLine, resolveColumn } from './column-reference.js';
import { readCsv } from './csv-records.js';
import { looksLikeHeader } from './header.js';
import { Mistakes } from './mistakes.js';
import { counted, dataError, placed, printable, quoted } from './wording.js';

/** Different texts that are kept of one column; with more it is no category but an identifier or free text. */
export const MOST_CATEGORIES = 10_000;

const CELLS_A_BLOCK = 65_536;

/** What to read of a file. */
interface TableRequest {
  readonly path: string;
  readonly header: boolean | null;
  readonly target: string | number;
  readonly drop: readonly (string | number)[];
  /** The table whose columns this one has to have, too: the training file of a test file. */
  readonly like: Table | null;
}

/** The rows of a CSV file, read once; cells of dropped columns are not kept. */
export interface Table {
  readonly path: string;
  readonly hasHeader: boolean;
  /** The cells of the first line where it is a header, else null. */
  readonly header: readonly string[] | null;
  /** Cells a row. */
  readonly width: number;
  readonly target: TableColumn;
  /** The columns that are to become inputs, in order. */
  readonly columns: readonly TableColumn[];
  /** Rows, in blocks. Whoever has used a block may take it out, so that the data are not held twice. */
  readonly blocks: Block[];
  readonly rows: number;
}

/** One column that is kept. */
export interface TableColumn {
  readonly name: string;
  /** Its place in the file, from 0. */
  readonly index: number;
  /** Its place in the blocks, from 0. */
  readonly slot: number;
  readonly numbers: number;
  readonly texts: number;
  readonly missing: number;
  /** Different texts; a cell's code is its text's place here, from 1. */
  readonly texted: readonly string[];
  /** True where there were more different texts than are kept. */
  readonly overflowed: boolean;
}

/** Some rows, row by row. */
export interface Block {
  readonly rows: number;
  /** The line of each row in the file. */
  readonly lines: Int32Array;
  /** Numbers (`rows` x kept columns); NaN for a text or a missing cell. */
  readonly numbers: Float64Array;
  /** Codes of texts (`rows` x kept columns), 0 for a number or a missing cell; null where there are no texts. */
  readonly texts: Int32Array | null;
}

/** Reads a CSV file. Throws DATA_INVALID for an unreadable or empty file, ragged rows and unknown columns. */
export async function readTable(request: TableRequest): Promise<Table> {
  const reader = new TableReader(request);
  await readCsv(request.path, (cells, line) => reader.take(cells, line));
  return reader.table();
}

interface Start {
  readonly first: FirstLine;
  readonly target: number;
  readonly kept: readonly KeptColumn[];
}

/** The counts and texts of a column while it is read. */
class KeptColumn {
  numbers = 0;
  texts = 0;
  missing = 0;
  overflowed = false;
  readonly codes = new Map<string, number>();

  constructor(
    readonly index: number,
    readonly slot: number,
  ) {}

  codeOf(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    if (this.codes.size === MOST_CATEGORIES) {
      this.overflowed = true;
      return MOST_CATEGORIES;
    }
    const code = this.codes.size + 1;
    this.codes.set(text, code);
    return code;
  }
}

class TableReader {
  #start: Start | null = null;
  readonly #mistakes = new Mistakes();
  readonly #blocks: Block[] = [];
  #numbers = new Float64Array(0);
  #texts: Int32Array | null = null;
  #lines = new Int32Array(0);
  #filled = 0;
  #rows = 0;

  constructor(readonly request: TableRequest) {}

  take(cells: readonly string[], line: number): void {
    if (this.#start === null) this.#start = begin(this.request, cells, line);
    else this.#takeRow(this.#start, cells, line);
  }

  table(): Table {
    const { path } = this.request;
    const start = this.#start;
    if (start === null) {
      throw dataError(`${placed(path, 1, 1)}  found an empty file, expected rows of comma-separated cells.`);
    }
    this.#flush();
    const { first, kept } = start;
    const hasHeader = first.header ?? this.#detectHeader(start);
    if (!hasHeader) this.#putFirstRowBack(start);
    this.#mistakes.throwIfAny();
    if (this.#rows === 0) {
      throw dataError(`${placed(path, first.line, 1)}  found only a header line, expected rows below it.`);
    }
    const names = hasHeader ? uniqueNames(first.cells) : first.cells.map((_, index) => `column ${index}`);
    const columns = kept.map((column) => ({
      name: names[column.index] ?? '',
      index: column.index,
      slot: column.slot,
      numbers: column.numbers,
      texts: column.texts,
      missing: column.missing,
      texted: [...column.codes.keys()],
      overflowed: column.overflowed,
    }));
    const [target, ...inputs] = columns;
    if (target === undefined) throw new RangeError('the target is always kept');
    return {
      path,
      hasHeader,
      header: hasHeader ? first.cells.map((cell) => cell.trim()) : null,
      width: first.cells.length,
      target,
      columns: inputs,
      blocks: this.#blocks,
      rows: this.#rows,
    };
  }

  #detectHeader({ first, kept }: Start): boolean {
    // A line alone that names no number is taken for a header without rows.
    if (this.#rows === 0) return first.cells.every((cell) => parseCell(cell).kind !== 'number');
    const inOrder = [...kept].sort((a, b) => a.index - b.index);
    return looksLikeHeader(
      inOrder.map((column) => first.cells[column.index] ?? ''),
      inOrder.map((column) => ({
        numbers: column.numbers,
        texts: column.texts,
        distinctTexts: column.codes.size,
        hasText: (text) => column.codes.has(text),
      })),
    );
  }

  /** The first line turned out to be a row: it goes before the others. */
  #putFirstRowBack(start: Start): void {
    this.#takeRow(start, start.first.cells, start.first.line);
    this.#flush();
    const block = this.#blocks.pop();
    if (block !== undefined) this.#blocks.unshift(block);
  }

  #takeRow({ first, kept }: Start, cells: readonly string[], line: number): void {
    const { path } = this.request;
    if (cells.length !== first.cells.length) {
      this.#mistakes.add(() => {
        const cell = Math.min(cells.length, first.cells.length + 1);
        const expected = `${first.cells.length} as in line ${first.line}`;
        return `${placed(path, line, cell)}  found ${counted(cells.length, 'cell')}, expected ${expected}. Cells that hold a comma need quotes.`;
      });
      return;
    }
    if (this.#filled === this.#lines.length) this.#open(kept.length);
    const offset = this.#filled * kept.length;
    this.#lines[this.#filled] = line;
    for (const column of kept) {
      const cell = parseCell(cells[column.index] ?? '');
      const at = offset + column.slot;
      this.#numbers[at] = Number.NaN;
      switch (cell.kind) {
        case 'missing':
          column.missing++;
          break;
        case 'number':
          column.numbers++;
          this.#numbers[at] = cell.value;
          break;
        case 'text':
          column.texts++;
          this.#texts ??= new Int32Array(this.#numbers.length);
          this.#texts[at] = column.codeOf(cell.text);
          break;
        case 'unusable':
          this.#mistakes.add(
            () =>
              `${placed(path, line, column.index + 1)}  found ${quoted(cell.text)}, ` +
              `expected a number between -1e150 and 1e150. Correct the cell or mark it missing (NA).`,
          );
          break;
        default:
          cell satisfies never;
      }
    }
    this.#filled++;
    this.#rows++;
  }

  #open(columns: number): void {
    this.#flush();
    const rows = Math.max(1, Math.floor(CELLS_A_BLOCK / columns));
    this.#numbers = new Float64Array(rows * columns);
    this.#texts = null;
    this.#lines = new Int32Array(rows);
    this.#filled = 0;
  }

  #flush(): void {
    if (this.#filled === 0) return;
    const cells = (this.#numbers.length / this.#lines.length) * this.#filled;
    this.#blocks.push({
      rows: this.#filled,
      lines: this.#lines.slice(0, this.#filled),
      numbers: this.#numbers.slice(0, cells),
      texts: this.#texts?.slice(0, cells) ?? null,
    });
    this.#lines = new Int32Array(0);
    this.#filled = 0;
  }
}

function begin(request: TableRequest, cells: readonly string[], line: number): Start {
  const { path, header, target, drop } = request;
  const first: FirstLine = { path, line, cells, header };
  if (request.like !== null) refuseOtherColumns(first, request.like);
  if (cells.length === 1) throw oneColumn(path, line, cells[0] ?? '');
  const targetIndex = resolveColumn(target, 'target', first);
  const dropped = new Set(drop.map((reference) => resolveColumn(reference, 'drop', first)));
  if (dropped.has(targetIndex)) {
    throw dataError(
      `${placed(path, line, targetIndex + 1)}  found the target among the columns to drop. Take it out of \`drop\`.`,
    );
  }
  const indices = cells
    .map((_, index) => index)
    .filter((index) => index !== targetIndex && !dropped.has(index));
  if (indices.length === 0) {
    throw dataError(
      `${placed(path, line, 1)}  found no column beside the target that is not dropped, expected at least one input.`,
    );
  }
  // Whoever names a column says that there is a header.
  const named = [target, ...drop].some((reference) => typeof reference === 'string');
  return {
    first: { ...first, header: header ?? (named ? true : null) },
    target: targetIndex,
    kept: [targetIndex, ...indices].map((index, slot) => new KeptColumn(index, slot)),
  };
}

function refuseOtherColumns({ path, line, cells }: FirstLine, like: Table): void {
  const as = `as in ${printable(like.path)}`;
  if (cells.length !== like.width) {
    throw dataError(
      `${placed(path, line, 1)}  found ${counted(cells.length, 'column')}, expected ${like.width} ${as}. Give the test file the same columns.`,
    );
  }
  like.header?.forEach((name, index) => {
    const found = cells[index]?.trim() ?? '';
    if (found === name) return;
    throw dataError(
      `${placed(path, line, index + 1)}  found the column ${quoted(found)}, expected ${quoted(name)} ${as}. Give the test file the same header line.`,
    );
  });
}

function oneColumn(path: string, line: number, cell: string): Error {
  const separator = [';', '\t', '|'].find((candidate) => cell.includes(candidate));
  const found =
    separator === undefined ? 'found one column' : `found cells separated by ${quoted(separator)}`;
  const remedy =
    separator === undefined
      ? 'A table needs a target and at least one input.'
      : 'Save the table with commas between its cells.';
  return dataError(`${placed(path, line, 1)}  ${found}, expected several separated by commas. ${remedy}`);
}

/** Names of columns, each different: a name that is empty or taken is completed by the column's index. */
function uniqueNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const name = printable(cell.trim());
    let unique = name === '' ? `column ${index}` : name;
    while (taken.has(unique)) unique = `${unique} (column ${index})`;
    taken.add(unique);
    return unique;
  });
}

/** The category that a cell of a block stands for, or null where it is missing. */
export function categoryAt(block: Block, column: TableColumn, at: number): string | null {
  const code = block.texts?.[at] ?? 0;
  if (code > 0) return column.texted[code - 1] ?? null;
  const value = block.numbers[at] ?? Number.NaN;
  return Number.isNaN(value) ? null : categoryOfNumber(value);
}
