import { totalmem } from 'node:os';
import { formatBytes } from '../../text/bytes.js';
import { formatCount } from '../../text/number.js';
import { dataError } from '../diagnostics.js';

/** How large a table may become while it is read. A packed file of a megabyte can hold 400 million rows. */
export interface TableLimits {
  readonly rows: number;
  /** Of the cells that are kept. The data set that is built from them takes as much again. */
  readonly bytes: number;
}

/** A cell takes 8 bytes, and a row 4 for its line. */
const BYTES = { cell: 8, row: 4 };

/** The limits of this machine: a quarter of its memory, and rows of which lists can still be made. */
export function tableLimits(): TableLimits {
  return { rows: 100_000_000, bytes: totalmem() / 4 };
}

/** Throws DATA_INVALID if this number of rows and kept columns is more than the limits allow. */
export function assertWithinLimits(
  { rows: maxRows, bytes: maxBytes }: TableLimits,
  rows: number,
  columns: number,
  place: string,
): void {
  const bytes = rows * (columns * BYTES.cell + BYTES.row);
  if (rows <= maxRows && bytes <= maxBytes) return;
  throw dataError(
    `${place}  found more rows than can be held: ${formatCount(rows, 'row')} so far, which take ` +
      `${formatBytes(bytes)}; expected at most ${formatCount(maxRows, 'row')} and ${formatBytes(maxBytes)}. ` +
      'Take a part of the table, or drop columns.',
  );
}
