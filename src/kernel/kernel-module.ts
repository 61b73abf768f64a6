import { readFileSync } from 'node:fs';

/**
 * Version of the kernel's arithmetic, part of what a result depends on: another version may give other bits.
 * To be raised with any change of sums, draws or functions.
 */
export const kernelVersion = 'simd-1';

/**
 * Compiles the kernel: once a process. The module is posted to worker threads like any other value, and costs
 * them nothing.
 */
export function compileKernel(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL('./kernel.wasm', import.meta.url)));
}
