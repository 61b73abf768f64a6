import { keyedStream, shuffle } from '../../numeric/keyed-stream.js';
import { initialWeights } from '../initial-weights.js';
import type { MlpParameters } from '../mlp-parameters.js';
import type { NetworkShape } from '../network-shape.js';

/** Draws take at most this many bytes together. Larger ones are drawn again: training takes much longer then. */
const MAX_BYTES = 4_194_304;
const MAX_BYTES_OF_ONE = 262_144;

type Draw = Uint32Array | Float64Array;

/**
 * What is drawn for a repeat and does not depend on the setting: the orders of the training rows and the first weights.
 * Other trials of the repeat need the same, so small draws are kept. Nobody may write into them.
 */
export class RepeatDraws {
  readonly #kept = new Map<string, Draw>();
  #bytes = 0;

  /** The order in which the rows of the training set are trained in an epoch. */
  order(seed: number, repeat: number, epoch: number, rows: number): Uint32Array {
    return this.#keep(`order ${seed} ${repeat} ${epoch} ${rows}`, Uint32Array, () => {
      const places = new Uint32Array(rows);
      for (let row = 0; row < rows; row++) places[row] = row;
      return shuffle(places, keyedStream(seed, 'shuffle', repeat, epoch));
    });
  }

  /** As `initialWeights`. */
  weights(
    shape: NetworkShape,
    parameters: Pick<MlpParameters, 'init' | 'parametrization'>,
    seed: number,
    repeat: number,
  ): Float64Array {
    const { init, parametrization } = parameters;
    const { inputs, hidden, outputs, bias } = shape;
    const key = `weights ${init} ${parametrization} ${seed} ${repeat} ${inputs} ${hidden} ${outputs} ${bias}`;
    return this.#keep(key, Float64Array, () => initialWeights(shape, parameters, seed, repeat));
  }

  #keep<Kind extends Draw>(key: string, kind: new () => Kind, draw: () => Kind): Kind {
    const kept = this.#kept.get(key);
    if (kept instanceof kind) return kept;
    const drawn = draw();
    if (drawn.byteLength > MAX_BYTES_OF_ONE) return drawn;
    // A campaign that goes on to other sizes and repeats does not need the old draws.
    if (this.#bytes + drawn.byteLength > MAX_BYTES) {
      this.#kept.clear();
      this.#bytes = 0;
    }
    this.#kept.set(key, drawn);
    this.#bytes += drawn.byteLength;
    return drawn;
  }
}
