import { compileKernel, kernelVersion } from '../kernel/kernel-module.js';

let compiled: WebAssembly.Module | null = null;

/**
 * The compiled kernel: compiled when it is first asked for, once a process. Worker threads are handed the module of the
 * thread that made them.
 */
export function compiledKernel(): WebAssembly.Module {
  compiled ??= compileKernel();
  return compiled;
}

/**
 * Version of all that the built-in trainer decides, part of what a result depends on: its first weights, orders,
 * schedules and measures, and the arithmetic of the kernel. To be raised with any change of a bit.
 */
export const mlpTrainerVersion = `mlp-1 ${kernelVersion}`;
