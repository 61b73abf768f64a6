import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortDecimal } from '../../../src/data/sources/csv/short-decimal.js';
import { parseCell } from '../../../src/data/table/cell.js';

const read = (text: string): number => shortDecimal(Buffer.from(text), 0, text.length);

describe('a short decimal read byte by byte', () => {
  it('is the very number that its text stands for, or is left to be read as a text', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 18 });
    const text = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.'), digits)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const number = read(written);
        if (Number.isNaN(number)) return;
        expect(parseCell(written)).toEqual({ kind: 'number', value: number });
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  it.each(['0.1', '-12.5', '+3', '.28', '1.', '123456789012345', '-0.000000000001'])('reads %s', (text) => {
    expect(read(text)).toBe(Number(text));
  });

  it('reads a negative zero as a zero', () => {
    expect(Object.is(read('-0.0'), 0)).toBe(true);
  });

  it.each(['', '-', '.', '1e5', '1.2.3', '--1', '1,5', 'NaN', '0x10', '1234567890123456'])(
    'leaves "%s" to be read as a text',
    (text) => {
      expect(read(text)).toBeNaN();
    },
  );
});
