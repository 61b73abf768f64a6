import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { load, rowsOf, targetsOf } from './csv-file.js';

const number = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 })
  .map((value) => (value === 0 ? 0 : value));

/** Texts that are neither numbers nor missing, and have no white space around them. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .map((inner) => `t${inner}t`)
  .filter((value) => value === value.trim() && !value.includes('\u0000'));

const table = fc
  .record({ numbers: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 3, max: 12 }) })
  .chain(({ numbers, rows }) =>
    fc.record({
      rows: fc.array(
        fc.record({
          numbers: fc.array(number, { minLength: numbers, maxLength: numbers }),
          text,
          kind: fc.constantFrom('yes', 'no, "never"', 'line\nend'),
        }),
        { minLength: rows, maxLength: rows },
      ),
      quoted: fc.boolean(),
      bom: fc.boolean(),
      delimiter: fc.constantFrom('\n', '\r\n'),
    }),
  )
  .filter(({ rows }) => new Set(rows.map((row) => row.kind)).size > 1);

it('any table that csv-stringify writes is read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ rows, quoted, bom, delimiter }) => {
      const names = rows[0]?.numbers.map((_, i) => `n${i}`) ?? [];
      const content = stringify(
        [[...names, 'text', 'kind'], ...rows.map((row) => [...row.numbers, row.text, row.kind])],
        // Of the line ends, the writer quotes its own alone.
        { quoted, quoted_match: /[\r\n]/, bom, record_delimiter: delimiter },
      );
      const dataset = await load(content, { header: true });
      const categories = [...new Set(rows.map((row) => row.text))].sort();
      expect(rowsOf(dataset)).toEqual(
        rows.map((row) => [...row.numbers, ...categories.map((name) => (name === row.text ? 1 : 0))]),
      );
      expect(targetsOf(dataset)).toEqual(rows.map((row) => row.kind));
    }),
    { numRuns: 200, seed: 1 },
  );
});
