import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Kernel } from '../kernel/kernel.js';
import { type CompiledKernel, compileKernelAndChoice, kernelVersion } from '../kernel/kernel-module.js';

let compiled: CompiledKernel | null = null;

/**
 * The compiled kernel: compiled when it is first asked for, once a process. Worker threads are handed the kernel of the
 * thread that made them. Throws FitfirstError USAGE_INVALID if the environment asks for an engine that cannot be had.
 */
export function compiledKernel(): Kernel {
  return compileOnce().kernel;
}

/** The engine that trains networks, as words for people: `avx2`, or `WebAssembly` and why. */
export function describeKernel(): string {
  const { addon, because } = compileOnce().choice;
  if (addon !== null) return `native (${addon.engine})`;
  return because === null ? 'WebAssembly' : `WebAssembly (${because})`;
}

/** What to tell the user if a kernel was compiled and its native addon had to be refused; else null. */
export function kernelWarning(): string | null {
  if (compiled === null || !compiled.choice.isRefused) return null;
  return `${compiled.choice.because}. fitfirst uses WebAssembly, which gives the same results more slowly.`;
}

function compileOnce(): CompiledKernel {
  try {
    compiled ??= compileKernelAndChoice();
    return compiled;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FitfirstError('USAGE_INVALID', `${error.message}.`, { cause: error });
  }
}

/**
 * Version of all that the built-in trainer decides, part of what a result depends on: its first weights, orders,
 * schedules and measures, and the arithmetic of the kernel. To be raised with any change of a bit.
 */
export const mlpTrainerVersion = `mlp-1 ${kernelVersion}`;
