import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/campaign/parameters.js';
import { drawSettings, type SearchSpace } from '../../src/campaign/search-space.js';
import { type Importance, importanceAmong } from '../../src/importance/importance.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

const metric = { name: 'val_loss', goal: 'minimize' } as const;

/** Random settings of a space, each with the value of a function. */
function scored(space: SearchSpace, count: number, value: (setting: Parameters) => number, seed = 7) {
  const settings = drawSettings(space, seed, count).map((parameters) => ({
    parameters,
    mean: value(parameters),
    repeats: 1,
  }));
  return { settings, leftOut: 0, noise: null };
}

function shares(importance: Importance | null): Record<string, number> {
  return Object.fromEntries((importance?.parameters ?? []).map(({ name, share }) => [name, share]));
}

function amongBest(importance: Importance | null): Record<string, number> {
  return Object.fromEntries((importance?.parameters ?? []).map((one) => [one.name, one.amongBest]));
}

const uniform = (min: number, max: number) => ({ kind: 'uniform', min, max }) as const;
const log = (min: number, max: number) => ({ kind: 'log_uniform_values', min, max }) as const;
const values = (...list: (string | number)[]) =>
  ({ kind: 'values', values: list, probabilities: null }) as const;
const at = (setting: Parameters, name: string): number => Number(setting[name] ?? 0);

describe('importance of the parameters of known functions', () => {
  it('sizes the terms of a sum within 0.05 of their shares', () => {
    // The variance of c·x is c²/12 for x uniform on [0, 1]: 16, 4 and 1 of 21; d has no effect.
    const space = { a: uniform(0, 1), b: uniform(0, 1), c: uniform(0, 1), d: uniform(0, 1) };
    const found = importanceAmong(
      scored(space, 300, (x) => 4 * at(x, 'a') + 2 * at(x, 'b') + at(x, 'c')),
      space,
      metric,
    );
    const { a = 0, b = 0, c = 0, d = 1 } = shares(found);
    expect(Math.abs(a - 16 / 21)).toBeLessThan(0.05);
    expect(Math.abs(b - 4 / 21)).toBeLessThan(0.05);
    expect(Math.abs(c - 1 / 21)).toBeLessThan(0.05);
    expect(d).toBeLessThan(0.01);
    expect(found?.parameters.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([7, 8, 9])(
    'sizes and ranks the effects of the Ishigami function within 0.05 (draws %i)',
    (seed) => {
      // Sobol' indices for a = 7, b = 0.1: S1 = 0.314, S2 = 0.442, S3 = 0, S13 = 0.244, the others 0.
      const space = {
        x1: uniform(-Math.PI, Math.PI),
        x2: uniform(-Math.PI, Math.PI),
        x3: uniform(-Math.PI, Math.PI),
      };
      const ishigami = (x: Parameters): number =>
        Math.sin(at(x, 'x1')) * (1 + 0.1 * at(x, 'x3') ** 4) + 7 * Math.sin(at(x, 'x2')) ** 2;
      const found = importanceAmong(scored(space, 300, ishigami, seed), space, metric);
      expect(found?.parameters.map(({ name }) => name)).toEqual(['x2', 'x1', 'x3']);
      const { x1 = 0, x2 = 0, x3 = 1 } = shares(found);
      expect(Math.abs(x1 - 0.314)).toBeLessThan(0.05);
      expect(Math.abs(x2 - 0.442)).toBeLessThan(0.05);
      expect(x3).toBeLessThan(0.02);
      const [first, ...others] = found?.pairs ?? [];
      expect(first?.names).toEqual(['x1', 'x3']);
      expect(Math.abs((first?.share ?? 0) - 0.244)).toBeLessThan(0.05);
      expect(others.every(({ share }) => share < 0.02)).toBe(true);
    },
  );

  it('states a standard error that is as large as the error with few settings', () => {
    const space = { a: uniform(0, 1), b: uniform(0, 1), c: uniform(0, 1) };
    const value = (x: Parameters): number => Math.sin(8 * at(x, 'a')) + at(x, 'b') + at(x, 'c');
    const errorsWith = (count: number): readonly number[] =>
      (importanceAmong(scored(space, count, value), space, metric)?.parameters ?? []).map(
        ({ error }) => error,
      );
    const [few, many] = [Math.max(...errorsWith(30)), Math.max(...errorsWith(300))];
    expect(few).toBeGreaterThan(0.05);
    expect(many).toBeLessThan(few / 2);
  });

  it('measures a log scale in the logarithm, and a choice by its values', () => {
    // log10 of the rate is uniform on [-4, 0]: variance 16/12. The optimizer adds 0 or 2: variance 1.
    const space = { rate: log(1e-4, 1), optimizer: values('sgd', 'adam'), idle: values('p', 'q', 'r') };
    const found = importanceAmong(
      scored(space, 200, (x) => Math.log10(at(x, 'rate')) + (x.optimizer === 'adam' ? 2 : 0)),
      space,
      metric,
    );
    const { rate = 0, optimizer = 0, idle = 1 } = shares(found);
    expect(Math.abs(rate - 16 / 28)).toBeLessThan(0.05);
    expect(Math.abs(optimizer - 12 / 28)).toBeLessThan(0.05);
    expect(idle).toBeLessThan(0.01);
  });

  it('attributes to a conditional parameter only what it does while it is active', () => {
    // Half of the settings have a momentum, whose effect has variance 1/12 among them, and 1/48 + 0 over the space.
    const space: SearchSpace = {
      optimizer: values('sgd', 'adam'),
      momentum: { ...uniform(0, 1), when: { optimizer: ['sgd'] } },
    };
    const found = importanceAmong(
      scored(space, 300, (x) => (x.optimizer === 'sgd' ? at(x, 'momentum') - 0.5 : 1)),
      space,
      metric,
    );
    // The mean of the marginals: optimizer 1/4; momentum (m - 0.5)/2, 1/48; together another 1/48.
    const total = 1 / 4 + 1 / 48 + 1 / 48;
    const { optimizer = 0, momentum = 0 } = shares(found);
    expect(Math.abs(optimizer - 1 / 4 / total)).toBeLessThan(0.05);
    expect(Math.abs(momentum - 1 / 48 / total)).toBeLessThan(0.03);
    expect(found?.pairs[0]?.share).toBeGreaterThan(0.04);
  });

  it('gives almost nothing to a parameter that only chance moves', () => {
    const space = { hidden: values(8, 16, 32, 64), dropout: uniform(0, 0.9), seedless: uniform(0, 1) };
    const noisy = (count: number, effect: number) => {
      const settings = drawSettings(space, 3, count).map((parameters, i) => {
        const stream = keyedStream('noise', i);
        const chance = (stream.normal() + stream.normal() + stream.normal()) / 3;
        return { parameters, mean: effect * at(parameters, 'dropout') + chance, repeats: 3 };
      });
      return { settings, leftOut: 0, noise: 1 };
    };
    const found = importanceAmong(noisy(60, 8), space, metric);
    const { dropout = 0, hidden = 1, seedless = 1 } = shares(found);
    expect(dropout).toBeGreaterThan(0.85);
    expect(hidden).toBeLessThan(0.03);
    expect(seedless).toBeLessThan(0.05);
    const blind = importanceAmong({ ...noisy(60, 8), noise: null }, space, metric);
    expect(shares(blind).seedless ?? 0).toBeGreaterThanOrEqual(seedless);
    const none = importanceAmong(noisy(60, 0), space, metric);
    expect(none?.chance).toBeGreaterThan(0.7);
    expect(Math.max(...Object.values(shares(none)))).toBeLessThan(0.1);
  });

  it('finds by PED-ANOVA what sets the best quarter apart, where fANOVA sees only the worst', () => {
    // A large rate ruins the score. Among the good settings only the dropout matters.
    const space = { rate: log(1e-4, 1), dropout: uniform(0, 1), idle: uniform(0, 1) };
    const found = importanceAmong(
      scored(space, 300, (x) => (at(x, 'rate') > 0.3 ? 100 : 0) + Math.abs(at(x, 'dropout') - 0.5)),
      space,
      metric,
    );
    expect(shares(found).rate).toBeGreaterThan(0.9);
    const { dropout = 0, rate = 1, idle = 1 } = amongBest(found);
    expect(dropout).toBeGreaterThan(0.8);
    expect(rate).toBeLessThan(0.2);
    expect(idle).toBeLessThan(0.05);
    expect(dropout + rate + idle).toBeCloseTo(1, 12);
  });

  it('says nothing of few settings, and the same to the last bit when it is asked again', () => {
    const space = { a: uniform(0, 1), b: values(1, 2, 3) };
    const value = (x: Parameters): number => at(x, 'a') * at(x, 'b');
    expect(importanceAmong(scored(space, 7, value), space, metric)).toBeNull();
    const found = importanceAmong(scored(space, 40, value), space, metric);
    expect(found).not.toBeNull();
    expect(importanceAmong(scored(space, 40, value), space, metric)).toEqual(found);
  });
});
