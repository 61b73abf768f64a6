import { readFileSync } from 'node:fs';

/**
 * Whether the addresses of this process are limited, as by `ulimit -v`. Each WebAssembly memory reserves 10 GB of them,
 * so a process with a limit cannot afford the networks that prove an addon. False where the system does not say.
 */
export function isAddressSpaceLimited(limits: string = readLimits()): boolean {
  const limit = /^Max address space\s+(\S+)/m.exec(limits)?.[1];
  return limit !== undefined && limit !== 'unlimited';
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
