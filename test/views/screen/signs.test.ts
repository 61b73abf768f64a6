import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { curveChart } from '../../../src/views/screen/widgets/curve-chart.js';
import { intervalBar, scaleOf } from '../../../src/views/screen/widgets/interval-bar.js';
import { sparkline } from '../../../src/views/screen/widgets/sparkline.js';
import { textWidth } from '../../../src/views/text/text-width.js';

test('a curve goes from its largest to its smallest value', () => {
  expect(sparkline([8, 7, 6, 5, 4, 3, 2, 1], 8)).toBe('█▇▆▅▄▃▂▁');
  expect(sparkline([8, 7, 6, 5, 4, 3, 2, 1], 4)).toBe('█▆▃▁');
});

test('a curve that has hardly begun, stands still or is broken is drawn all the same', () => {
  expect(sparkline([], 8)).toBe('');
  expect(sparkline([3], 8)).toBe('▁');
  expect(sparkline([3, 3], 8)).toBe('▁▁');
  expect(sparkline([1, Number.NaN, 2], 8)).toBe('▁ █');
  expect(sparkline([Number.NaN], 8)).toBe(' ');
});

test('a mean stands where the scale says, its standard error to both sides', () => {
  expect(intervalBar(5, 2, { low: 0, high: 10 }, 11, null)).toBe('   ├─●─┤   ');
  expect(intervalBar(5, null, { low: 0, high: 10 }, 11, null)).toBe('     ●     ');
  expect(intervalBar(5, 2, { low: 0, high: 10 }, 11, 9)).toBe('   ├─●─┤ ┊ ');
});

test('what lies beyond the scale is drawn at its end, and what is no number not at all', () => {
  expect(intervalBar(50, 2, { low: 0, high: 10 }, 11, null)).toBe('          ●');
  expect(intervalBar(Number.POSITIVE_INFINITY, null, { low: 0, high: 10 }, 11, null).trim()).toBe('');
});

test('a scale holds all intervals', () => {
  expect(
    scaleOf([
      { mean: 1, standardError: 0.5 },
      { mean: 3, standardError: null },
      { mean: Number.POSITIVE_INFINITY, standardError: null },
      { mean: null, standardError: null },
    ]),
  ).toEqual({ low: 0.5, high: 3 });
  expect(scaleOf([{ mean: null, standardError: null }])).toBeNull();
});

test('a tall curve grows to the right as its trial goes on, every epoch as wide as the others', () => {
  expect(curveChart([4, 2], 4, 18, 2)).toEqual(['      4  ██', '      2  ██▁▁']);
  expect(curveChart([4, 2, 3, 2], 4, 13, 2)).toEqual(['      4  █', '      2  █▁█▁']);
});

test('where there are more epochs than columns, the last epoch is seen all the same', () => {
  const [top, bottom] = curveChart([1, 2, 3, 4, 5], 8, 13, 2);
  expect(top).toBe('      5   ▃█');
  expect(bottom).toBe('      2  ▁██');
});

test('texts whose signs are counted take as many columns as the library says', () => {
  const texts = Array.from({ length: 0x10000 }, (_, code) => `a${String.fromCharCode(code)}`);
  expect(texts.filter((text) => textWidth(text) !== stringWidth(text))).toEqual([]);
});
