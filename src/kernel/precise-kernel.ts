import type { KernelExports } from './kernel-exports.js';

/** The kernel's functions on one network, in one precision. */
export interface PreciseKernel {
  /** Runs phases of an epoch; see assembly/train.ts. */
  train(from: number, to: number): void;
  evaluate(inputs: number, labels: number, rows: number): void;
  /** Rebuilds what is derived from the weights. */
  mirror(): void;
  isFinite(): boolean;
}

/** The functions of `precision` on the network whose record is at this address. */
export function preciseKernel(
  kernel: KernelExports,
  precision: 'f32' | 'f64',
  network: number,
): PreciseKernel {
  return precision === 'f32'
    ? {
        train: (from, to) => kernel.train32(network, from, to),
        evaluate: (inputs, labels, rows) => kernel.evaluate32(network, inputs, labels, rows),
        mirror: () => kernel.mirror32(network),
        isFinite: () => kernel.finite32(network) === 1,
      }
    : {
        train: (from, to) => kernel.train64(network, from, to),
        evaluate: (inputs, labels, rows) => kernel.evaluate64(network, inputs, labels, rows),
        mirror: () => kernel.mirror64(network),
        isFinite: () => kernel.finite64(network) === 1,
      };
}
