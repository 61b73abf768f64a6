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
