import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { activate, answer, plainLoss, predictedClass } from '../../../src/mlp/activation.js';
import type {
  Engine,
  EngineEpoch,
  EngineMeasurement,
  EngineOptions,
  EngineParts,
  SetName,
} from '../../../src/mlp/engine.js';
import { type LayerPlace, layerPlaces } from '../../../src/mlp/network-shape.js';
import { addGradient, multiplyBack } from './gradient.js';
import { keyedMasks, type Masks } from './masks.js';
import { multiply } from './multiply.js';
import { lossAndDelta } from './output-delta.js';
import { type Samples, samplesOf } from './samples.js';
import { slope } from './slope.js';
import { freshMemory, type Memory, update } from './update.js';

/** Four arrays of this many doubles are 1.3 GB. */
const MAX_WEIGHTS = 40_000_000;

/** Prepared rows by the name of their set. */
type PlainSets = Readonly<{ train: Samples } & Partial<Record<SetName, Samples>>>;

/** One layer with room for a block of rows. */
interface Layer {
  readonly place: LayerPlace;
  readonly weights: Float64Array;
  readonly biases: Float64Array | null;
  readonly gradient: Float64Array;
  readonly biasGradient: Float64Array | null;
  /** Activations of the rows; of the last layer the sums, then their deltas. */
  readonly values: Float64Array;
  /** What the next layer is given: the activations after dropout. The same array where nothing is dropped. */
  readonly given: Float64Array;
  readonly mask: Float64Array | null;
  /** The derivative of what is given by the sum, and then of the loss by the sum. */
  readonly slopes: Float64Array;
  readonly deltas: Float64Array;
}

/** The rows of all parts, prepared. */
export function preparedSets({ train, val, test }: EngineParts): PlainSets {
  return {
    train: samplesOf(train),
    ...(val && { val: samplesOf(val) }),
    ...(test && { test: samplesOf(test) }),
  };
}

/** The same, on rows that are prepared already, and with masks from anywhere. */
export class PlainEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #places: readonly LayerPlace[];
  readonly #weights: Float64Array;
  readonly #gradient: Float64Array;
  #memory: Memory;
  /** Rows that are worked on at a time: few where the network is large, so that `shouldStop` is asked often. */
  readonly #blockRows: number;
  readonly #input: Float64Array;
  readonly #inputMask: Float64Array;
  readonly #layers: readonly Layer[];
  readonly #sets: PlainSets;
  readonly #masks: Masks;

  constructor(options: EngineOptions, sets: PlainSets, masks: Masks = keyedMasks(sharesOf(options))) {
    this.#options = options;
    this.#sets = sets;
    this.#masks = masks;
    this.#places = layerPlaces(options.shape);
    const count = this.#places.at(-1)?.end ?? 0;
    if (count > MAX_WEIGHTS) {
      throw new FitfirstError(
        'NETWORK_TOO_LARGE',
        `The network has ${count} weights (${options.shape.inputs} inputs, hidden ` +
          `${options.shape.hidden.join(', ')}, ` +
          `${options.shape.outputs} outputs); at most ${MAX_WEIGHTS} can be trained. Lower \`hidden\`.`,
      );
    }
    this.#weights = new Float64Array(count);
    this.#gradient = new Float64Array(count);
    this.#memory = freshMemory(options.optimizer, count);
    this.#blockRows = Math.max(1, Math.min(64, Math.floor(1_000_000 / count)));
    this.#input = new Float64Array(this.#blockRows * options.shape.inputs);
    this.#inputMask = new Float64Array(this.#input.length);
    this.#layers = this.#places.map((place, l) => this.#layer(place, l < this.#places.length - 1));
  }

  release(): void {}

  #layer(place: LayerPlace, isHidden: boolean): Layer {
    const room = (): Float64Array => new Float64Array(this.#blockRows * place.outputs);
    const { weights, biases, end } = place;
    const after = biases ?? end;
    const values = room();
    const drops = isHidden && this.#options.dropout > 0;
    return {
      place,
      weights: this.#weights.subarray(weights, after),
      biases: biases === null ? null : this.#weights.subarray(biases, end),
      gradient: this.#gradient.subarray(weights, after),
      biasGradient: biases === null ? null : this.#gradient.subarray(biases, end),
      values,
      given: drops ? room() : values,
      mask: drops ? room() : null,
      slopes: isHidden ? room() : new Float64Array(0),
      deltas: isHidden ? room() : values,
    };
  }

  weights(): Float64Array {
    return this.#weights.slice();
  }

  start(weights: Float64Array): void {
    this.#weights.set(weights);
    this.#memory = freshMemory(this.#options.optimizer, weights.length);
  }

  state(): Float64Array {
    const { powers, first, second } = this.#memory;
    const state = new Float64Array(2 + this.#weights.length + first.length + second.length);
    let end = 0;
    for (const part of [powers, this.#weights, first, second]) {
      state.set(part, end);
      end += part.length;
    }
    return state;
  }

  restore(state: Float64Array): void {
    const { powers, first, second } = this.#memory;
    const parts = [powers, this.#weights, first, second];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (state.length !== length) {
      throw new RangeError(`a state of ${state.length} numbers where ${length} belong`);
    }
    let end = 0;
    for (const part of parts) {
      part.set(state.subarray(end, end + part.length));
      end += part.length;
    }
  }

  trainEpoch(plan: EngineEpoch, shouldStop: () => boolean): number | null {
    const { batchSize, reduction, dropout, inputDropout } = this.#options;
    const { rates } = plan;
    const samples = this.#sets.train;
    const order = plan.order ?? Uint32Array.from({ length: samples.rows }, (_, row) => row);
    if (dropout > 0 || inputDropout > 0) this.#masks.begin(plan.masks);
    let loss = 0;
    for (let first = 0, batch = 0; first < order.length; first += batchSize, batch++) {
      const end = Math.min(first + batchSize, order.length);
      const share = reduction === 'mean' ? 1 / (end - first) : 1;
      this.#gradient.fill(0);
      for (let from = first; from < end; from += this.#blockRows) {
        if (shouldStop()) return null;
        const rows = Math.min(this.#blockRows, end - from);
        this.#gather(samples, order, from, rows);
        this.#forward(rows, from);
        loss += this.#outputDeltas(samples, order, from, rows, share);
        this.#backward(rows);
      }
      update(
        this.#options,
        this.#places,
        this.#weights,
        this.#gradient,
        this.#memory,
        rates[batch] as number,
      );
    }
    return loss / order.length;
  }

  answers(set: SetName, shouldStop: () => boolean): Float64Array | null {
    const samples = this.#sets[set];
    if (samples === undefined) throw new RangeError(`this engine has no set "${set}"`);
    const { output, outputs } = this.#options.shape;
    const { values } = this.#last;
    const answers = new Float64Array(samples.rows * outputs);
    for (let from = 0; from < samples.rows; from += this.#blockRows) {
      if (shouldStop()) return null;
      const rows = Math.min(this.#blockRows, samples.rows - from);
      this.#gather(samples, null, from, rows);
      this.#forward(rows, null);
      answer(output, values, rows, outputs);
      answers.set(values.subarray(0, rows * outputs), from * outputs);
    }
    return answers;
  }

  measure(set: SetName, shouldStop: () => boolean): EngineMeasurement | null {
    const samples = this.#sets[set];
    if (samples === undefined) throw new RangeError(`this engine has no set "${set}"`);
    const { output, outputs } = this.#options.shape;
    const { values } = this.#last;
    let loss = 0;
    let correct = 0;
    for (let from = 0; from < samples.rows; from += this.#blockRows) {
      if (shouldStop()) return null;
      const rows = Math.min(this.#blockRows, samples.rows - from);
      this.#gather(samples, null, from, rows);
      this.#forward(rows, null);
      for (let r = 0; r < rows; r++) {
        const target = samples.targets[from + r] as number;
        loss += plainLoss(output, values, r * outputs, outputs, target);
        if (output !== 'identity' && predictedClass(values, r * outputs, outputs) === target) correct += 1;
      }
    }
    // A weight that is no number can hide behind a unit that is never active.
    const isSound = this.#weights.every(Number.isFinite);
    return { loss: isSound ? loss / samples.rows : Number.NaN, correct };
  }

  get #last(): Layer {
    return this.#layers[this.#layers.length - 1] as Layer;
  }

  /** Copies a block of rows in. */
  #gather(samples: Samples, order: Uint32Array | null, from: number, rows: number): void {
    const { inputs } = this.#options.shape;
    for (let r = 0; r < rows; r++) {
      const row = order === null ? from + r : (order[from + r] as number);
      for (let i = 0; i < inputs; i++) {
        this.#input[r * inputs + i] = samples.inputs[row * inputs + i] as number;
      }
    }
  }

  /** Runs the block through all layers; `sample` is its place in the epoch, null where nothing is dropped. */
  #forward(rows: number, sample: number | null): void {
    const { shape, inputDropout } = this.#options;
    const { activation, inputs } = shape;
    if (sample !== null && inputDropout > 0) {
      this.#masks.fill(0, sample, rows, inputs, this.#inputMask);
      scale(this.#input, this.#inputMask, this.#input, rows * inputs);
    }
    let x = this.#input;
    for (let l = 0; l < this.#layers.length; l++) {
      const layer = this.#layers[l] as Layer;
      const { place, values } = layer;
      multiply(x, rows, place.inputs, layer.weights, layer.biases, values, place.outputs);
      if (layer === this.#last) return;
      const count = rows * place.outputs;
      activate(activation, values, count);
      x = values;
      if (sample === null) continue;
      if (layer.mask !== null) {
        this.#masks.fill(l + 1, sample, rows, place.outputs, layer.mask);
        scale(values, layer.mask, layer.given, count);
        x = layer.given;
      }
      this.#slopes(layer, count);
    }
  }

  /**
   * The true slope of what the next layer is given: that of the activation as it was before dropout, times the mask.
   */
  #slopes(layer: Layer, count: number): void {
    const { activation } = this.#options.shape;
    const { values, mask, slopes } = layer;
    for (let k = 0; k < count; k++) {
      const factor = mask === null ? 1 : (mask[k] as number);
      slopes[k] = factor * slope(activation, values[k] as number);
    }
  }

  /** Puts the derivative of the loss by the output sums in their place; returns the loss of the block. */
  #outputDeltas(samples: Samples, order: Uint32Array, from: number, rows: number, share: number): number {
    const { output, outputs } = this.#options.shape;
    const { values } = this.#last;
    let loss = 0;
    for (let r = 0; r < rows; r++) {
      const target = samples.targets[order[from + r] as number] as number;
      loss += lossAndDelta(output, values, r * outputs, outputs, target, this.#options, share);
    }
    return loss;
  }

  /** Adds the block's share to the gradient, from the last layer to the first. */
  #backward(rows: number): void {
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const layer = this.#layers[l] as Layer;
      const before = this.#layers[l - 1];
      const { inputs, outputs } = layer.place;
      const x = before === undefined ? this.#input : before.given;
      addGradient(x, rows, inputs, layer.deltas, outputs, layer.gradient, layer.biasGradient);
      if (before === undefined) return;
      multiplyBack(layer.deltas, rows, outputs, layer.weights, before.slopes, before.deltas, inputs);
    }
  }
}

/** The shares that are dropped, of the inputs and of each hidden layer. */
function sharesOf(options: EngineOptions): number[] {
  return [options.inputDropout, ...options.shape.hidden.map(() => options.dropout)];
}

/** to = from x mask */
function scale(from: Float64Array, mask: Float64Array, to: Float64Array, count: number): void {
  for (let k = 0; k < count; k++) to[k] = (from[k] as number) * (mask[k] as number);
}
