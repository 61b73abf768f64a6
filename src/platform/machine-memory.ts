import { totalmem } from 'node:os';

/** Bytes of memory that processes can use: what the machine has, or less where a container limits it. */
export function machineMemory(): number {
  // 0, or a huge number, where nothing limits it.
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
