import { parse } from 'npyjs';
import { errorMessage } from '../../../text/error-message.js';
import { formatWhole } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import { dataError } from '../../diagnostics.js';
import { bytesOf, type ReadingWatch, readStart } from '../read-bytes.js';

/** Numbers of an array in memory order. */
export type ArrayNumbers = Exclude<ReturnType<typeof numbersOf>, null>;

/** An array of any number of dimensions, before its numbers are read. */
export interface NpyArray {
  readonly path: string;
  readonly shape: readonly number[];
  /** Whether the first index runs fastest. */
  readonly fortranOrder: boolean;
  /** An empty array of the type that holds its numbers. */
  readonly sample: ArrayNumbers;
  /** The bytes of the file before its numbers. */
  readonly header: Buffer;
  /** Bytes of a number. */
  readonly width: number;
}

const MIN_HEADER_BYTES = 12;
/** Headers hold only a type and some lengths. */
const MAX_HEADER_BYTES = 65_536;
const SECOND_VERSION = 2;

/**
 * Reads the header of an NPY file, which may be packed with gzip. Throws DATA_INVALID if it is damaged or describes
 * something other than plain numbers.
 */
export async function openNpy(path: string): Promise<NpyArray> {
  const header = await headerOf(path);
  const { shape, data, dtype, fortranOrder } = parsed(path, header);
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw dataError(
      `${escapeControls(path)}  found a damaged NPY header, expected whole lengths. Save it again.`,
    );
  }
  const sample = /^[cU]/.test(dtype) ? null : numbersOf(data);
  const width = Number(dtype.slice(1));
  if (sample === null || !(width > 0)) {
    throw dataError(
      `${escapeControls(path)}  found an array of ${escapeControls(dtype)}, expected real ` +
        'numbers. Convert it with astype.',
    );
  }
  const array: NpyArray = { path, shape, fortranOrder, sample, header, width };
  const { size, isPacked } = await readStart(path, MIN_HEADER_BYTES);
  // The length of a packed file says nothing about its contents: that shows at the end.
  if (!isPacked) refuseOtherLength(array, (size - header.length) / width);
  return array;
}

/** The number of numbers in an array. */
export function sizeOf({ shape }: Pick<NpyArray, 'shape'>): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * The numbers of an array, some at a time. Throws DATA_INVALID if the file has more or fewer than its header says.
 */
export async function* numbersIn(
  array: NpyArray,
  watch: ReadingWatch,
): AsyncGenerator<ArrayNumbers, void, void> {
  const { path, header, width } = array;
  const all = sizeOf(array);
  let toSkip = header.length;
  let found = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytesOf(path, watch)) {
    const own = chunk.subarray(Math.min(toSkip, chunk.length));
    toSkip -= chunk.length - own.length;
    const bytes = rest.length === 0 ? own : Buffer.concat([rest, own]);
    const whole = bytes.length - (bytes.length % width);
    rest = Buffer.from(bytes.subarray(whole));
    if (whole === 0) continue;
    found += whole / width;
    if (found > all) refuseOtherLength(array, found);
    // The library parses whole files, so each piece gets the header.
    const numbers = numbersOf(parsed(path, Buffer.concat([header, bytes.subarray(0, whole)])).data);
    if (numbers !== null) yield numbers;
  }
  refuseOtherLength(array, found + rest.length / width);
}

function refuseOtherLength(array: NpyArray, found: number): void {
  const expected = sizeOf(array);
  if (found === expected) return;
  throw dataError(
    `${escapeControls(array.path)}  found ${formatWhole(Math.floor(found))} numbers, ` +
      `expected ${formatWhole(expected)} for the shape (${array.shape.join(', ')}). The file ` +
      'is cut off or damaged; save it again.',
  );
}

/** The file up to its numbers. */
async function headerOf(path: string): Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  for await (const chunk of bytesOf(path)) {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length < MIN_HEADER_BYTES) continue;
    const isLong = (bytes[6] ?? 0) >= SECOND_VERSION;
    const length = isLong ? 12 + bytes.readUInt32LE(8) : 10 + bytes.readUInt16LE(8);
    if (length > MAX_HEADER_BYTES) throw unreadable(path, 'its header is damaged');
    if (bytes.length >= length) return Buffer.from(bytes.subarray(0, length));
  }
  throw unreadable(path, 'its header is cut off');
}

function parsed(path: string, bytes: Buffer): ReturnType<typeof parse> {
  try {
    // The library expects a buffer of its own that starts at 0.
    return parse(new Uint8Array(bytes).buffer);
  } catch (error) {
    throw unreadable(path, errorMessage(error), error);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): Error {
  return dataError(
    `${escapeControls(path)}  cannot be read as an NPY file (${escapeControls(reason)}). It ` +
      'is damaged, or no array of numbers in the byte order of this machine; save it again ' +
      'with numpy.save.',
    cause === undefined ? {} : { cause },
  );
}

/** The library returns typed arrays, or a list of booleans or texts. */
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
