import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { Dataset } from './dataset.js';

const NUMBERS_A_CHUNK = 8192;
const NAN_BITS = 0x7ff8000000000000n;

/** What the hash covers. */
type HashedContents = Pick<
  Dataset,
  'task' | 'target' | 'classes' | 'columns' | 'testFrom' | 'x' | 'y' | 'splitNumbers'
>;

/**
 * SHA-256 of a data set's contents, in hexadecimal: names and classes as JSON, then inputs and targets as
 * little-endian doubles, every NaN with the same bits; inputs that are bytes as they are; last, where
 * a split goes by a column, what it says of each row. The same on every machine, whatever the file's name.
 */
export function contentHash({ x, y, splitNumbers, ...names }: HashedContents): string {
  const hash = createHash('sha256');
  hash.update('fitfirst data 1\n');
  hash.update(
    canonicalJson({
      task: names.task,
      target: names.target,
      classes: names.classes,
      columns: names.columns,
      testFrom: names.testFrom,
      rows: y.length,
    }),
  );
  hash.update('\n');
  if (x instanceof Uint8Array) hash.update('bytes\n').update(x);
  else updateWithNumbers(hash, x);
  updateWithNumbers(hash, y);
  if (splitNumbers !== null) updateWithNumbers(hash.update('split\n'), Float64Array.from(splitNumbers));
  return hash.digest('hex');
}

function updateWithNumbers(hash: Hash, values: Float64Array | Float32Array): void {
  const chunk = new Float64Array(NUMBERS_A_CHUNK);
  const bits = new BigUint64Array(chunk.buffer);
  const bytes = Buffer.from(chunk.buffer);
  for (let start = 0; start < values.length; start += NUMBERS_A_CHUNK) {
    const count = Math.min(NUMBERS_A_CHUNK, values.length - start);
    for (let i = 0; i < count; i++) {
      const value = values[start + i] ?? Number.NaN;
      if (Number.isNaN(value)) bits[i] = NAN_BITS;
      else chunk[i] = value;
    }
    const filled = bytes.subarray(0, 8 * count);
    if (endianness() === 'BE') filled.swap64();
    hash.update(filled);
  }
}
