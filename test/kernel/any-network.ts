import fc from 'fast-check';
import type { OutputLoss } from '../../src/kernel/network-options.js';

const outputLosses: OutputLoss[] = [
  { output: 'softmax', loss: 'cross_entropy' },
  { output: 'sigmoid', loss: 'cross_entropy' },
  { output: 'sigmoid', loss: 'squared_error' },
  { output: 'identity', loss: 'squared_error' },
];

/** A network and its training, with everything that an option can be. */
export const anyNetwork = fc
  .record({
    ending: fc.constantFrom(...outputLosses),
    inputs: fc.integer({ min: 1, max: 40 }),
    hidden: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
    outputs: fc.integer({ min: 1, max: 12 }),
    activation: fc.constantFrom('relu' as const, 'tanh' as const, 'sigmoid' as const),
    bias: fc.boolean(),
    optimizer: fc.constantFrom(
      { kind: 'sgd', momentum: 0, nesterov: false } as const,
      { kind: 'sgd', momentum: 0.9, nesterov: false } as const,
      { kind: 'sgd', momentum: 0.9, nesterov: true } as const,
      { kind: 'adam' } as const,
      { kind: 'adamw' } as const,
    ),
    batchSize: fc.constantFrom(1, 3, 8, 17, Number.POSITIVE_INFINITY),
    reduction: fc.constantFrom('mean' as const, 'sum' as const),
    weightDecay: fc.constantFrom(0, 0.01),
    maxNorm: fc.constantFrom(0, 1.25),
    share: fc.constantFrom(0, 0.25, 0.5),
    inputDropout: fc.constantFrom(0, 0.25),
    labelSmoothing: fc.constantFrom(0, 0.125),
    factors: fc.option(fc.array(fc.constantFrom(0.25, 0.7, 1, 3), { minLength: 8, maxLength: 8 })),
    skipZeros: fc.constantFrom('auto' as const, 'always' as const, 'never' as const),
    weighted: fc.boolean(),
    rows: fc.integer({ min: 1, max: 40 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
  })
  .map(({ ending, share, weighted, rows, seed, factors, ...rest }) => ({
    options: {
      ...rest,
      ...ending,
      outputs: ending.output === 'softmax' ? Math.max(2, rest.outputs) : rest.outputs,
      labelSmoothing: ending.output === 'identity' ? 0 : rest.labelSmoothing,
      dropout: share,
      ...(factors !== null && {
        rateFactors: [...rest.hidden, rest.outputs].map((_, l) => ({
          weights: factors[2 * l] ?? 1,
          biases: factors[2 * l + 1] ?? 1,
        })),
      }),
    },
    weighted,
    rows,
    seed,
  }));
