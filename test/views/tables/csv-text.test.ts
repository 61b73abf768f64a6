import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../../src/views/tables/csv-text.js';

test('numbers stand in the shortest form that reads back to the same double', () => {
  expect(csvText([[0.1, -1.5, 1e21, 5e-324, 100, -0.30000000000000004]])).toBe(
    '0.1,-1.5,1e+21,5e-324,100,-0.30000000000000004\n',
  );
});

test('every finite double reads back as it was', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [[cell] = []] = parse(csvText([[value]])) as string[][];
      expect(Number(cell)).toBe(value === 0 ? 0 : value);
    }),
  );
});

test('what is not finite is an empty cell, and so is null', () => {
  expect(csvText([[1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, 2]])).toBe(
    '1,,,,,2\n',
  );
});

test('booleans are words', () => {
  expect(csvText([[true, false]])).toBe('true,false\n');
});

test('text is quoted where it must be', () => {
  expect(csvText([['plain', 'a,b', 'say "no"', 'two\nlines', 'carriage\rreturn', ' padded ', 'ünï']])).toBe(
    'plain,"a,b","say ""no""","two\nlines","carriage\rreturn"," padded ",ünï\n',
  );
});

test('text that a spreadsheet would run gets an apostrophe, negative numbers do not', () => {
  expect(csvText([['=1+1', '@SUM(A1)', '+1', '-1', '=HYPERLINK("x,y")', -1, -0.5]])).toBe(
    `'=1+1,'@SUM(A1),'+1,'-1,"'=HYPERLINK(""x,y"")",-1,-0.5\n`,
  );
});

test('the text of rows is the texts of each in turn', () => {
  const row = fc.array(fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)), {
    minLength: 2,
    maxLength: 5,
  });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(csvText(rows)).toBe(rows.map((one) => csvText([one])).join(''));
    }),
  );
});

test('rows of plain cells are the text that the library makes of them', () => {
  const plain = fc.stringMatching(/^[A-Za-z0-9][\w.:-]{0,12}$/);
  const cells = fc.oneof(fc.double(), fc.constant(null), fc.boolean(), fc.string(), plain);
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 2 })), (rows) => {
      const finite = rows.map((row) =>
        row.map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell)),
      );
      const options = { escape_formulas: true, record_delimiter: '\n', quoted_match: /^\s|\r|\s$/ };
      const want = finite.map((row) => stringify([row], { ...options, cast: { boolean: String } })).join('');
      expect(csvText(rows)).toBe(want);
    }),
  );
});
