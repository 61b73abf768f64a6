import type { SeedWords } from '../../../src/kernel/network-kernel.js';
import { keptUnits } from '../../kernel/keyed-draws.js';
import type { Masks } from './masks.js';

/** The masks that the kernel draws, for the oracle: one share a layer, the inputs first. */
export function kernelMasks(shares: readonly number[]): Masks {
  let words: SeedWords = [0, 0, 0, 0];
  return {
    begin(seed) {
      words = seed;
    },
    fill(layer, sample, rows, units, mask) {
      const share = shares[layer] ?? Number.NaN;
      for (let row = 0; row < rows; row++) {
        const kept = keptUnits(words, layer, sample + row, units, share);
        kept.forEach((isKept, unit) => {
          mask[row * units + unit] = isKept ? 1 / (1 - share) : 0;
        });
      }
    },
  };
}
