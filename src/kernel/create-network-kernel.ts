import type { Kernel } from './kernel.js';
import { planMemory } from './memory-plan.js';
import { NetworkInstance } from './network-instance.js';
import type { NetworkKernel, RowSets } from './network-kernel.js';
import { checkOptions, type NetworkOptions } from './network-options.js';
import { SpareMemory } from './spare-memory.js';

/**
 * Makes a kernel for a network and the sets that it will see. Sets are copied into its memory, prepared, in the order
 * given while they take 32 MiB (`residentBytes`) together and the limit allows; rows of the others are fetched from
 * their shared table as they are needed. Weights are all 0 until `start` or `restore`. `spare` is where networks that
 * are made one after another get their memory.
 *
 * Throws RangeError where options contradict themselves, or the memory would exceed `limit` bytes (default and
 * most: 4 GiB) or cannot be had.
 */
export function createNetworkKernel<SetName extends string>(
  kernel: Kernel,
  options: NetworkOptions,
  sets: RowSets<SetName>,
  limit?: number,
  spare = new SpareMemory(kernel),
): NetworkKernel<SetName> {
  checkOptions(options);
  return new NetworkInstance(spare, options, sets, limit);
}

/** Bytes that `createNetworkKernel` would take. Throws the same errors, before anything is allocated. */
export function kernelBytes<SetName extends string>(
  options: NetworkOptions,
  sets: RowSets<SetName>,
  limit?: number,
): number {
  checkOptions(options);
  return planMemory(options, sets, limit).bytes;
}
