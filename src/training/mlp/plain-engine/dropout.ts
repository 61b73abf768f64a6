import { keyedStream, type RandomStream, type StreamKey } from '../../../numeric/keyed-stream.js';

/**
 * Inverted dropout (Srivastava et al. 2014, section 10): a unit is dropped with probability `share`, and what
 * is left is scaled by 1 / (1 - share), so that nothing needs scaling once training is done.
 */
export class Dropout {
  readonly #threshold: number;
  readonly #scale: number;
  #stream: RandomStream = keyedStream('dropout');

  constructor(share: number) {
    this.#threshold = Math.round(share * 4294967296);
    this.#scale = 1 / (1 - share);
  }

  /** Starts the masks of an epoch: they depend on the key alone, and are nested from one share to a larger. */
  begin(key: StreamKey, layer: number): void {
    this.#stream = keyedStream(...key, layer);
  }

  /** Draws the next `count` factors: 0 for what is dropped, 1 / (1 - share) for the rest. */
  draw(mask: Float64Array, count: number): void {
    const stream = this.#stream;
    for (let k = 0; k < count; k++) mask[k] = stream.uint32() < this.#threshold ? 0 : this.#scale;
  }
}
