import { describe, expect, it } from 'vitest';
import { drawSetting, type SearchSpace } from '../../src/campaign/search-space.js';
import { isInDomain } from '../../src/campaign/space/in-domain.js';
import { shareOf } from '../../src/campaign/space/quantile.js';
import { sobolSetting } from '../../src/campaign/space/sobol-setting.js';
import { axesOf, coordinatesOf } from '../../src/methods/tpe/coordinates.js';
import { parzen } from '../../src/methods/tpe/parzen.js';
import { priorAxis } from '../../src/methods/tpe/prior-axis.js';
import { type Observed, propose } from '../../src/methods/tpe/propose.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

const plain: SearchSpace = {
  listed: { kind: 'values', values: ['a', 'b', 'c'], probabilities: null },
  sizes: { kind: 'values', values: [8, 16, 32, 64], probabilities: null },
  uniform: { kind: 'uniform', min: -2, max: 8 },
  whole: { kind: 'int_uniform', min: -3, max: 12 },
  steps: { kind: 'q_uniform', min: 0.1, max: 0.9, q: 0.1 },
  log: { kind: 'log_uniform_values', min: 1e-5, max: 1 },
  logSteps: { kind: 'q_log_uniform_values', min: 8, max: 64, q: 8 },
  free: { kind: 'uniform', min: 0, max: 1 },
};
const centers = { listed: 'b', sizes: 16, uniform: 6, whole: -3, steps: 0.9, log: 0.001, logSteps: 32 };
const SPREAD = 0.1;
const space: SearchSpace = Object.fromEntries(
  Object.entries(plain).map(([name, domain]) => {
    const center = Object.entries(centers).find(([one]) => one === name)?.[1];
    return [name, center === undefined ? domain : { ...domain, prior: { center, spread: SPREAD } }];
  }),
);
const DRAWS = 400;

describe.each([
  ['random draws', drawSetting],
  ['Sobol points', sobolSetting],
])('%s with priors', (_, settingAt) => {
  const settings = Array.from({ length: DRAWS }, (_, index) => settingAt(space, 5, index));
  const expected = settings.filter((_, index) => index % 2 === 0);
  const others = settings.filter((_, index) => index % 2 === 1);
  const nearShare = (some: readonly (typeof settings)[number][]): number =>
    some.filter(({ uniform }) => Math.abs(Number(uniform) - 6) < 2).length / some.length;

  it('stay in their domains and begin with the center', () => {
    for (const setting of settings)
      for (const [name, domain] of Object.entries(space))
        expect(isInDomain(domain, setting[name] ?? 'nothing'), `${name} ${setting[name]}`).toBe(true);
    expect(settings[0]).toMatchObject(centers);
  });

  it('lie around the center in every second draw, as far as the spread says', () => {
    const domain = plain.uniform ?? { kind: 'fixed', value: 0 };
    const shares = expected.map(({ uniform }) => shareOf(domain, Number(uniform)));
    const center = shareOf(domain, 6);
    const variance = shares.reduce((sum, at) => sum + (at - center) * (at - center), 0) / shares.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(0.08);
    expect(Math.sqrt(variance)).toBeLessThan(0.11);
    expect(expected.filter(({ listed }) => listed === 'b').length / expected.length).toBeGreaterThan(0.85);
    expect(expected.filter(({ sizes }) => sizes === 64).length).toBeLessThan(10);
  });

  it('fill the domain in the others, and where a parameter has no prior', () => {
    expect(nearShare(others)).toBeGreaterThan(0.3);
    expect(nearShare(others)).toBeLessThan(0.5);
    expect(others.filter(({ listed }) => listed === 'b').length / others.length).toBeLessThan(0.45);
    const free = expected.map(({ free }) => Number(free));
    expect(free.filter((at) => at < 0.25).length / free.length).toBeCloseTo(0.25, 1);
  });
});

it('leaves the other random draws as they are without a prior', () => {
  for (let index = 1; index < 20; index += 2)
    expect(drawSetting(space, 5, index)).toEqual(drawSetting(plain, 5, index));
});

describe('a search with a prior', () => {
  const plane = (center?: number): SearchSpace => ({
    x: { kind: 'uniform', min: 0, max: 1, ...(center !== undefined && { prior: { center, spread: 0.1 } }) },
    y: { kind: 'uniform', min: 0, max: 1, ...(center !== undefined && { prior: { center, spread: 0.1 } }) },
    z: { kind: 'uniform', min: 0, max: 1, ...(center !== undefined && { prior: { center, spread: 0.1 } }) },
  });
  const START = 10;
  const bestOf = (within: SearchSpace, trials: number, seed: number): number => {
    const axes = axesOf(within);
    const observed: Observed[] = [];
    for (let index = 0; index < trials; index++) {
      const stream = keyedStream('prior test', seed, index);
      const [drawn = []] = propose(axes, observed, 'minimize', stream);
      const point = index < START ? coordinatesOf(axes, sobolSetting(within, seed, index)) : drawn;
      const loss = point.reduce((sum, at) => sum + (at - 0.8) * (at - 0.8), 0);
      observed.push({ point, score: loss });
    }
    return Math.min(...observed.map(({ score }) => score));
  };
  const median = (within: SearchSpace, trials: number): number =>
    Array.from({ length: 11 }, (_, seed) => bestOf(within, trials, seed)).sort((a, b) => a - b)[5] ?? 0;

  it('finds good settings sooner if the prior is right', () => {
    expect(median(plane(0.75), 12)).toBeLessThan(0.5 * median(plane(), 12));
  });

  it('finds them all the same if it is wrong', () => {
    expect(median(plane(0.05), 60)).toBeLessThan(1.5 * median(plane(), 40));
  });

  it('has densities that sum to 1 on every axis', () => {
    for (const axis of axesOf(space)) {
      const prior = priorAxis(axis);
      const estimate = parzen([axis], [], [prior]);
      const points =
        axis.kind === 'continuous'
          ? Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000)
          : axis.values.map((_, at) => at);
      const width = axis.kind === 'continuous' ? 1000 : 1;
      const sum = points.reduce((total, at) => total + Math.exp(estimate.logDensity([at])), 0) / width;
      expect(sum, axis.name).toBeCloseTo(1, 3);
    }
  });
});
