import { expect, it } from 'vitest';
import { instantiate } from '../../src/kernel/kernel-exports.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';

const kernel = instantiate(compileKernel(), new WebAssembly.Memory({ initial: 1, maximum: 1 }));

/** The largest relative error over many places of a range; `round` makes a place one of the precision. */
function worst(
  found: (x: number) => number,
  expected: (x: number) => number,
  from: number,
  to: number,
  round: (x: number) => number,
): number {
  let most = 0;
  for (let k = 0; k <= 20_000; k++) {
    const x = round(from + ((to - from) * k) / 20_000);
    const right = expected(x);
    if (right !== 0) most = Math.max(most, Math.abs(found(x) / right - 1));
  }
  return most;
}

const single = Math.fround;
const double = (x: number): number => x;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

it('is right to about two units in the last place', () => {
  expect(worst(kernel.exp32, Math.exp, -86, 87, single)).toBeLessThan(2 ** -22);
  expect(worst(kernel.exp64, Math.exp, -700, 700, double)).toBeLessThan(2 ** -51);
  expect(worst(kernel.tanh32, Math.tanh, -12, 12, single)).toBeLessThan(2 ** -22);
  expect(worst(kernel.tanh64, Math.tanh, -25, 25, double)).toBeLessThan(2 ** -51);
  expect(worst(kernel.logistic32, logistic, -80, 80, single)).toBeLessThan(2 ** -21);
  expect(worst(kernel.logistic64, logistic, -700, 700, double)).toBeLessThan(2 ** -50);
  expect(worst(kernel.log64, Math.log, 1e-3, 10, double)).toBeLessThan(2 ** -51);
  expect(worst(kernel.log64, Math.log, 1, 1e300, double)).toBeLessThan(2 ** -51);
});

it('says what is not a number, and keeps to the range of the precision', () => {
  for (const f of [
    kernel.exp32,
    kernel.exp64,
    kernel.tanh32,
    kernel.tanh64,
    kernel.logistic64,
    kernel.log64,
  ]) {
    expect(f(Number.NaN)).toBeNaN();
  }
  expect(kernel.exp32(-1000)).toBe(0);
  expect(kernel.exp64(-1000)).toBe(0);
  expect(kernel.exp32(0)).toBe(1);
  expect(kernel.exp64(0)).toBe(1);
  expect(kernel.tanh32(100)).toBe(1);
  expect(kernel.tanh64(-100)).toBe(-1);
  expect(kernel.logistic32(100)).toBe(1);
  expect(kernel.logistic32(-1000)).toBeLessThan(1e-37);
  expect(kernel.logistic32(-1000)).toBeGreaterThan(1.2e-38);
  expect(kernel.log64(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(kernel.log64(-1)).toBeNaN();
  expect(kernel.log64(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(kernel.log64(5e-324)).toBeCloseTo(-744.4400719213812, 10);
});
