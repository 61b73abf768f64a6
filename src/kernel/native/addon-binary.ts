import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A call into the addon; see assembly/native.ts. */
export type RunNative = (
  operation: number,
  network: number,
  index: number,
  rows: number,
  inputs: number,
  inputStride: number,
) => void;

/** What the addon exports; see native/addon.cc. */
export interface AddonBinary {
  /** The engines that this processor supports, the fastest first. */
  engines(): string[];
  /**
   * A function that computes on this memory, which cannot grow. It throws RangeError if a record or list points out of
   * the memory.
   */
  bind(memory: ArrayBuffer, engine: string): RunNative;
}

const require = createRequire(import.meta.url);

/**
 * The place of the addon of this platform, or null if there is none: in a package of prebuilt binaries, else compiled
 * by native/build.mjs.
 */
export function findAddonBinary(): string | null {
  const platform = `${process.platform}-${process.arch}`;
  try {
    return require.resolve(`@fitfirst/kernel-${platform}/kernel.node`);
  } catch {
    const compiled = fileURLToPath(new URL(`../../../native/build/${platform}/kernel.node`, import.meta.url));
    return existsSync(compiled) ? compiled : null;
  }
}

/** Loads an addon. Throws an error if the file is not one, such as a binary of another platform. */
export function loadAddonBinary(file: string): AddonBinary {
  const binary: unknown = require(file);
  if (!isAddonBinary(binary)) throw new TypeError('it does not export the functions of the kernel');
  return binary;
}

function isAddonBinary(value: unknown): value is AddonBinary {
  if (typeof value !== 'object' || value === null) return false;
  const functions = new Map<string, unknown>(Object.entries(value));
  return ['engines', 'bind'].every((name) => typeof functions.get(name) === 'function');
}
