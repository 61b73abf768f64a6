import { FlatWeights } from './flat-weights.js';
import type { LayerPlan } from './memory-plan.js';
import type { NetworkOptions, Optimizer } from './network-options.js';
import { type MemoryRecord, networkDoubles } from './record.js';

/** Where a network's weights stand, and whom to tell when they were written from outside. */
interface StateMemory {
  readonly numbers: Float32Array | Float64Array;
  readonly layers: readonly LayerPlan[];
  readonly record: MemoryRecord;
  /** Rebuilds what the kernel derives from the weights. */
  readonly onWritten: () => void;
}

/**
 * All that training goes on from, in and out of the kernel's memory. As one array: the powers of Adam's two rates of
 * decay, then, each flat, the weights, the optimiser's first memory and, where it has one, its second.
 */
export class NetworkState {
  readonly #memory: StateMemory;
  readonly #flat: FlatWeights;
  readonly #arrays: readonly ('weights' | 'first' | 'second')[];

  constructor(memory: StateMemory, { bias, optimizer }: NetworkOptions) {
    this.#memory = memory;
    this.#flat = new FlatWeights(memory.numbers, memory.layers, bias);
    this.#arrays = arraysOf(optimizer);
  }

  /** Starts from these weights with a fresh optimiser. */
  start(weights: Float64Array): void {
    const { count } = this.#flat;
    expect(weights, count, 'weights');
    this.#powers = [1, 1];
    const zeros = new Float64Array(count);
    for (const array of this.#arrays) this.#flat.copy('in', array, array === 'weights' ? weights : zeros, 0);
    this.#memory.onWritten();
  }

  weights(): Float64Array {
    const weights = new Float64Array(this.#flat.count);
    this.#flat.copy('out', 'weights', weights, 0);
    return weights;
  }

  copyOut(): Float64Array {
    const state = new Float64Array(this.#length);
    state.set(this.#powers);
    let at = 2;
    for (const array of this.#arrays) at = this.#flat.copy('out', array, state, at);
    return state;
  }

  restore(state: Float64Array): void {
    expect(state, this.#length, 'state');
    this.#powers = [state[0] ?? 1, state[1] ?? 1];
    let at = 2;
    for (const array of this.#arrays) at = this.#flat.copy('in', array, state, at);
    this.#memory.onWritten();
  }

  get #length(): number {
    return 2 + this.#flat.count * this.#arrays.length;
  }

  get #powers(): readonly [number, number] {
    const { doubles } = this.#memory.record;
    return [doubles[networkDoubles.power1] ?? 1, doubles[networkDoubles.power2] ?? 1];
  }

  set #powers([first, second]: readonly [number, number]) {
    const { doubles } = this.#memory.record;
    doubles[networkDoubles.power1] = first;
    doubles[networkDoubles.power2] = second;
  }
}

/** What training goes on from. */
function arraysOf(optimizer: Optimizer | null): readonly ('weights' | 'first' | 'second')[] {
  if (optimizer === null) return ['weights'];
  return optimizer.kind === 'sgd' ? ['weights', 'first'] : ['weights', 'first', 'second'];
}

function expect(numbers: Float64Array, length: number, what: string): void {
  if (numbers.length !== length) {
    throw new RangeError(`${what} of ${numbers.length} numbers where ${length} belong`);
  }
}
