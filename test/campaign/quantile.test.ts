import { describe, expect, it } from 'vitest';
import type { Domain } from '../../src/campaign/domain.js';
import { isInDomain } from '../../src/campaign/space/in-domain.js';
import { shareOf, valueAt } from '../../src/campaign/space/quantile.js';
import { sobolSetting } from '../../src/campaign/space/sobol-setting.js';

const domains: Readonly<Record<string, Domain>> = {
  fixed: { kind: 'fixed', value: 3 },
  listed: { kind: 'values', values: ['a', 'b', 'c'], probabilities: null },
  weighted: { kind: 'values', values: ['a', 'b', 'c'], probabilities: [0.25, 0, 0.75] },
  uniform: { kind: 'uniform', min: -2, max: 7 },
  whole: { kind: 'int_uniform', min: -3, max: 12 },
  steps: { kind: 'q_uniform', min: 0.1, max: 0.9, q: 0.1 },
  log: { kind: 'log_uniform_values', min: 1e-5, max: 1 },
  logSteps: { kind: 'q_log_uniform_values', min: 8, max: 64, q: 8 },
  normal: { kind: 'normal', mu: 2, sigma: 3, bounds: null },
  bounded: { kind: 'normal', mu: 2, sigma: 3, bounds: { min: 1, max: 2.5 } },
  far: { kind: 'normal', mu: 0, sigma: 1, bounds: { min: 50, max: 60 } },
  normalSteps: { kind: 'q_normal', mu: 0, sigma: 2, q: 0.5, bounds: { min: -3, max: 3 } },
};

describe('shares of a domain', () => {
  it('give values of the domain that rise with the share', () => {
    for (const [name, domain] of Object.entries(domains)) {
      const values = [1e-10, 0.01, 0.2, 0.5, 0.77, 0.99, 1 - 1e-10].map((share) => valueAt(domain, share));
      for (const value of values) expect(isInDomain(domain, value), `${name} ${value}`).toBe(true);
      if (typeof values[0] === 'number')
        expect(values).toEqual([...values].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it('are given back by values of continuous domains', () => {
    for (const name of ['uniform', 'log', 'normal', 'bounded']) {
      const domain = domains[name] ?? { kind: 'fixed', value: 0 };
      for (const share of [0.01, 0.3, 0.9])
        expect(shareOf(domain, Number(valueAt(domain, share)))).toBeCloseTo(share, 9);
    }
  });

  it('make settings of a Sobol sequence that have each listed value as often as is likely', () => {
    const settings = Array.from({ length: 64 }, (_, index) => sobolSetting(domains, 1, index));
    expect(settings.filter(({ weighted }) => weighted === 'a')).toHaveLength(16);
    expect(settings.filter(({ weighted }) => weighted === 'b')).toHaveLength(0);
    expect(new Set(settings.map(({ uniform }) => Math.floor(((Number(uniform) + 2) / 9) * 64))).size).toBe(
      64,
    );
    for (const setting of settings) expect(Object.keys(setting)).toEqual(Object.keys(domains));
  });
});
