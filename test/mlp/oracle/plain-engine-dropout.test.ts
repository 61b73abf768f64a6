import { describe, expect, it } from 'vitest';
import { keyedWords } from '../../../src/numeric/keyed-stream.js';
import { engineOptions, never, plainEngine, plainPlan, randomSamples, randomWeights } from '../engines.js';
import { keyedMasks } from './masks.js';

const DRAWS = 100_000;

function masks(share: number, count: number, layer: number, ...key: (string | number)[]): Float64Array {
  const drawn = keyedMasks(new Array<number>(layer + 1).fill(share));
  drawn.begin(keyedWords(...key));
  const mask = new Float64Array(count);
  drawn.fill(layer, 0, count, 1, mask);
  return mask;
}

/** The correlation of two series of kept and dropped, in standard errors of what independence gives. */
function correlation(a: Float64Array, b: Float64Array, share: number): number {
  const [kept, variance] = [1 - share, share * (1 - share)];
  let sum = 0;
  a.forEach((value, k) => {
    sum += ((value > 0 ? 1 : 0) - kept) * (((b[k] ?? 0) > 0 ? 1 : 0) - kept);
  });
  return sum / variance / Math.sqrt(a.length);
}

describe('dropout', () => {
  it.each([0.05, 0.2, 0.5, 0.8, 0.99])('drops a share of %f, to 4 standard errors', (share) => {
    const mask = masks(share, DRAWS, 1, 'share', share);
    const dropped = mask.filter((factor) => factor === 0).length / DRAWS;
    expect(Math.abs(dropped - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / DRAWS));
  });

  it.each([0.2, 0.5, 0.8])('scales what it keeps so that the mean stays the same, at %f', (share) => {
    const mask = masks(share, DRAWS, 1, 'scale', share);
    expect(new Set(mask)).toEqual(new Set([0, 1 / (1 - share)]));
    const mean = mask.reduce((sum, factor) => sum + factor, 0) / DRAWS;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(share / (1 - share) / DRAWS));
  });

  it('is independent from layer to layer, epoch to epoch, repeat to repeat and sample to sample', () => {
    const one = masks(0.5, DRAWS, 1, 7, 'dropout', 1, 1);
    const others = {
      layer: masks(0.5, DRAWS, 2, 7, 'dropout', 1, 1),
      epoch: masks(0.5, DRAWS, 1, 7, 'dropout', 1, 2),
      repeat: masks(0.5, DRAWS, 1, 7, 'dropout', 2, 1),
      seed: masks(0.5, DRAWS, 1, 8, 'dropout', 1, 1),
    };
    for (const other of Object.values(others)) {
      expect(Math.abs(correlation(one, other, 0.5))).toBeLessThan(4);
    }
    for (const distance of [1, 2, 16, 64]) {
      const shifted = one.subarray(distance);
      expect(Math.abs(correlation(one.subarray(0, shifted.length), shifted, 0.5))).toBeLessThan(4);
    }
  });

  it('drops at a larger share all that it drops at a smaller one, so that shares are compared in pairs', () => {
    const [few, many] = [masks(0.2, 1000, 1, 'nested'), masks(0.5, 1000, 1, 'nested')];
    const escaped = few.filter((factor, k) => factor === 0 && many[k] !== 0);
    expect(escaped).toHaveLength(0);
  });

  it('gives each sample of a batch a mask of its own', () => {
    // Two equal rows under one mask would have equal objectives; trained alone, each is one batch.
    const options = engineOptions({ hidden: [8] }, { dropout: 0.5, batchSize: 1 });
    const weights = randomWeights(options.shape, 'own mask');
    const row = randomSamples(options.shape, 1);
    const objectives = Array.from({ length: 6 }, (_, rows) => {
      const samples = {
        rows: rows + 1,
        inputs: Float64Array.from({ length: (rows + 1) * 3 }, (_, k) => row.inputs[k % 3] ?? 0),
        targets: new Float64Array(rows + 1).fill(row.targets[0] ?? 0),
      };
      const engine = plainEngine(options, samples);
      engine.start(weights);
      return (engine.trainEpoch(plainPlan(rows + 1, 1, 0), never) ?? Number.NaN) * (rows + 1);
    });
    const own = objectives.map((total, k) => (total - (objectives[k - 1] ?? 0)).toFixed(9));
    expect(new Set(own).size).toBeGreaterThan(3);
  });

  it('never drops anything in evaluation', () => {
    const { shape } = engineOptions({ hidden: [6, 6] });
    const samples = randomSamples(shape, 50);
    const weights = randomWeights(shape, 'evaluation');
    const [measured, expected] = [0.9, 0].map((share) => {
      const engine = plainEngine(engineOptions(shape, { dropout: share, inputDropout: share }), samples);
      engine.start(weights);
      return engine.measure('train', never);
    });
    expect(measured).toEqual(expected);
  });

  it('changes nothing at a share of 0, whatever the key of the masks', () => {
    const options = engineOptions();
    const samples = randomSamples(options.shape, 20);
    const weights = randomWeights(options.shape, 'off');
    const trained = [1, 2].map((epoch) => {
      const engine = plainEngine(options, samples);
      engine.start(weights);
      engine.trainEpoch(plainPlan(20, 5, 0.1, epoch), never);
      return engine.weights();
    });
    expect(trained[0]).toEqual(trained[1]);
  });
});
