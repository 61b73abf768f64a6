import type { Kernel } from './kernel.js';
import { loadAddonBinary, type RunNative } from './native/addon-binary.js';

/** What the kernel's module exports; see assembly/index.ts. */
export interface KernelExports {
  networkRecordBytes(): number;
  layerRecordBytes(): number;
  scratchBytes(): number;
  prepare(network: number): void;
  seedMasks(network: number, a: number, b: number, c: number, d: number): void;
  shuffle(order: number, count: number, a: number, b: number, c: number, d: number): void;
  train32(network: number, from: number, to: number): void;
  train64(network: number, from: number, to: number): void;
  evaluate32(network: number, inputs: number, labels: number, rows: number): void;
  evaluate64(network: number, inputs: number, labels: number, rows: number): void;
  mirror32(network: number): void;
  mirror64(network: number): void;
  finite32(network: number): number;
  finite64(network: number): number;
  exp32(x: number): number;
  exp64(x: number): number;
  tanh32(x: number): number;
  tanh64(x: number): number;
  logistic32(x: number): number;
  logistic64(x: number): number;
  log64(x: number): number;
}

const names: readonly (keyof KernelExports)[] = [
  'networkRecordBytes',
  'layerRecordBytes',
  'scratchBytes',
  'prepare',
  'seedMasks',
  'shuffle',
  'train32',
  'train64',
  'evaluate32',
  'evaluate64',
  'mirror32',
  'mirror64',
  'finite32',
  'finite64',
  'exp32',
  'exp64',
  'tanh32',
  'tanh64',
  'logistic32',
  'logistic64',
  'log64',
];

function isKernelExports(value: unknown): value is KernelExports {
  if (typeof value !== 'object' || value === null) return false;
  const functions = new Map<string, unknown>(Object.entries(value));
  return names.every((name) => typeof functions.get(name) === 'function');
}

/** Starts the module on this memory, which cannot grow: the addon keeps its address. */
export function instantiate({ module, addon }: Kernel, memory: WebAssembly.Memory): KernelExports {
  const run = addon === null ? noAddon : loadAddonBinary(addon.file).bind(memory.buffer, addon.engine);
  const { exports } = new WebAssembly.Instance(module, { env: { memory }, native: { run } });
  if (isKernelExports(exports)) return exports;
  throw new TypeError('the module is not the kernel: it lacks some of its functions');
}

const noAddon: RunNative = () => {
  throw new TypeError('a layer has native products, but there is no addon');
};
