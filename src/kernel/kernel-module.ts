import { readFileSync } from 'node:fs';
import type { Kernel } from './kernel.js';
import { type AddonChoice, chooseAddon } from './native/choose-addon.js';

/**
 * Version of the kernel's arithmetic, part of what a result depends on: another version may give other bits.
 * To be raised with any change of sums, draws or functions.
 */
export const kernelVersion = 'simd-1';

/** A kernel, and how its engine was chosen. */
export interface CompiledKernel {
  readonly kernel: Kernel;
  readonly choice: AddonChoice;
}

/**
 * Compiles the kernel and chooses its engine: once a process. The kernel is posted to worker threads like any other
 * value, and costs them little. Throws RangeError if FITFIRST_KERNEL asks for an engine that cannot be had.
 */
export function compileKernelAndChoice(): CompiledKernel {
  const module = new WebAssembly.Module(readFileSync(new URL('./kernel.wasm', import.meta.url)));
  const choice = chooseAddon(module, process.env.FITFIRST_KERNEL);
  return { kernel: { module, addon: choice.addon }, choice };
}

export function compileKernel(): Kernel {
  return compileKernelAndChoice().kernel;
}
