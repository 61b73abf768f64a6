import { compileKernel } from '../kernel/kernel-module.js';

let compiled: WebAssembly.Module | null = null;

/**
 * The compiled kernel: compiled when it is first asked for, once a process. Worker threads are handed the module of the
 * thread that made them.
 */
export function compiledKernel(): WebAssembly.Module {
  compiled ??= compileKernel();
  return compiled;
}
