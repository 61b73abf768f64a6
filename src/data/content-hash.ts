import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { Dataset } from './dataset.js';

const NUMBERS_A_CHUNK = 8192;
const NAN_BITS = 0x7ff8000000000000n;

/** The part of a data set that the hash covers. */
type HashedContents = Pick<
  Dataset,
  'task' | 'target' | 'classes' | 'columns' | 'testFrom' | 'x' | 'y' | 'splitNumbers'
>;

/**
 * The SHA-256 hash of the contents of a data set, in hexadecimal. It covers names and classes as JSON, then inputs
 * and targets as little-endian doubles (all NaNs with the same bits, byte inputs as bytes), then the values of the
 * split column if there is one. It is the same on every machine and independent of file names.
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
