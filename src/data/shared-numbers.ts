import { formatCount } from '../text/number.js';
import { dataError } from './diagnostics.js';

/** Numbers in memory that threads share. */
export type SharedNumbers =
  | Float64Array<SharedArrayBuffer>
  | Float32Array<SharedArrayBuffer>
  | Uint8Array<SharedArrayBuffer>;

const BYTES_EACH = { bytes: 1, floats: 4, doubles: 8 } as const;

/** How a number is stored: as a whole number from 0 to 255, in single precision or in double precision. */
export type NumberStorage = keyof typeof BYTES_EACH;

/** Allocates a matrix of doubles that threads share. Throws DATA_INVALID if there is not enough memory. */
export function sharedNumbers(
  rows: number,
  columns: number,
  available: number,
): Float64Array<SharedArrayBuffer> {
  return new Float64Array(sharedMemory(rows, columns, 'doubles', available));
}

/** Allocates a matrix of numbers in another storage. Throws DATA_INVALID if there is not enough memory. */
export function sharedNumbersOf(
  storage: NumberStorage,
  rows: number,
  columns: number,
  available: number,
): SharedNumbers {
  const memory = sharedMemory(rows, columns, storage, available);
  switch (storage) {
    case 'bytes':
      return new Uint8Array(memory);
    case 'floats':
      return new Float32Array(memory);
    case 'doubles':
      return new Float64Array(memory);
    default:
      return storage satisfies never;
  }
}

function sharedMemory(
  rows: number,
  columns: number,
  storage: NumberStorage,
  available: number,
): SharedArrayBuffer {
  const bytes = BYTES_EACH[storage] * rows * columns;
  const refused =
    `${formatCount(rows, 'row')} of ${formatCount(columns, 'input')} need ` +
    `${Math.ceil(bytes / 1e9)} GB of memory, which this machine does not have. Drop columns, ` +
    'text columns with many categories first.';
  if (bytes > available) throw dataError(refused);
  try {
    return new SharedArrayBuffer(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw dataError(refused, { cause: error });
    throw error;
  }
}
