import type { Outcome } from '../campaign/outcome.js';
import { formatBytes } from '../text/bytes.js';

/** Thrown by a trainer that could not get the memory that it needs. The lack is the machine's, not the trial's. */
export class MemoryShortage extends Error {
  override readonly name = 'MemoryShortage';

  constructor(
    /** Bytes that a trial needs; null if unknown. */
    readonly bytes: number | null,
    options?: ErrorOptions,
  ) {
    super(describeShortage(bytes), options);
  }
}

export function describeShortage(bytes: number | null): string {
  return `Memory ran out${bytes === null ? '' : `: the network of this trial needs ${formatBytes(bytes)}`}.`;
}

/** Whether the language threw this because memory could not be had. V8 has no codes for it, only sentences. */
export function isMemoryShortage(thrown: unknown): boolean {
  return (
    thrown instanceof MemoryShortage ||
    (thrown instanceof RangeError &&
      /Array buffer allocation failed|could not allocate memory|out of memory/i.test(thrown.message))
  );
}

/** The outcome of an attempt that ran alone, as far as the trainer knows; the executor knows better. */
export function lostToShortage({ bytes, message }: Pick<MemoryShortage, 'bytes' | 'message'>): Outcome {
  return { kind: 'lost', message, shortage: { bytes, wasAlone: true } };
}
