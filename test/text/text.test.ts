import { describe, expect, it } from 'vitest';
import { formatBytes, parseBytes } from '../../src/text/bytes.js';
import { describeValue } from '../../src/text/describe-value.js';
import { formatClock, formatSeconds, parseDuration } from '../../src/text/duration.js';
import { errorCode, errorMessage, errorStack, toError } from '../../src/text/error-message.js';
import { formatList } from '../../src/text/list.js';
import {
  formatColumnMean,
  formatColumnNumber,
  formatCount,
  formatNumber,
  formatPercent,
  formatPower,
  formatWhole,
} from '../../src/text/number.js';
import { escapeControls, quote } from '../../src/text/quote.js';

describe('text from outside', () => {
  it('reaches a terminal without any character that a terminal acts on', () => {
    const codes = Array.from({ length: 0x30000 }, (_, code) => String.fromCodePoint(code)).join('');
    expect(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(escapeControls(codes))).toBe(false);
    expect(escapeControls('\u001b[2J\u202e\r\n\t\ud83c \u{e0001}')).toBe(
      '\\u001b[2J\\u202e\\r\\n\\t\\ud83c \\u{e0001}',
    );
  });

  it('stays as it is where it is harmless, and when it is escaped twice', () => {
    expect(escapeControls('größer 平 🎲 "a\\b"')).toBe('größer 平 🎲 "a\\b"');
    expect(escapeControls(escapeControls('a\u0007'))).toBe('a\\u0007');
  });

  it('is quoted whole up to 60 characters, and cut above', () => {
    expect(quote('🎲'.repeat(60))).toBe(`"${'🎲'.repeat(60)}"`);
    expect(quote('🎲'.repeat(61))).toBe(`"${'🎲'.repeat(59)}…"`);
  });
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j is listed as %j', (items, text) => {
  expect(formatList(items, 'or')).toBe(text);
});

describe('numbers for people', () => {
  it.each([
    [0.123456, '0.1235'],
    [999_999, '999999'],
    [1_234_567, '1235000'],
    [Number.NaN, '–'],
  ])('in a sentence, %d is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it.each([
    [0.99996, '0.999'],
    [1, '1'],
    [0.00001234, '1.2e-5'],
    [-Infinity, '–'],
  ])('in a column, %d is %s', (value, text) => expect(formatColumnNumber(value)).toBe(text));

  it.each([
    [3e11, '3e11'],
    [80_760_000_000, '8.08e10'],
    [999_999, '1e6'],
    [5, '5e0'],
  ])('as a power, %d is %s', (value, text) => expect(formatPower(value)).toBe(text));

  it('have commas between thousands where they count', () => {
    expect(formatWhole(-1_234_567.4)).toBe('-1,234,567');
    expect(formatCount(1, 'row')).toBe('1 row');
    expect(formatCount(0, 'class', 'classes')).toBe('0 classes');
    expect(formatCount(1599, 'row')).toBe('1,599 rows');
  });

  it('are shares with at most one decimal', () => {
    expect([0.125, 1, 0.00001].map(formatPercent)).toEqual(['12.5 %', '100 %', '0 %']);
  });

  it('are a mean and its error to the same decimal', () => {
    expect(formatColumnMean(0.2021, 0.0069)).toBe('0.202 ± 0.007');
    expect(formatColumnMean(0.2021, null)).toBe('0.202');
  });
});

describe('durations and bytes', () => {
  it.each([
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['0s', null],
    ['-1s', null],
    ['1 week', null],
    ['1 constructor', null],
  ])('%j is %j milliseconds', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each([
    ['500MB', 500_000_000],
    ['2GiB', 2 * 1024 * 1024 * 1024],
    ['2', null],
  ])('%j is %j bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

  it('are shown in the unit that fits', () => {
    expect([-1, 59.6, 3723].map(formatClock)).toEqual(['00:00', '01:00', '1:02:03']);
    expect([0.2, 89, 90, 5400].map(formatSeconds)).toEqual(['1 s', '89 s', '2 min', '1.5 h']);
    expect([1, 1_000_001, 1.5e9].map(formatBytes)).toEqual(['0.1 MB', '2 MB', '1.5 GB']);
  });
});

describe('what was thrown', () => {
  it('has a message, whatever it is', () => {
    expect(errorMessage(new Error('no'))).toBe('no');
    expect(errorMessage(new TypeError(''))).toBe('TypeError');
    expect(errorMessage('text')).toBe('text');
    expect(errorMessage({ a: 1 })).toBe('something other than an Error was thrown: { a: 1 }');
    expect(toError(3).message).toContain('3');
  });

  it('has a code only where the error carries one', () => {
    expect(errorCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
    expect(errorCode(Object.assign(new Error('x'), { code: 3 }))).toBeNull();
    expect(errorCode({ code: 'ENOENT' })).toBeNull();
  });

  it('shows its stack line by line, and no escape sequence in it', () => {
    const stack = errorStack(new Error('\u001b[31m'));
    expect(stack.split('\n').length).toBeGreaterThan(1);
    expect(stack).not.toContain('\u001b');
  });
});

it.each([
  ['32', '"32" (a text)'],
  [1.5, '1.5'],
  [null, 'empty'],
  [[], 'an empty list'],
  [{}, 'a mapping'],
  [() => 1, 'a function'],
])('%o is described as %j', (value, text) => {
  expect(describeValue(value)).toBe(text);
});
