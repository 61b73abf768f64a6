import { describe, expect, it } from 'vitest';
import { unitCorrelation } from '../../src/evaluation/unit-correlation.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

/** Activations of units that are given as functions of the row. */
function activations(rows: number, ...units: ((row: number) => number)[]): Float64Array {
  return Float64Array.from({ length: rows * units.length }, (_, k) => {
    const unit = units[k % units.length];
    return unit === undefined ? Number.NaN : unit(Math.floor(k / units.length));
  });
}

describe('redundancy', () => {
  it('is 1 for copies, scaled copies and mirror images', () => {
    const wave = (row: number): number => (row * 7) % 5;
    const units = activations(
      50,
      wave,
      (row) => 3 * wave(row) + 2,
      (row) => -wave(row),
    );
    expect(unitCorrelation(units, 50, 3)).toBeCloseTo(1, 12);
  });

  it('is near 0 for units that have nothing to do with each other', () => {
    const stream = keyedStream('independent');
    const units = activations(
      10_000,
      () => stream.normal(),
      () => stream.normal(),
    );
    expect(unitCorrelation(units, 10_000, 2)).toBeLessThan(0.04);
  });

  it('is the mean over all pairs', () => {
    const square = (row: number): number => [1, 1, -1, -1][row % 4] ?? 0;
    const quarter = (row: number): number => [1, -1, -1, 1][row % 4] ?? 0;
    // One pair of copies, two pairs without correlation.
    expect(unitCorrelation(activations(8, square, square, quarter), 8, 3)).toBeCloseTo(1 / 3, 12);
  });

  it('leaves out units whose activation never changes', () => {
    const wave = (row: number): number => row % 3;
    const units = activations(
      30,
      wave,
      () => 0,
      () => 0.1,
      wave,
    );
    expect(unitCorrelation(units, 30, 4)).toBeCloseTo(1, 12);
  });

  it('is null with fewer than two units that change', () => {
    expect(
      unitCorrelation(
        activations(30, (row) => row),
        30,
        1,
      ),
    ).toBeNull();
    expect(
      unitCorrelation(
        activations(
          30,
          (row) => row,
          () => 0.3,
        ),
        30,
        2,
      ),
    ).toBeNull();
  });
});
