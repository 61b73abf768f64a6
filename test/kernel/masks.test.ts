import { expect, it } from 'vitest';
import { createNetworkKernel } from '../../src/kernel/create-network-kernel.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import type { SeedWords } from '../../src/kernel/network-kernel.js';
import type { NetworkOptions } from '../../src/kernel/network-options.js';
import { goOn, plainOptions } from './made-up.js';

const kernel = compileKernel();
const units = 96;
const samples = 600;

interface Wanted {
  readonly layer: 0 | 1 | 2;
  readonly share: number;
  readonly seed: SeedWords;
  readonly width?: number;
  readonly precision?: 'f32' | 'f64';
  readonly skipZeros?: 'always' | 'never';
}

/**
 * What each unit of a layer gave for each sample of an epoch. The last layer has an output a sample, weights of
 * 0, and wants 1 of the output that belongs to the sample: after one full step of rate 1 its weight from a unit
 * to an output is what the unit gave for the sample. All else is positive, so only what was dropped gives 0.
 */
function given(wanted: Wanted): number[][] {
  const { layer, share, seed, width = units, precision = 'f64', skipZeros = 'never' } = wanted;
  const options: NetworkOptions = {
    ...plainOptions,
    precision,
    skipZeros,
    inputs: layer === 0 ? width : 1,
    hidden: new Array<number>(layer).fill(width),
    outputs: samples,
    output: 'identity',
    loss: 'squared_error',
    reduction: 'sum',
    bias: false,
    batchSize: Number.POSITIVE_INFINITY,
    dropout: layer === 0 ? 0 : share,
    inputDropout: layer === 0 ? share : 0,
  };
  const values = new Float64Array(samples * samples);
  for (let sample = 0; sample < samples; sample++) values[sample * samples + sample] = 1;
  const network = createNetworkKernel(kernel, options, {
    rows: {
      table: new Float64Array(samples * options.inputs).fill(1),
      rows: null,
      preparation: null,
      targets: { kind: 'numbers', values, mean: 0, scale: 1 },
      weights: null,
    },
  });
  const weights = network.weights().fill(1);
  const last = weights.length - width * samples;
  network.start(weights.fill(0, last));
  network.trainEpoch('rows', { order: null, rate: 1, masks: seed }, goOn);
  const after = network.weights().subarray(last);
  return Array.from({ length: samples }, (_, sample) =>
    Array.from({ length: width }, (_, unit) => after[unit * samples + sample] ?? Number.NaN),
  );
}

const kept = (wanted: Wanted): boolean[] =>
  given(wanted)
    .flat()
    .map((value) => value !== 0);

/** The correlation of two lists of yes and no, in standard errors of independent ones. */
function correlation(a: readonly boolean[], b: readonly boolean[]): number {
  const count = Math.min(a.length, b.length);
  const share = (list: readonly boolean[]): number => list.slice(0, count).filter(Boolean).length / count;
  const pa = share(a);
  const pb = share(b);
  let both = 0;
  for (let k = 0; k < count; k++) if (a[k] && b[k]) both += 1;
  return ((both / count - pa * pb) / Math.sqrt(pa * (1 - pa) * pb * (1 - pb))) * Math.sqrt(count);
}

it.each([0, 1, 2] as const)('drops the configured share in layer %i, to four standard errors', (layer) => {
  for (const share of [0.1, 0.25, 0.5, 0.8]) {
    const list = kept({ layer, share, seed: [1, 2, 3, 4] });
    const dropped = list.filter((isKept) => !isKept).length / list.length;
    const standardError = Math.sqrt((share * (1 - share)) / list.length);
    expect(Math.abs(dropped - share)).toBeLessThan(4 * standardError);
  }
});

it('scales what is kept by 1 / (1 - share)', () => {
  for (const share of [0.25, 0.5, 0.8]) {
    const values = new Set(given({ layer: 1, share, seed: [1, 2, 3, 4] }).flat());
    expect([...values].sort()).toEqual([0, 1 / (1 - share)]);
  }
});

it('draws masks that have nothing to do with one another', () => {
  const seed: SeedWords = [5, 6, 7, 8];
  const base = kept({ layer: 1, share: 0.5, seed });
  const others: [string, boolean[]][] = [
    ['the next unit', base.slice(1)],
    ['the unit after that', base.slice(2)],
    ['the unit four on', base.slice(4)],
    ['the unit sixteen on', base.slice(16)],
    ['the next sample', base.slice(units)],
    ['the sample after that', base.slice(2 * units)],
    ['the layer after', kept({ layer: 2, share: 0.5, seed })],
    ['the inputs', kept({ layer: 0, share: 0.5, seed })],
    ['another first word', kept({ layer: 1, share: 0.5, seed: [6, 6, 7, 8] })],
    ['another second word', kept({ layer: 1, share: 0.5, seed: [5, 7, 7, 8] })],
    ['another third word', kept({ layer: 1, share: 0.5, seed: [5, 6, 8, 8] })],
    ['another last word', kept({ layer: 1, share: 0.5, seed: [5, 6, 7, 9] })],
  ];
  for (const [name, other] of others) {
    expect(Math.abs(correlation(base, other)), name).toBeLessThan(4);
  }
});

it('spreads the number of kept units of a sample, and of kept samples of a unit, as independent draws do', () => {
  const masks = given({ layer: 1, share: 0.5, seed: [9, 9, 9, 9] });
  const perSample = masks.map((row) => row.filter((value) => value !== 0).length);
  const perUnit = Array.from({ length: units }, (_, unit) => masks.filter((row) => row[unit] !== 0).length);
  for (const [counts, draws] of [
    [perSample, units],
    [perUnit, samples],
  ] as const) {
    // Chi squared: the sum of squared deviations over the variance of the binomial distribution.
    const chiSquared = counts.reduce((sum, count) => sum + (count - draws / 2) ** 2 / (draws / 4), 0);
    const standardDeviations = (chiSquared - counts.length) / Math.sqrt(2 * counts.length);
    expect(Math.abs(standardDeviations)).toBeLessThan(4);
  }
});

it('gives a unit the same fate at every width, in both precisions, and whether or not zeros are skipped', () => {
  const share = 0.5;
  const seed: SeedWords = [1, 1, 2, 3];
  const wide = given({ layer: 1, share, seed });
  const narrow = given({ layer: 1, share, seed, width: 10 });
  expect(wide.map((row) => row.slice(0, 10))).toEqual(narrow);
  expect(given({ layer: 1, share, seed, precision: 'f32' })).toEqual(wide);
  expect(given({ layer: 1, share, seed, skipZeros: 'always' })).toEqual(wide);
});

it('drops with a larger share all that it drops with a smaller one', () => {
  const seed: SeedWords = [4, 3, 2, 1];
  const few = kept({ layer: 1, share: 0.2, seed });
  const many = kept({ layer: 1, share: 0.6, seed });
  many.forEach((isKept, k) => {
    if (isKept) expect(few[k]).toBe(true);
  });
});
