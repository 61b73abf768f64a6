import { formatCount, formatWhole } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import { dataError } from '../../diagnostics.js';
import type { NumberStorage } from '../../shared-numbers.js';
import type { FileFormat } from '../file-format.js';
import { bytesOf, type ReadingWatch, readStart } from '../read-bytes.js';

/** Types of numbers by their code in the third byte: bytes each, and how to read one. All are big-endian. */
const NUMBER_KINDS: ReadonlyMap<number, { bytes: number; read: (view: DataView, at: number) => number }> =
  new Map([
    [0x08, { bytes: 1, read: (view, at) => view.getUint8(at) }],
    [0x09, { bytes: 1, read: (view, at) => view.getInt8(at) }],
    [0x0b, { bytes: 2, read: (view, at) => view.getInt16(at) }],
    [0x0c, { bytes: 4, read: (view, at) => view.getInt32(at) }],
    [0x0d, { bytes: 4, read: (view, at) => view.getFloat32(at) }],
    [0x0e, { bytes: 8, read: (view, at) => view.getFloat64(at) }],
  ]);
const UNSIGNED_BYTE = 0x08;
const FLOAT = 0x0d;
const MAX_DIMENSIONS = 4;
/** gzip cannot compress more than this. */
const MAX_GZIP_RATIO = 1032;

/** The header of an IDX file. */
interface IdxHeader {
  readonly path: string;
  /** The code of the type of its numbers. */
  readonly code: number;
  readonly shape: readonly number[];
  readonly headerBytes: number;
}

/** The smallest storage that holds its numbers without loss. */
function storageOf(header: IdxHeader): NumberStorage {
  if (header.code === UNSIGNED_BYTE) return 'bytes';
  return header.code === FLOAT ? 'floats' : 'doubles';
}

/** Reads the header of an IDX file and checks it against the size of the file. Throws DATA_INVALID. */
async function readIdxHeader(path: string): Promise<IdxHeader> {
  const { bytes: start, size, isPacked } = await readStart(path, 4 + 4 * MAX_DIMENSIONS);
  const code = start[2] ?? 0;
  const dimensions = start[3] ?? 0;
  const kind = NUMBER_KINDS.get(code);
  if (start.length < 8 || start[0] !== 0 || start[1] !== 0 || kind === undefined) {
    throw dataError(
      `${escapeControls(path)}  found no IDX file (it starts with ` +
        `${start.subarray(0, 4).toString('hex') || 'nothing'}), expected 0000, a kind of numbers ` +
        'and the dimensions. Fetch it again, or save the array as NPY.',
    );
  }
  const headerBytes = 4 + 4 * dimensions;
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS || start.length < headerBytes) {
    throw dataError(
      `${escapeControls(path)}  found an IDX file of ${formatCount(dimensions, 'dimension')}, ` +
        `expected 1 to ${MAX_DIMENSIONS}. The file is damaged; fetch it again.`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => start.readUInt32BE(4 + 4 * i));
  const header = { path, code, shape, headerBytes };
  const needed = headerBytes + kind.bytes * numbersIn(header);
  if (isPacked ? needed > size * MAX_GZIP_RATIO + MAX_GZIP_RATIO : needed !== size) {
    throw wrongSize(
      header,
      isPacked ? `at most ${formatWhole(size * MAX_GZIP_RATIO)}` : formatWhole(size),
      needed,
    );
  }
  return header;
}

/** The number of numbers according to the header. */
function numbersIn({ shape }: IdxHeader): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Reads the numbers of an IDX file into `target` from index `at` on. Throws DATA_INVALID if there are more or fewer.
 */
async function readIdxInto(
  header: IdxHeader,
  target: Uint8Array | Float32Array | Float64Array,
  at: number,
  watch: ReadingWatch,
): Promise<void> {
  const kind = NUMBER_KINDS.get(header.code);
  if (kind === undefined) throw new RangeError(`no kind of numbers has the code ${header.code}`);
  const count = numbersIn(header);
  let skip = header.headerBytes;
  let filled = 0;
  let bytes = 0;
  let carried = Buffer.alloc(0);
  const wrong = (found: string): Error => wrongSize(header, found, header.headerBytes + count * kind.bytes);
  for await (const chunk of bytesOf(header.path, watch)) {
    bytes += chunk.length;
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    const whole = Buffer.concat([carried, chunk.subarray(skipped)]);
    const numbers = Math.floor(whole.length / kind.bytes);
    if (filled + numbers > count) throw wrong(`at least ${formatWhole(bytes)}`);
    if (kind.bytes === 1 && target instanceof Uint8Array) target.set(whole, at + filled);
    else {
      const view = new DataView(whole.buffer, whole.byteOffset, whole.length);
      for (let i = 0; i < numbers; i++) target[at + filled + i] = kind.read(view, i * kind.bytes);
    }
    filled += numbers;
    carried = Buffer.from(whole.subarray(numbers * kind.bytes));
  }
  if (filled !== count || carried.length > 0) throw wrong(formatWhole(bytes));
}

function wrongSize(header: IdxHeader, found: string, expected: number): Error {
  return dataError(
    `${escapeControls(header.path)}  found ${found} bytes, expected ${formatWhole(expected)} ` +
      `for ${header.shape.join(' x ')} numbers. The file is cut off or damaged; fetch it again.`,
  );
}

export const IDX = {
  name: 'an IDX file',
  matches: (start) =>
    start.length >= 8 &&
    start[0] === 0 &&
    start[1] === 0 &&
    start[2] !== 0 &&
    (start[3] ?? 9) <= MAX_DIMENSIONS,
  canBePacked: true,
  async openArray(path, watch) {
    const header = await readIdxHeader(path);
    return {
      path,
      shape: header.shape,
      storage: storageOf(header),
      readInto: async (target, at) => {
        if (numbersIn(header) > 0) await readIdxInto(header, target, at, watch);
      },
    };
  },
} satisfies FileFormat;
