import { expect, it } from 'vitest';
import type { Parameters, ParameterValue } from '../../src/campaign/parameters.js';
import { drawSettings } from '../../src/campaign/search-space.js';
import { expectedOf, scoreModel } from '../../src/importance/expected-scores.js';

const uniform = { kind: 'uniform', min: 0, max: 1 } as const;
const space = { a: uniform, b: uniform, c: uniform };
const metric = { name: 'val_loss', goal: 'minimize' } as const;
const quarter = (value: ParameterValue | undefined): number => Math.floor(4 * Number(value));
const [a, b] = ['a', 'b'].map((name) => ({ name, field: quarter }));

/** A model of random settings with the value of a function each. */
function modelOf(count: number, value: (setting: Parameters) => number) {
  const settings = drawSettings(space, 7, count).map((parameters) => ({
    parameters,
    mean: value(parameters),
    repeats: 1,
  }));
  return scoreModel({ settings, leftOut: 0, noise: null }, { space, metric });
}

it('a model expects the mean over all other parameters, within 0.3 of a sum that goes from 0 to 7', () => {
  const model = modelOf(300, ({ a: x, b: y, c: z }) => 4 * Number(x) + 2 * Number(y) + Number(z));
  const expected = model && a && b && expectedOf(model, a, b);
  for (const column of [0, 1, 2, 3])
    for (const row of [0, 1, 2, 3]) {
      const truth = column + 0.5 + (row + 0.5) / 2 + 0.5;
      expect(Math.abs((expected?.at(column, row) ?? 0) - truth)).toBeLessThan(0.3);
    }
});

it('a model expects nothing of a field whose row or column has no setting', () => {
  const model = modelOf(60, ({ a: x }) => Number(x));
  const expected = model && a && b && expectedOf(model, { ...a, field: () => 0 }, b);
  expect(expected?.at(0, 0)).not.toBeNull();
  expect(expected?.at(1, 0)).toBeNull();
});

it('there is no model of fewer than 8 settings', () => {
  expect(modelOf(7, ({ a: x }) => Number(x))).toBeNull();
});
