import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNetworkKernel } from '../../src/kernel/create-network-kernel.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import type { SeedWords } from '../../src/kernel/network-kernel.js';
import { dropShares, type NetworkOptions, type OutputLoss } from '../../src/kernel/network-options.js';
import { anyNetwork } from './any-network.js';
import { keptUnits, shuffledOrder } from './keyed-draws.js';
import { goOn, madeUpRows, madeUpWeights } from './made-up.js';
import { type Kept, Oracle } from './oracle.js';

const kernel = compileKernel();

/** The largest difference, as a share of the largest weight. */
function difference(found: Float64Array, expected: readonly number[]): number {
  const largest = expected.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  return (
    expected.reduce((most, w, k) => {
      const apart = Math.abs((found[k] ?? Number.NaN) - w);
      return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart);
    }, 0) / largest
  );
}

function trainBoth(
  network: Omit<NetworkOptions, 'precision'> & OutputLoss,
  precision: 'f32' | 'f64',
  rows: number,
  seed: number,
  weighted: boolean,
): { apart: number; lossApart: number; measuredApart: number; sameCorrect: boolean } {
  const options: NetworkOptions = { ...network, precision };
  const weights = madeUpWeights(options, seed);
  const data = madeUpRows(options, rows, seed + 1, weighted);
  const instance = createNetworkKernel(kernel, options, { training: data.set });
  instance.start(weights);
  const oracle = new Oracle(options, weights);
  const batches = Math.ceil(rows / Math.min(rows, options.batchSize));
  const shares = dropShares(options);
  let lossApart = 0;
  for (let epoch = 0, updates = 0; updates < 50; epoch++, updates += batches) {
    const order: SeedWords = [seed, 1, 0, epoch];
    const masks: SeedWords = [seed, 2, 0, epoch];
    const rates = Float64Array.from({ length: batches }, (_, k) => 0.01 / (1 + epoch + k));
    const drawn = new Map<string, boolean[]>();
    const kept: Kept = (layer, sample, unit) => {
      const key = `${layer} ${sample}`;
      let units = drawn.get(key);
      if (units === undefined) {
        units = keptUnits(masks, layer, sample, 64, shares[layer] ?? 0);
        drawn.set(key, units);
      }
      return units[unit] ?? false;
    };
    const found = instance.trainEpoch('training', { order, rate: rates, masks }, goOn) ?? Number.NaN;
    const expected = oracle.epoch(data.oracle, shuffledOrder(order, rows), Array.from(rates), kept);
    lossApart = Math.max(lossApart, Math.abs(found - expected) / (1 + Math.abs(expected)));
  }
  const measured = instance.measure('training', goOn);
  const expected = oracle.measure(data.oracle);
  return {
    apart: difference(instance.weights(), oracle.flat()),
    lossApart,
    measuredApart: Math.abs((measured?.loss ?? Number.NaN) - expected.loss) / (1 + expected.loss),
    sameCorrect:
      options.output === 'identity' ? measured?.correct === 0 : measured?.correct === expected.correct,
  };
}

it('comes to the weights of the formulas within 1e-12 after 50 updates in double precision', () => {
  fc.assert(
    fc.property(anyNetwork, ({ options, rows, seed, weighted }) => {
      const result = trainBoth(options, 'f64', rows, seed, weighted);
      expect(result.apart).toBeLessThan(1e-12);
      expect(result.lossApart).toBeLessThan(1e-12);
      expect(result.measuredApart).toBeLessThan(1e-12);
      expect(result.sameCorrect).toBe(true);
    }),
    { numRuns: 100, seed: 20261 },
  );
});

it('comes to the weights of the formulas within 1e-4 after 50 updates in single precision', () => {
  fc.assert(
    fc.property(anyNetwork, ({ options, rows, seed, weighted }) => {
      const result = trainBoth(options, 'f32', rows, seed, weighted);
      expect(result.apart).toBeLessThan(1e-4);
      expect(result.lossApart).toBeLessThan(1e-4);
      expect(result.measuredApart).toBeLessThan(1e-4);
    }),
    { numRuns: 100, seed: 20261 },
  );
});
