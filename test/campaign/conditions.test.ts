import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/campaign/canonical-json.js';
import { drawSetting, grid, gridSize, type SearchSpace } from '../../src/campaign/search-space.js';
import { isActive } from '../../src/campaign/space/conditions.js';
import { isInDomain } from '../../src/campaign/space/in-domain.js';
import { sobolSetting } from '../../src/campaign/space/sobol-setting.js';

const listed = (...values: (string | number)[]) => ({ kind: 'values', values, probabilities: null }) as const;

/** `momentum` stands before what it depends on, and `nesterov` depends on it in turn. */
const space: SearchSpace = {
  nesterov: { ...listed('on', 'off'), when: { momentum: [0.9] } },
  momentum: { ...listed(0, 0.9), when: { optimizer: ['sgd', 'rmsprop'] } },
  optimizer: listed('sgd', 'adam', 'rmsprop'),
  layers: { kind: 'int_uniform', min: 1, max: 3 },
  width: { ...listed(8, 16), when: { layers: [2, 3], optimizer: ['adam'] } },
};

/** Spaces of up to five parameters, each of which may depend on any two of those before it. */
const spaces = fc
  .array(
    fc.record({ size: fc.integer({ min: 1, max: 4 }), parents: fc.array(fc.nat(9), { maxLength: 2 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((parts): SearchSpace => {
    const entries = parts.map(({ size, parents }, i): [string, SearchSpace[string]] => {
      const domain = { kind: 'int_uniform', min: 0, max: size } as const;
      const when = Object.fromEntries(
        parents.filter(() => i > 0).map((parent) => [`p${parent % i}`, [0, ...(parent > 4 ? [1] : [])]]),
      );
      return [`p${i}`, Object.keys(when).length === 0 ? domain : { ...domain, when }];
    });
    return Object.fromEntries(entries.reverse());
  });

describe('conditions between parameters', () => {
  it('leave parameters that are not active out of every setting of the grid, which has none twice', () => {
    const settings = grid(space);
    expect(settings.length).toBe(gridSize(space));
    expect(settings.map((one) => Object.keys(one).join(' '))).toContain('optimizer layers');
    expect(settings).toContainEqual({ nesterov: 'on', momentum: 0.9, optimizer: 'sgd', layers: 1 });
    // sgd and rmsprop: momentum 0, or 0.9 with two values of nesterov; adam: width with two or three layers.
    expect(settings.length).toBe(2 * 3 * 3 + 1 + 2 * 2);
  });

  it('hold in grids and draws of any space', () => {
    fc.assert(
      fc.property(spaces, fc.nat(1000), (any, index) => {
        const settings = grid(any);
        expect(settings.length).toBe(gridSize(any));
        expect(new Set(settings.map(canonicalJson)).size).toBe(settings.length);
        for (const setting of [...settings, drawSetting(any, 1, index), sobolSetting(any, 1, index)]) {
          for (const [name, domain] of Object.entries(any)) {
            const value = setting[name];
            expect(value !== undefined).toBe(isActive(any, setting, name));
            if (value !== undefined) expect(isInDomain(domain, value)).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
