import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/campaign/canonical-json.js';
import { isSameSetting, type Parameters } from '../../../src/campaign/parameters.js';
import { SettingNumbers } from '../../../src/campaign/tables/setting-numbers.js';

const plain = fc.oneof(
  fc.constantFrom(0, -0, 1, 0.1, 1e300, 'relu', 'true', '1', true, false),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 3 }),
);
const settings: fc.Arbitrary<Parameters> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'constructor'),
  fc.oneof(plain, fc.array(plain, { maxLength: 2 })),
);

test('settings get the same number exactly if their canonical JSON is the same', () => {
  fc.assert(
    fc.property(fc.array(settings, { maxLength: 60 }), (all) => {
      const [numbers, texts] = [new SettingNumbers(), [...new Set(all.map(canonicalJson))]];
      for (const one of all) expect(numbers.of(one)).toBe(texts.indexOf(canonicalJson(one)));
      for (const one of all) expect(numbers.of(one)).toBe(texts.indexOf(canonicalJson(one)));
    }),
  );
});

test('the order of parameters does not count, and neither do those without a value', () => {
  const numbers = new SettingNumbers();
  const one = { hidden: [8, 4], rate: 0.1 };
  const same = JSON.parse('{"rate": 0.1, "hidden": [8, 4]}');
  expect([numbers.of(one), numbers.of(same), numbers.of({ ...one, other: undefined as never })]).toEqual([
    0, 0, 0,
  ]);
  expect(isSameSetting(one, { ...same, other: 1 })).toBe(false);
  expect(isSameSetting({ ...same, other: 1 }, one)).toBe(false);
});

test('many settings that differ little have numbers of their own', () => {
  const numbers = new SettingNumbers();
  const all = Array.from({ length: 5000 }, (_, i) => ({ hidden: i % 50, rate: Math.floor(i / 50) / 100 }));
  expect(all.map((one) => numbers.of(one))).toEqual(all.map((_, i) => i));
  expect(all.map((one) => numbers.of({ ...one }))).toEqual(all.map((_, i) => i));
});
