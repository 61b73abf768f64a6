import { describe, expect, it } from 'vitest';
import { sobolBits, sobolCoordinate } from '../../src/numeric/sobol.js';

const COUNTS = [1, 2, 8, 64, 256];

describe('Sobol points', () => {
  it('are those of the reference, without scrambling', () => {
    // scipy.stats.qmc.Sobol(d, scramble=False) of SciPy 1.10, sorted into the order of the index.
    const points = (dimension: number) =>
      Array.from({ length: 8 }, (_, index) => sobolBits(dimension, index) / 2 ** 32);
    expect(points(0)).toEqual([0, 0.5, 0.25, 0.75, 0.125, 0.625, 0.375, 0.875]);
    expect(points(1)).toEqual([0, 0.5, 0.75, 0.25, 0.625, 0.125, 0.375, 0.875]);
    expect(points(2)).toEqual([0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125]);
  });

  it('have one coordinate in each equal part, for each power of 2 and in any dimension', () => {
    for (const dimension of [0, 1, 7, 99, 100, 250]) {
      for (const count of COUNTS) {
        const parts = Array.from({ length: count }, (_, index) =>
          Math.floor(sobolCoordinate(dimension, index, 3, `p${dimension}`) * count),
        );
        expect(parts.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, part) => part));
      }
    }
  });

  it('fill the square of the first two dimensions evenly', () => {
    for (const [across, up] of [
      [16, 16],
      [4, 64],
      [64, 4],
    ] as const) {
      const cells = Array.from({ length: 256 }, (_, index) => {
        const x = Math.floor(sobolCoordinate(0, index, 5, 'x') * across);
        return x * up + Math.floor(sobolCoordinate(1, index, 5, 'y') * up);
      });
      expect(new Set(cells).size).toBe(256);
    }
  });

  it('depend on the seed and the name', () => {
    const point = (seed: number, name: string) => sobolCoordinate(0, 1, seed, name);
    expect(new Set([point(1, 'x'), point(2, 'x'), point(1, 'y')]).size).toBe(3);
    expect(point(1, 'x')).toBe(point(1, 'x'));
  });
});
