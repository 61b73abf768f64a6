import { describe, expect, it } from 'vitest';
import { dropoutSettings } from '../../src/methods/fit-first/race/dropout-settings.js';
import { fitFirstOptions } from '../support/fit-first-options.js';

const base = (hidden: number) => ({ hidden, dropout: 0, learning_rate: 0.01 });
const options = fitFirstOptions({
  dropout: [{ dropout: 0 }, { dropout: 0.2 }, { dropout: 0.5 }],
  retune: [],
});
const pairs = (settings: ReturnType<typeof dropoutSettings>): unknown[] =>
  settings.map(({ hidden, dropout }) => [hidden, dropout]);

describe('the settings of the dropout race', () => {
  it('are all dropout values at the fitted and the grown size', () => {
    expect(pairs(dropoutSettings([base(8), base(32)], options))).toEqual([
      [8, 0],
      [8, 0.2],
      [8, 0.5],
      [32, 0],
      [32, 0.2],
      [32, 0.5],
    ]);
  });

  it('have a raised learning rate in wider networks, where the config asks for it', () => {
    const raising = { ...options, widen: 'dropout', raise: 'learning_rate' };
    const rates = dropoutSettings([base(8)], raising).map((one) => [one.hidden, one.learning_rate]);
    expect(rates).toEqual([
      [8, 0.01],
      [8, 0.01],
      [10, 0.0125],
      [8, 0.01],
      [16, 0.02],
    ]);
  });

  it('have networks that are widened with the rate, up to the limits, where the config asks for them', () => {
    const widening = { ...options, widen: 'dropout', until: { cost: null, trials: null, size: 40 } };
    expect(pairs(dropoutSettings([base(8), base(32)], widening))).toEqual([
      [8, 0],
      [8, 0.2],
      [10, 0.2],
      [8, 0.5],
      [16, 0.5],
      [32, 0],
      [32, 0.2],
      [40, 0.2],
      [32, 0.5],
    ]);
  });

  it('have the sizes between, where the config asks for them', () => {
    const sizes = dropoutSettings([base(8), base(64)], { ...options, between: true }).map(
      ({ hidden }) => hidden,
    );
    expect([...new Set(sizes)]).toEqual([8, 64, 16, 32]);
  });

  it('have the next sizes above the grown one, up to the limits, where the config asks for them', () => {
    const sizesWith = (more: object): unknown[] => [
      ...new Set(dropoutSettings([base(8), base(32)], { ...options, ...more }).map(({ hidden }) => hidden)),
    ];
    expect(sizesWith({ above: 1 })).toEqual([8, 32, 64]);
    expect(sizesWith({ above: 9 })).toEqual([8, 32, 64]);
    expect(sizesWith({ above: 2, until: { cost: null, trials: null, size: 40 } })).toEqual([8, 32]);
    expect(sizesWith({ above: 2, fitsMemory: () => false })).toEqual([8, 32]);
    expect(sizesWith({ above: 2, growOn: { patience: 2, atMost: 40 } })).toEqual([8, 32]);
  });
});
