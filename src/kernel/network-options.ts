/** What a hidden unit does with the sum of its inputs. */
export type Activation = 'relu' | 'tanh' | 'sigmoid';

/**
 * What stands at the end of a network, and the loss of one row, summed over outputs:
 * - `softmax`, `cross_entropy`: probabilities of the classes; minus the logarithm of the right one;
 * - `sigmoid`, `cross_entropy`: a probability an output, each with its binary cross-entropy;
 * - `sigmoid` or `identity`, `squared_error`: half the squared error.
 */
export type OutputLoss =
  | { readonly output: 'softmax'; readonly loss: 'cross_entropy' }
  | { readonly output: 'sigmoid'; readonly loss: 'cross_entropy' | 'squared_error' }
  | { readonly output: 'identity'; readonly loss: 'squared_error' };

/** How weights follow the gradient. */
export type Optimizer =
  /** v = momentum v + g; the step is v, or with nesterov g + momentum v (Sutskever et al. 2013). */
  | { readonly kind: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  /** Kingma and Ba 2015: beta 0.9 and 0.999, epsilon 1e-8 outside of the root, bias-corrected. */
  | { readonly kind: 'adam' }
  /** Loshchilov and Hutter 2019: weight decay times the rate is taken off the weight first, then adam. */
  | { readonly kind: 'adamw' };

/** By what the learning rate is multiplied in a layer. The weight decay of adamw is not multiplied. */
export interface RateFactors {
  readonly weights: number;
  readonly biases: number;
}

/** What a network and its training are built for: nothing in here changes while a trial runs. */
export type NetworkOptions = OutputLoss & {
  /** Arithmetic of everything but sums of losses, which are always double. */
  readonly precision: 'f32' | 'f64';
  readonly inputs: number;
  /** Units of each hidden layer, from the inputs on; none is allowed. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  readonly bias: boolean;
  /** null for a network that is only to measure and predict: it takes no memory for anything else. */
  readonly optimizer: Optimizer | null;
  /** Rows of an update; the last of an epoch has what is left. Infinity: all of them. */
  readonly batchSize: number;
  /** Whether a batch's gradient is the mean over its rows (their number, whatever they weigh) or the sum. */
  readonly reduction: 'mean' | 'sum';
  /** Times the weight, added to its gradient; with adamw decoupled from it. 0 is off; never on biases. */
  readonly weightDecay: number;
  /** Bound on the length of a hidden unit's incoming weights (without bias) after each update; 0 is off. */
  readonly maxNorm: number;
  /** Factors of the learning rate of each layer, the outputs last. Default: all 1. */
  readonly rateFactors?: readonly RateFactors[];
  /** Share of the units that is dropped in training: one for all hidden layers, or one a layer. */
  readonly dropout: number | readonly number[];
  /** Share of the inputs that is dropped in training. */
  readonly inputDropout: number;
  /** A target t of a class becomes (1 - s) t + s / classes, in training only; two classes for one sigmoid output. */
  readonly labelSmoothing: number;
  /**
   * Whether products skip units that are zero (not active, or dropped): `auto` where it is expected to pay.
   * It changes the speed and no bit of any finite result. Default `auto`.
   */
  readonly skipZeros?: 'auto' | 'always' | 'never';
  /**
   * Bytes that sets may take in the kernel's memory, prepared; rows of sets that do not fit are fetched each time
   * they are needed. It changes no bit of any result. Default 32 MiB.
   */
  readonly residentBytes?: number;
};

/** The shares dropped from the inputs and from each hidden layer, in this order. */
export function dropShares(options: NetworkOptions): readonly number[] {
  const { dropout, hidden, inputDropout } = options;
  const ofHidden = typeof dropout === 'number' ? hidden.map(() => dropout) : dropout;
  return [inputDropout, ...ofHidden];
}

/** Throws RangeError with a plain sentence where the options contradict themselves or leave their range. */
export function checkOptions(options: NetworkOptions): void {
  const whole = (name: string, value: number): void => {
    if (!Number.isInteger(value) || value < 1 || value > 65_536) {
      throw new RangeError(`${name} is ${value}; expected a whole number from 1 to 65536`);
    }
  };
  whole('inputs', options.inputs);
  whole('outputs', options.outputs);
  options.hidden.forEach((units, layer) => {
    whole(`hidden layer ${layer + 1}`, units);
  });
  const { batchSize } = options;
  if (batchSize !== Number.POSITIVE_INFINITY && (!Number.isInteger(batchSize) || batchSize < 1)) {
    throw new RangeError(`batchSize is ${batchSize}; expected a whole number of rows from 1, or Infinity`);
  }
  const shares = dropShares(options);
  if (shares.length !== options.hidden.length + 1) {
    throw new RangeError(
      `dropout has ${shares.length - 1} shares; expected one for all hidden layers, or ${options.hidden.length}`,
    );
  }
  for (const share of [...shares, options.labelSmoothing]) {
    if (!(share >= 0 && share < 1)) throw new RangeError(`a share is ${share}; expected 0 or more, below 1`);
  }
  const { rateFactors = [], hidden } = options;
  if (rateFactors.length !== 0 && rateFactors.length !== hidden.length + 1) {
    throw new RangeError(`rateFactors has ${rateFactors.length} layers; expected ${hidden.length + 1}`);
  }
  for (const [name, value] of [
    ...rateFactors.flatMap(({ weights, biases }) => [
      ['rateFactors', weights] as const,
      ['rateFactors', biases] as const,
    ]),
    ['weightDecay', options.weightDecay],
    ['maxNorm', options.maxNorm],
    ['momentum', options.optimizer?.kind === 'sgd' ? options.optimizer.momentum : 0],
  ] as const) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${name} is ${value}; expected 0 or a positive number`);
    }
  }
}
