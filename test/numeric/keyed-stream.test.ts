import { describe, expect, it } from 'vitest';
import { keyedStream, shuffle } from '../../src/numeric/keyed-stream.js';

describe('a keyed stream', () => {
  it('is the same for equal keys and another for any other', () => {
    const first = (...key: (string | number)[]): number[] => {
      const stream = keyedStream(...key);
      return [stream.uint32(), stream.uint32(), stream.uint32()];
    };
    expect(first(7, 'split', 1)).toEqual(first(7, 'split', 1));
    const others = [first(7, 'split', 2), first(8, 'split', 1), first(7, 'masks', 1), first(7, 'split', '1')];
    expect(others).not.toContainEqual(first(7, 'split', 1));
  });

  it('gives the same numbers everywhere', () => {
    const stream = keyedStream(1, 'golden');
    expect([stream.uint32(), stream.uniform(), stream.below(10), stream.normal()]).toMatchInlineSnapshot(`
      [
        2259568468,
        0.46097977819496283,
        2,
        -0.7264630107948444,
      ]
    `);
  });

  it('is uniform on [0, 1) and below a limit, and normal where asked', () => {
    const stream = keyedStream(1, 'moments');
    const n = 100_000;
    let sum = 0;
    let normal = 0;
    let square = 0;
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      sum += stream.uniform();
      const z = stream.normal();
      normal += z;
      square += z * z;
      const face = stream.below(7);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    // Within four standard errors.
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(normal / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(square / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    for (const count of counts) {
      expect(Math.abs(count / n - 1 / 7)).toBeLessThan(4 * Math.sqrt(6 / 49 / n));
    }
  });

  it('shuffles every order alike', () => {
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffle([0, 1, 2], keyedStream('shuffle', i)).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values())
      expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(6000 * (5 / 36)));
  });
});
