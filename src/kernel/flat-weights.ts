import type { LayerPlan } from './memory-plan.js';

/** The arrays that are shaped as the weights: they themselves, and the optimiser's memory. */
type WeightArray = 'weights' | 'first' | 'second';

const biasArray = { weights: 'bias', first: 'biasFirst', second: 'biasSecond' } as const;

type Direction = 'out' | 'in';

/**
 * The kernel's weights as one flat array: layer after layer, in each the weights (the one from input i to output j
 * at i * outputs + j), then its biases where it has any.
 */
export class FlatWeights {
  readonly count: number;
  readonly #numbers: Float32Array | Float64Array;
  readonly #layers: readonly LayerPlan[];
  readonly #biased: boolean;

  constructor(numbers: Float32Array | Float64Array, layers: readonly LayerPlan[], biased: boolean) {
    this.#numbers = numbers;
    this.#layers = layers;
    this.#biased = biased;
    this.count = layers.reduce((sum, { inputs, outputs }) => sum + (inputs + (biased ? 1 : 0)) * outputs, 0);
  }

  /** Copies an array from or to place `at` of a flat one, and returns the place behind its last number. */
  copy(direction: Direction, array: WeightArray, flat: Float64Array, at: number): number {
    let next = at;
    for (const layer of this.#layers) {
      next = this.#copyPanels(direction, layer[array], layer, flat, next);
      if (this.#biased) next = this.#copyRow(direction, layer[biasArray[array]], layer, flat, next);
    }
    return next;
  }

  #copyPanels(
    direction: Direction,
    address: number,
    layer: LayerPlan,
    flat: Float64Array,
    at: number,
  ): number {
    const numbers = this.#numbers;
    const perLine = 64 / numbers.BYTES_PER_ELEMENT;
    const start = address / numbers.BYTES_PER_ELEMENT;
    const { inputs, outputs, inputsPadded } = layer;
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < outputs; j++) {
        const panel = Math.floor(j / perLine);
        const place = start + (panel * inputsPadded + i) * perLine + (j - panel * perLine);
        const flatPlace = at + i * outputs + j;
        if (direction === 'out') flat[flatPlace] = numbers[place] as number;
        else numbers[place] = flat[flatPlace] as number;
      }
    }
    return at + inputs * outputs;
  }

  #copyRow(direction: Direction, address: number, layer: LayerPlan, flat: Float64Array, at: number): number {
    const start = address / this.#numbers.BYTES_PER_ELEMENT;
    for (let j = 0; j < layer.outputs; j++) {
      if (direction === 'out') flat[at + j] = this.#numbers[start + j] as number;
      else this.#numbers[start + j] = flat[at + j] as number;
    }
    return at + layer.outputs;
  }
}
