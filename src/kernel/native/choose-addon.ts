import type { NativeAddon } from '../kernel.js';
import { findAddonBinary, loadAddonBinary } from './addon-binary.js';
import { isAddressSpaceLimited } from './address-limit.js';
import { isProven } from './prove-addon.js';

/** Below this a call into the addon costs about as much as it gains (docs/performance.md). */
const MIN_OPERATIONS = 4000;

/** Which addon to use, and why. */
export interface AddonChoice {
  readonly addon: NativeAddon | null;
  /** Why there is no addon, as a clause; null if there is one, or WebAssembly was asked for. */
  readonly because: string | null;
  /** Whether an addon is there and was refused. That is worth a warning. */
  readonly isRefused: boolean;
}

/**
 * Chooses the addon by the value of FITFIRST_KERNEL: undefined for the fastest engine, if it can be had and gives the
 * bits of WebAssembly; `wasm` for none; for tests, `native` or the name of an engine, which then computes the products
 * of networks of any size. Throws RangeError if that engine cannot be had, or on another value.
 */
export function chooseAddon(
  module: WebAssembly.Module,
  wish: string | undefined,
  file: string | null = findAddonBinary(),
): AddonChoice {
  if (wish === 'wasm') return { addon: null, because: null, isRefused: false };
  const isForced = wish !== undefined && wish !== '';
  if (isForced && !['native', 'avx512', 'avx2', 'neon'].includes(wish)) {
    throw new RangeError(`FITFIRST_KERNEL is "${wish}"; expected wasm, native, avx512, avx2 or neon`);
  }
  if (!isForced && isAddressSpaceLimited()) {
    return { addon: null, because: 'the address space of this process is limited', isRefused: false };
  }
  const choice = fastestAddon(module, file, isForced && wish !== 'native' ? wish : null);
  if (!isForced) return choice;
  if (choice.addon === null) {
    throw new RangeError(`FITFIRST_KERNEL is "${wish}", but ${choice.because}`);
  }
  return { ...choice, addon: { ...choice.addon, minOperations: 0 } };
}

function fastestAddon(module: WebAssembly.Module, file: string | null, only: string | null): AddonChoice {
  if (file === null) {
    return { addon: null, because: 'no native kernel was built for this platform', isRefused: false };
  }
  const refused = (because: string): AddonChoice => ({ addon: null, because, isRefused: true });
  try {
    const engines = loadAddonBinary(file).engines();
    const engine = only === null ? engines[0] : engines.find((name) => name === only);
    if (engine === undefined) {
      return refused(`this processor does not have the instructions of ${only ?? 'the native kernel'}`);
    }
    const addon = { file, engine, minOperations: MIN_OPERATIONS };
    return isProven(module, addon)
      ? { addon, because: null, isRefused: false }
      : refused(`the native kernel (${engine}) does not give the same bits as WebAssembly`);
  } catch (error) {
    return refused(`the native kernel cannot be loaded: ${firstLine(error)}`);
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}
