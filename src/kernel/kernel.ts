/** What networks compute with. It is plain data and can be posted to threads. */
export interface Kernel {
  readonly module: WebAssembly.Module;
  /** The native addon that takes over large products and many rectified units; null for WebAssembly alone. */
  readonly addon: NativeAddon | null;
}

/** A native addon: the results are the same bits with and without it. */
export interface NativeAddon {
  /** The path of the binary. */
  readonly file: string;
  /** The instruction set that it uses: `avx512`, `avx2` or `neon`. */
  readonly engine: string;
  /** The addon computes products of at least this many operations. Below, a call costs more than it gains. */
  readonly minOperations: number;
}
