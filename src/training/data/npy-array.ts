import { parse } from 'npyjs';
import { bytesOf, type ReadingWatch } from './read-bytes.js';
import { dataError, printable } from './wording.js';

/** Numbers of an array, in memory order. */
export type ArrayNumbers = Exclude<ReturnType<typeof numbersOf>, null>;

/** An array of numbers in any number of dimensions. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly numbers: ArrayNumbers;
  /** Whether the first index runs fastest. */
  readonly fortranOrder: boolean;
}

const HEADER_BYTES = 10;

/** Reads an NPY file, also one packed with gzip. Throws DATA_INVALID where it is damaged or holds no plain numbers. */
export async function readNpy(path: string, watch: ReadingWatch): Promise<NpyArray> {
  const bytes: Buffer[] = [];
  for await (const chunk of bytesOf(path, watch)) bytes.push(Buffer.from(chunk));
  const { shape, data, dtype, fortranOrder } = parsed(path, joined(bytes));
  const count = shape.reduce((product, length) => product * length, 1);
  if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw dataError(`${printable(path)}  found a damaged NPY header, expected whole lengths. Save it again.`);
  }
  const numbers = numbersOf(data);
  if (numbers === null || dtype.startsWith('c')) {
    throw dataError(
      `${printable(path)}  found an array of ${printable(dtype)}, expected real numbers. Convert it with astype.`,
    );
  }
  if (numbers.length !== count) {
    throw dataError(
      `${printable(path)}  found ${numbers.length} numbers, expected ${count} for the shape (${shape.join(', ')}). The file is cut off or damaged; save it again.`,
    );
  }
  return { shape, numbers, fortranOrder };
}

function parsed(path: string, buffer: ArrayBuffer): ReturnType<typeof parse> {
  try {
    if (buffer.byteLength < HEADER_BYTES) throw new RangeError('its header is cut off');
    return parse(buffer);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw dataError(
      `${printable(path)}  cannot be read as an NPY file (${printable(reason)}). It is damaged, or no array of numbers in the byte order of this machine; save it again with numpy.save.`,
      { cause: error },
    );
  }
}

/** The library gives typed arrays, or a list of booleans or texts. */
function numbersOf(data: unknown) {
  if (Array.isArray(data)) {
    return data.every((value) => typeof value === 'boolean') ? Uint8Array.from(data, Number) : null;
  }
  if (data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array) return data;
  if (data instanceof Int8Array || data instanceof Int16Array || data instanceof Uint16Array) return data;
  if (data instanceof Int32Array || data instanceof Uint32Array) return data;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number);
  return null;
}

function joined(chunks: Buffer[]): ArrayBuffer {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let filled = 0;
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    all.set(chunk, filled);
    filled += chunk.length;
  }
  return all.buffer;
}
