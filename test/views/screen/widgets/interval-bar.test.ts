import { expect, test } from 'vitest';
import { intervalBar } from '../../../../src/views/screen/widgets/interval-bar.js';

const scale = { low: 0, high: 1 };

test('a bar is as wide as its room, with a mean, its standard error and the baseline', () => {
  expect(intervalBar(0.5, 0.25, scale, 9, 1)).toBe('  ├─●─┤ ┊');
  expect(intervalBar(0.5, null, scale, 1, 1)).toBe('●');
});

test('without room there is no bar', () => {
  expect(intervalBar(0.5, 0.25, scale, 0, 1)).toBe('');
});
