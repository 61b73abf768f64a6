import { machineMemory } from '../../platform/machine-memory.js';

/** The part of the machine's memory that prepared rows of all workers may take. */
const SHARE_FOR_ROWS = 1 / 8;
/** What they may take on a small machine: that much the kernel takes by default. */
const MIN_BYTES = 32 * 1_048_576;

/**
 * Bytes that the prepared rows of a network may take in its memory, if trials run in this many slots. Rows that do not
 * fit are prepared again for every epoch, which can take several times as long as training.
 */
export function residentBytesFor(slots: number): number {
  return Math.max(MIN_BYTES, Math.floor((SHARE_FOR_ROWS * machineMemory()) / slots));
}
