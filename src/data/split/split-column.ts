import { formatCount } from '../../text/number.js';
import { escapeControls, quote } from '../../text/quote.js';
import { CellDiagnostics } from '../cell-diagnostics.js';
import { dataError } from '../diagnostics.js';
import type { SplitOptions } from '../options.js';
import type { Block } from '../table/block.js';
import { parseTimestamp } from '../table/parse-timestamp.js';
import { categoryAt, type TableColumn } from '../table/table.js';

/** The parts that a column may name, in the order of their indices. */
export const PART_NAMES = ['training', 'validation', 'test'] as const;

/** The words for each part, by its index. */
const PART_WORDS: Readonly<Record<string, number>> = {
  training: 0,
  train: 0,
  validation: 1,
  valid: 1,
  val: 1,
  dev: 1,
  test: 2,
};

/** Collects the values of the split column, row by row. */
export class SplitColumn {
  readonly #numbers: number[] = [];
  readonly #diagnostics = new CellDiagnostics();
  readonly #groups = new Map<string, number>();

  constructor(
    readonly split: SplitOptions,
    readonly column: TableColumn,
  ) {}

  /** Takes the next row. `numbers` reports missing cells and cells that cannot be read. */
  take(block: Block, offset: number, line: number): void {
    const at = offset + this.column.slot;
    const text = categoryAt(block, this.column, at);
    const refuse = (found: string, expected: string): void =>
      this.#diagnostics.add(
        () =>
          `${block.source.placeOf(line, this.column.index + 1)}  found ${found} in the split ` +
          `column ${quote(this.column.name)}, expected ${expected}.`,
      );
    switch (this.split.kind) {
      case 'group': {
        if (text === null) refuse('a missing cell', 'the name of a group');
        const group = this.#groups.get(text ?? '') ?? this.#groups.size;
        this.#groups.set(text ?? '', group);
        this.#numbers.push(group);
        return;
      }
      case 'time': {
        const number = block.numbers[at] ?? Number.NaN;
        const timestamp = Number.isNaN(number) ? parseTimestamp(text ?? '') : number;
        if (timestamp === null) {
          refuse(
            text === null ? 'a missing cell' : quote(text),
            'a number, or a date like 2024-05-31 or 2024-05-31 17:30',
          );
        }
        this.#numbers.push(timestamp ?? Number.NaN);
        return;
      }
      case 'column': {
        const word = (text ?? '').toLowerCase();
        const part = Object.hasOwn(PART_WORDS, word) ? PART_WORDS[word] : undefined;
        if (part === undefined) {
          refuse(text === null ? 'a missing cell' : quote(text), 'training, validation or test');
        }
        this.#numbers.push(part ?? -1);
        return;
      }
      case 'shares':
      case 'folds':
      case 'none':
        return;
      default:
        this.split satisfies never;
    }
  }

  /**
   * The number of every row. Throws DATA_INVALID for cells that cannot be read, and if a part of the first `own`
   * rows, which are split, would be empty.
   */
  numbers(own: number, path: string): Int32Array<SharedArrayBuffer> {
    this.#diagnostics.throwIfAny();
    const ranks = new Map(
      [...new Set(this.#numbers)].sort((a, b) => a - b).map((value, rank) => [value, rank]),
    );
    const isTime = this.split.kind === 'time';
    const numbers = new Int32Array(new SharedArrayBuffer(4 * this.#numbers.length));
    this.#numbers.forEach((value, row) => {
      numbers[row] = isTime ? (ranks.get(value) ?? 0) : value;
    });
    this.#refuseEmptyParts(new Set(numbers.subarray(0, own)), own < numbers.length, path);
    return numbers;
  }

  #refuseEmptyParts(found: ReadonlySet<number>, hasTestFile: boolean, path: string): void {
    const where = `${escapeControls(path)}  found`;
    const name = quote(this.column.name);
    const { split } = this;
    if (split.kind === 'column') {
      const missing = PART_NAMES.filter((part, number) => part !== 'test' && !found.has(number));
      if (missing.length === 0) return;
      throw dataError(
        `${where} no row for ${missing.join(' or ')} in the split column ${name}, expected some. ` +
          'Mark some rows, or use another split: split: {validation: 0.2, test: 0.2}.',
      );
    }
    if (split.kind !== 'group' && split.kind !== 'time') return;
    const needed = split.test > 0 && !hasTestFile ? 3 : 2;
    if (found.size >= needed) return;
    const one = split.kind === 'group' ? 'group' : 'moment';
    throw dataError(
      `${where} ${formatCount(found.size, one)} in the split column ${name}, ` +
        `expected at least ${needed}: one for each part. Split by another column, or by shares of the rows.`,
    );
  }
}
