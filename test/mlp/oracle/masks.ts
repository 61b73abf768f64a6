import type { SeedWords } from '../../../src/kernel/network-kernel.js';
import { keyedStream, type RandomStream } from '../../../src/numeric/keyed-stream.js';

/** Where the masks of dropout come from. */
export interface Masks {
  /** Starts an epoch. */
  begin(seed: SeedWords): void;
  /**
   * Fills in the factors of a layer (0 is the inputs, 1 the first hidden layer, ...) for a block of samples,
   * rows x units: 0 for what is dropped, 1 / (1 - share) for the rest. Called for samples in rising order;
   * `sample` is the place of the first of them in the epoch.
   */
  fill(layer: number, sample: number, rows: number, units: number, mask: Float64Array): void;
}

/**
 * Inverted dropout (Srivastava et al. 2014, section 10): a unit is dropped with the probability that is its
 * layer's share, and what is left is scaled by 1 / (1 - share), so that nothing needs scaling once training
 * is done. Each layer has a stream of its own, so that masks are nested from one share to a larger, and those
 * of the inputs are the same under every hidden layer.
 *
 * @param shares one a layer, the inputs first
 */
export function keyedMasks(shares: readonly number[]): Masks {
  let streams: readonly RandomStream[] = [];
  return {
    begin(seed) {
      streams = shares.map((_, layer) => keyedStream(...seed, layer));
    },
    fill(layer, _sample, rows, units, mask) {
      const stream = streams[layer];
      const share = shares[layer];
      if (stream === undefined || share === undefined) throw new RangeError(`layer ${layer} has no masks`);
      const threshold = Math.round(share * 4294967296);
      const kept = 1 / (1 - share);
      for (let k = 0; k < rows * units; k++) mask[k] = stream.uint32() < threshold ? 0 : kept;
    },
  };
}
