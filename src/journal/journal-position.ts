import { CHAIN_START, type Chain } from './codec.js';
import type { LinePosition } from './journal-lines.js';

/** Where an entry of a journal starts, and the chain of checksums of the lines before it. */
export interface JournalPosition extends LinePosition {
  readonly chain: Chain;
}

/** Where the header starts. */
export const JOURNAL_START: JournalPosition = { offset: 0, number: 1, chain: CHAIN_START };
