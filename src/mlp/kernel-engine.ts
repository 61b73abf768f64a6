import { FitfirstError } from '../campaign/fitfirst-error.js';
import { isMemoryShortage, MemoryShortage } from '../execution/memory-shortage.js';
import { createNetworkKernel, kernelBytes } from '../kernel/create-network-kernel.js';
import type { Kernel } from '../kernel/kernel.js';
import type { NetworkKernel, RowSets } from '../kernel/network-kernel.js';
import type { NetworkOptions } from '../kernel/network-options.js';
import { SpareMemory } from '../kernel/spare-memory.js';
import type {
  Engine,
  EngineEpoch,
  EngineFactory,
  EngineMeasurement,
  EngineOptions,
  EngineParts,
  SetName,
} from './engine.js';
import { outputLoss } from './network-shape.js';
import { rowSetOf } from './trial-part.js';

/**
 * The engine of the product: each network in an instance of the compiled kernel, with memory of its own, of which
 * prepared rows may take up to `residentBytes`. Default: the kernel's.
 */
export function kernelEngines(kernel: Kernel, residentBytes?: number): EngineFactory {
  const spare = new SpareMemory(kernel);
  return (options, parts) => new KernelEngine(spare, options, parts, residentBytes);
}

class KernelEngine implements Engine {
  readonly #network: NetworkKernel<string>;

  constructor(
    spare: SpareMemory,
    options: EngineOptions,
    parts: EngineParts,
    residentBytes: number | undefined,
  ) {
    const network = { ...networkOptions(options), ...(residentBytes !== undefined && { residentBytes }) };
    const sets = rowSets(options, parts);
    this.#network = roomFor(
      () => createNetworkKernel(spare.kernel, network, sets, undefined, spare),
      () => kernelBytes(network, sets),
    );
  }

  weights(): Float64Array {
    return this.#network.weights();
  }

  start(weights: Float64Array): void {
    this.#network.start(weights);
  }

  state(): Float64Array {
    return this.#network.state();
  }

  restore(state: Float64Array): void {
    this.#network.restore(state);
  }

  trainEpoch({ order, rates, masks }: EngineEpoch, shouldStop: () => boolean): number | null {
    return this.#network.trainEpoch('train', { order, rate: rates, masks }, shouldStop);
  }

  measure(set: SetName, shouldStop: () => boolean): EngineMeasurement | null {
    return this.#network.measure(set, shouldStop);
  }

  answers(set: SetName, shouldStop: () => boolean): Float64Array | null {
    return this.#network.predict(set, shouldStop);
  }

  release(): void {
    this.#network.release();
  }
}

function networkOptions(options: EngineOptions): NetworkOptions {
  const { shape } = options;
  return {
    ...outputLoss(shape.output),
    precision: options.precision,
    inputs: shape.inputs,
    hidden: shape.hidden,
    outputs: shape.outputs,
    activation: shape.activation,
    bias: shape.bias,
    optimizer: options.optimizer,
    ...(options.rateFactors && { rateFactors: options.rateFactors }),
    batchSize: options.batchSize,
    reduction: options.reduction,
    weightDecay: options.weightDecay,
    maxNorm: options.maxNorm,
    dropout: options.dropout,
    inputDropout: options.inputDropout,
    labelSmoothing: options.labelSmoothing,
  };
}

/** The training set comes first: what stands first has the better chance of a place in the kernel's memory. */
function rowSets({ classWeights }: EngineOptions, { train, val, test }: EngineParts): RowSets<string> {
  const weights = classWeights && train.targets.map((target) => classWeights[target] ?? 1);
  return {
    train: { ...rowSetOf(train), weights },
    ...(val && { val: rowSetOf(val) }),
    ...(test && { test: rowSetOf(test) }),
  };
}

/** Makes a kernel. Tells a network that is too large for any machine from one that this machine has no room for now. */
function roomFor<Kernel>(make: () => Kernel, bytes: () => number): Kernel {
  try {
    return make();
  } catch (error) {
    if (isMemoryShortage(error)) throw new MemoryShortage(bytes(), { cause: error });
    if (!(error instanceof RangeError)) throw error;
    throw new FitfirstError('NETWORK_TOO_LARGE', `The network cannot be trained: ${error.message}.`, {
      cause: error,
    });
  }
}
