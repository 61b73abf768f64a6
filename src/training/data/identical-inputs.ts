/**
 * Finds rows that are the same, bit by bit: the number of its group for every row, counted from 0 in order of
 * first appearance. `values` holds `rows` x `width` numbers.
 */
export function identicalInputs(
  values: Float64Array | Float32Array | Uint8Array,
  rows: number,
  width: number,
): Int32Array<SharedArrayBuffer> {
  const groups = new Int32Array(new SharedArrayBuffer(4 * rows));
  const bytesARow = width * values.BYTES_PER_ELEMENT;
  const isWhole = bytesARow % 4 === 0 && values.byteOffset % 4 === 0;
  const words = isWhole
    ? new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4)
    : new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const wordsARow = isWhole ? bytesARow / 4 : bytesARow;
  // Open addressing, less than half full: each place has the first row of a group, or -1.
  let places = 16;
  while (places < 2 * rows + 1) places *= 2;
  const table = new Int32Array(places).fill(-1);
  let found = 0;
  for (let row = 0; row < rows; row++) {
    let place = hashOf(words, row * wordsARow, wordsARow) & (places - 1);
    for (;;) {
      const known = table[place] ?? -1;
      if (known === -1) {
        table[place] = row;
        groups[row] = found++;
        break;
      }
      if (isSame(words, known * wordsARow, row * wordsARow, wordsARow)) {
        groups[row] = groups[known] ?? 0;
        break;
      }
      place = (place + 1) & (places - 1);
    }
  }
  return groups;
}

/** FNV-1a over words, with a last mixing step. */
function hashOf(words: Uint32Array | Uint8Array, start: number, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + count; i++) {
    hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

function isSame(words: Uint32Array | Uint8Array, a: number, b: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (words[a + i] !== words[b + i]) return false;
  return true;
}
