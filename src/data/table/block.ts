import { endianness } from 'node:os';
import type { SourceName } from '../sources/row-source.js';

/** Some rows of one source, row by row. */
export interface Block {
  readonly source: SourceName;
  readonly rows: number;
  /** The line of each row in its source. */
  readonly lines: Int32Array;
  /** Numbers (`rows` x `stride`); NaN for a text or a missing cell. */
  readonly numbers: Float64Array;
  /**
   * The same memory as 32-bit halves. A text is the NaN whose lower half is its code, counted from 1, so that every
   * cell takes 8 bytes.
   */
  readonly halves: Int32Array;
}

const NAN_HALF = 0x7ff80000;
const LOWER = endianness() === 'LE' ? 0 : 1;
const MIN_CELLS = 65_536;
const MAX_CELLS = 524_288;

/** A block that is being filled. */
export interface OpenBlock extends Omit<Block, 'source' | 'rows'> {
  readonly memory: ArrayBuffer;
}

/**
 * Allocates a block. Later blocks are larger. Its memory can be returned at once, without waiting for garbage
 * collection, which does not know its size.
 */
export function openBlock(stride: number, blocks: number): OpenBlock {
  const cells = Math.min(MAX_CELLS, MIN_CELLS * (blocks + 1));
  const rows = Math.max(1, Math.floor(cells / stride));
  const bytes = 8 * rows * stride;
  const memory = new ArrayBuffer(bytes, { maxByteLength: bytes });
  return {
    memory,
    lines: new Int32Array(rows),
    numbers: new Float64Array(memory),
    halves: new Int32Array(memory),
  };
}

/** Closes a block with the rows that it has. */
export function closeBlock({ memory, ...block }: OpenBlock, source: SourceName, rows: number): Block {
  const { lines } = block;
  if (rows === lines.length) return { ...block, source, rows };
  memory.resize((memory.byteLength / lines.length) * rows);
  return { ...block, source, rows, lines: lines.slice(0, rows) };
}

/** Returns the memory of a block. */
export function releaseBlock({ numbers }: Block): void {
  if (numbers.buffer instanceof ArrayBuffer) numbers.buffer.resize(0);
}

/** Writes the code of a text, or 0 for a missing cell. */
export function putCode({ halves }: Pick<Block, 'halves'>, at: number, code: number): void {
  halves[2 * at + LOWER] = code;
  halves[2 * at + 1 - LOWER] = NAN_HALF;
}

/** The code of the text in a cell; 0 for a number or a missing cell. */
export function textCodeAt({ numbers, halves }: Block, at: number): number {
  return Number.isNaN(numbers[at]) ? (halves[2 * at + LOWER] ?? 0) : 0;
}

export function isMissing({ numbers, halves }: Block, at: number): boolean {
  return Number.isNaN(numbers[at]) && (halves[2 * at + LOWER] ?? 0) === 0;
}
