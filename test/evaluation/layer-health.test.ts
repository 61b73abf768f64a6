import { describe, expect, it } from 'vitest';
import { layerHealth } from '../../src/evaluation/layer-health.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

/** Activations from columns of one length. */
function activationsOf(...columns: readonly (readonly number[])[]): Float64Array {
  const rows = columns[0]?.length ?? 0;
  return Float64Array.from(
    Array.from({ length: rows }, (_, row) => columns.map((column) => column[row] ?? 0)).flat(),
  );
}

const noise = (key: string): number[] => {
  const stream = keyedStream('layer', key);
  return Array.from({ length: 500 }, () => stream.uniform());
};

describe('what the units of a layer do', () => {
  it('counts units that are 0 on every row as dead, for relu only', () => {
    const zeros = new Array<number>(500).fill(0);
    const found = layerHealth('relu', activationsOf(noise('a'), zeros, zeros), 3);
    expect(found.dead).toBe(2);
    expect(found.saturated).toBe(0);
    expect(layerHealth('tanh', activationsOf(noise('a'), zeros, zeros), 3).dead).toBe(0);
  });

  it('counts units that are at a limit on nearly every row as saturated', () => {
    const limits = noise('b').map((value) => (value < 0.5 ? -1 : 0.999));
    const found = layerHealth('tanh', activationsOf(noise('a'), limits), 2);
    expect(found.saturated).toBe(1);
    expect(
      layerHealth('sigmoid', activationsOf(noise('a').map((value) => 0.1 + value / 2)), 1).saturated,
    ).toBe(0);
  });

  it('has the rank of the number of directions: copies count once, independent units each', () => {
    const [a, b] = [noise('a'), noise('b')];
    const copies = layerHealth('relu', activationsOf(a, a, a), 3);
    expect(copies.effectiveRank).toBeCloseTo(1, 9);
    expect(copies.alikePairs).toBe(1);
    const apart = layerHealth('relu', activationsOf(a, b), 2);
    expect(apart.effectiveRank).toBeGreaterThan(1.95);
    expect(apart.alikePairs).toBe(0);
    const mixed = layerHealth('relu', activationsOf(a, a, b, b), 4);
    expect(mixed.effectiveRank).toBeGreaterThan(1.9);
    expect(mixed.effectiveRank).toBeLessThanOrEqual(2.000001);
    expect(mixed.alikePairs).toBeCloseTo(1 / 3, 12);
  });
});
