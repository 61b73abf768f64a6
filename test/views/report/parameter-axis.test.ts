import { describe, expect, it } from 'vitest';
import { parameterAxis } from '../../../src/views/report/parameter-axis.js';

describe('the axis of a parameter with many values', () => {
  const values = Array.from({ length: 40 }, (_, i) => 0.01 + (i * i) / 1600);

  it.each([
    ['number', { kind: 'uniform', min: 0, max: 1 }],
    ['log', { kind: 'log_uniform_values', min: 0.01, max: 1 }],
    ['log', { kind: 'values', values, probabilities: null }],
    ['log', undefined],
  ] as const)('is of the kind %s if it is drawn from %j', (kind, domain) => {
    expect(parameterAxis('dropout', values, { domain }).axis).toEqual({ kind, name: 'dropout' });
  });
});

describe('the axis of a parameter with few values', () => {
  const labels = (values: readonly string[], listed: readonly string[] | null) => {
    const domain = listed && ({ kind: 'values', values: listed, probabilities: null } as const);
    const { axis } = parameterAxis('activation', values, domain === null ? {} : { domain });
    return axis.kind === 'places' ? axis.labels : [];
  };

  it('has them in the order of the config, without those that never came', () => {
    expect(labels(['tanh', 'relu', 'tanh'], ['sigmoid', 'relu', 'tanh'])).toEqual(['relu', 'tanh']);
  });

  it('has others behind them, and all in the order in which they came if none is listed', () => {
    expect(labels(['gelu', 'tanh', 'relu'], ['relu', 'tanh'])).toEqual(['relu', 'tanh', 'gelu']);
    expect(labels(['tanh', 'relu', 'tanh'], null)).toEqual(['tanh', 'relu']);
  });
});
