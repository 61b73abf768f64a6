import type { Kernel } from './kernel.js';
import { instantiate, type KernelExports } from './kernel-exports.js';

/** A memory and the kernel that works on it. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  readonly exports: KernelExports;
}

const PAGE = 65_536;
/** A larger memory is left to the garbage collector. */
const MAX_SPARE_BYTES = 1_048_576;

/**
 * Makes memories for networks, and keeps the memory of the last small network for the next one: to make a memory and
 * an instance takes as long as an epoch of a small network.
 */
export class SpareMemory {
  #spare: KernelMemory | null = null;

  constructor(readonly kernel: Kernel) {}

  /** A memory that begins with `bytes` zeros, a multiple of a page. Throws RangeError if there is no room. */
  take(bytes: number): KernelMemory {
    const spare = this.#spare;
    this.#spare = null;
    if (spare === null || spare.buffer.byteLength < bytes) return this.#create(bytes / PAGE);
    new Uint8Array(spare.buffer, 0, bytes).fill(0);
    return spare;
  }

  /** Gives a memory back that nothing uses any more. */
  giveBack(memory: KernelMemory): void {
    if (memory.buffer.byteLength <= MAX_SPARE_BYTES) this.#spare = memory;
  }

  #create(pages: number): KernelMemory {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    return { buffer: memory.buffer, exports: instantiate(this.kernel, memory) };
  }
}
