import { counted, dataError } from './wording.js';

/** The memory that a matrix takes, shared between threads. Throws DATA_INVALID where there is not enough. */
export function sharedNumbers(
  rows: number,
  columns: number,
  available: number,
): Float64Array<SharedArrayBuffer> {
  const bytes = 8 * rows * columns;
  const refused = `${counted(rows, 'row')} of ${counted(columns, 'input')} need ${Math.ceil(bytes / 1e9)} GB of memory, which this machine does not have. Drop columns, text columns with many categories first.`;
  if (bytes > available) throw dataError(refused);
  try {
    return new Float64Array(new SharedArrayBuffer(bytes));
  } catch (error) {
    if (error instanceof RangeError) throw dataError(refused, { cause: error });
    throw error;
  }
}
