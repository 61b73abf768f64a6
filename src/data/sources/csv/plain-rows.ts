import { isAscii } from 'node:buffer';
import type { Cells, Rows } from '../rows.js';
import { shortDecimal } from './short-decimal.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * The rows of a text without quotes, found byte by byte without creating a text for cells that hold numbers. Lines
 * end in LF, CRLF or CR; blank lines are skipped.
 */
export class PlainRows implements Rows {
  readonly #cells: PlainCells;
  readonly #separator: number;

  constructor(
    readonly bytes: Buffer,
    separator: string,
    /** The line on which the text starts, from 1. Only line 1 may have a byte order mark. */
    readonly firstLine: number,
  ) {
    this.#cells = new PlainCells(bytes);
    this.#separator = separator.charCodeAt(0);
  }

  each(visit: (cells: Cells, line: number) => void): void {
    const { bytes, firstLine } = this;
    const cells = this.#cells;
    const separator = this.#separator;
    const isMarked = firstLine === 1 && BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte);
    let start = isMarked ? BYTE_ORDER_MARK.length : 0;
    let line = firstLine;
    cells.begin(start);
    for (let at = start; at <= bytes.length; at++) {
      const byte = at === bytes.length ? LINE_FEED : (bytes[at] as number);
      if (byte === separator) cells.end(at);
      else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        cells.end(at);
        if (cells.count > 1 || cells.text(0) !== '') visit(cells, line);
        if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at++;
        start = at + 1;
        line++;
        cells.begin(start);
      }
    }
  }
}

/** Where the cells of a row stand. */
class PlainCells implements Cells {
  count = 0;
  #start = 0;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  /** The whole text where a character is a byte: parts of it are found faster than bytes are decoded. */
  readonly #whole: string | null;

  constructor(readonly bytes: Buffer) {
    this.#whole = isAscii(bytes) ? bytes.toString('latin1') : null;
  }

  begin(start: number): void {
    this.count = 0;
    this.#start = start;
  }

  end(at: number): void {
    if (this.count === this.#starts.length) {
      this.#starts = doubled(this.#starts);
      this.#ends = doubled(this.#ends);
    }
    this.#starts[this.count] = this.#start;
    this.#ends[this.count] = at;
    this.count++;
    this.#start = at + 1;
  }

  text(index: number): string {
    if (index >= this.count) return '';
    const [start, end] = [this.#starts[index], this.#ends[index]];
    return (this.#whole?.slice(start, end) ?? this.bytes.toString('utf8', start, end)).trim();
  }

  number(index: number): number {
    if (index >= this.count) return Number.NaN;
    let start = this.#starts[index] as number;
    let end = this.#ends[index] as number;
    while (this.bytes[start] === SPACE && start < end) start++;
    while (this.bytes[end - 1] === SPACE && start < end) end--;
    return shortDecimal(this.bytes, start, end);
  }
}

function doubled(positions: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * positions.length);
  larger.set(positions);
  return larger;
}

/** The bytes of the first line end after `start`; an empty range at the end of the bytes if there is none. */
export function lineEndAt(bytes: Uint8Array, start: number): { readonly from: number; readonly to: number } {
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LINE_FEED) return { from: at, to: at + 1 };
    if (byte === CARRIAGE_RETURN) return { from: at, to: bytes[at + 1] === LINE_FEED ? at + 2 : at + 1 };
  }
  return { from: bytes.length, to: bytes.length };
}

/** The number of line ends in these bytes. */
export function lineEndsIn(bytes: Buffer): number {
  let count = countOf(bytes, LINE_FEED);
  for (let at = bytes.indexOf(CARRIAGE_RETURN); at !== -1; at = bytes.indexOf(CARRIAGE_RETURN, at + 1)) {
    if (bytes[at + 1] !== LINE_FEED) count++;
  }
  return count;
}

function countOf(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}
