/**
 * The part of the WebAssembly interface that the kernel uses. Node has it; the type declarations of Node do
 * not, and those of browsers would bring the whole DOM with them.
 */
declare namespace WebAssembly {
  /** Compiled code: made once, and posted to worker threads like any other value. */
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    constructor(size: { initial: number; maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: unknown;
  }
}
