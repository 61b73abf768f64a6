import { describe, expect, it } from 'vitest';
import { lastEpochAfter, Patience } from '../../../src/campaign/early-end/patience.js';

const metric = { name: 'accuracy', goal: 'maximize' } as const;

function endOf(least: number, values: readonly (number | null)[]): number | null {
  const patience = new Patience(least, metric);
  const at = values.findIndex((value, i) =>
    patience.isOver({ epoch: i + 1, metrics: value === null ? { other: 1 } : { accuracy: value } }),
  );
  return at === -1 ? null : at + 1;
}

describe('patience', () => {
  it('is over when nothing better came for its epochs', () => {
    expect(endOf(3, [0.5, 0.4, 0.4, 0.4, 0.4])).toBe(4);
    expect(endOf(3, [0.5, 0.4, 0.4, 0.6, 0.4, 0.4])).toBeNull();
  });

  it('lasts as long as the best value took', () => {
    expect(endOf(1, [0.1, 0.2, 0.3, 0.2, 0.2, 0.2])).toBe(6);
    expect(lastEpochAfter(100, 40)).toBe(200);
    expect(lastEpochAfter(10, 40)).toBe(50);
  });

  it('takes the first of equal values as the best', () => {
    expect(endOf(2, [0.5, 0.5, 0.5])).toBe(3);
  });

  it('does not begin before the metric is reported', () => {
    expect(endOf(1, [null, null, null, null])).toBeNull();
    expect(endOf(1, [null, 0.1, null, 0.05])).toBe(4);
  });
});
