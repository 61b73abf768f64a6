/**
 * Finds rows with identical bits. Returns the number of its group for every row, counted from 0 in order of first
 * appearance. `values` holds `rows` x `width` numbers.
 */
export function identicalInputs(
  values: Float64Array | Float32Array | Uint8Array,
  rows: number,
  width: number,
): Int32Array<SharedArrayBuffer> {
  const bytesARow = width * values.BYTES_PER_ELEMENT;
  const isWhole = bytesARow % 4 === 0 && values.byteOffset % 4 === 0;
  const words = isWhole
    ? new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4)
    : new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const wordsARow = isWhole ? bytesARow / 4 : bytesARow;
  return grouped(
    rows,
    (row) => hashOf(words, row * wordsARow, wordsARow),
    (known, row) => isSame(words, known * wordsARow, words, row * wordsARow, wordsARow),
  );
}

/** Finds identical rows that `write` produces one at a time, so that they need not all be in memory. */
export function identicalRows(
  rows: number,
  width: number,
  write: (row: number, target: Float64Array) => void,
): Int32Array<SharedArrayBuffer> {
  const [current, other] = [new Float64Array(width), new Float64Array(width)];
  const [words, otherWords] = [new Uint32Array(current.buffer), new Uint32Array(other.buffer)];
  const hashes = new Int32Array(rows);
  return grouped(
    rows,
    (row) => {
      write(row, current);
      hashes[row] = hashOf(words, 0, words.length);
      return hashes[row] ?? 0;
    },
    (known, row) => {
      if (hashes[known] !== hashes[row]) return false;
      write(known, other);
      return isSame(otherWords, 0, words, 0, words.length);
    },
  );
}

/** Groups rows by open addressing, less than half full: each slot has the first row of a group, or -1. */
function grouped(
  rows: number,
  hash: (row: number) => number,
  isEqual: (known: number, row: number) => boolean,
): Int32Array<SharedArrayBuffer> {
  const groups = new Int32Array(new SharedArrayBuffer(4 * rows));
  let places = 16;
  while (places < 2 * rows + 1) places *= 2;
  const table = new Int32Array(places).fill(-1);
  let found = 0;
  for (let row = 0; row < rows; row++) {
    let place = hash(row) & (places - 1);
    for (;;) {
      const known = table[place] ?? -1;
      if (known === -1) {
        table[place] = row;
        groups[row] = found++;
        break;
      }
      if (isEqual(known, row)) {
        groups[row] = groups[known] ?? 0;
        break;
      }
      place = (place + 1) & (places - 1);
    }
  }
  return groups;
}

type Words = Uint32Array | Uint8Array;

/** The FNV-1a hash over words, with a final mixing step. */
function hashOf(words: Words, start: number, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + count; i++) {
    hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

function isSame(a: Words, fromA: number, b: Words, fromB: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (a[fromA + i] !== b[fromB + i]) return false;
  return true;
}
