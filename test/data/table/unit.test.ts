import { describe, expect, it } from 'vitest';
import { commonUnit, unitReader } from '../../../src/data/table/unit.js';
import { load, refusal, rowsOf, targetsOf } from '../csv-file.js';

describe('the common unit of texts', () => {
  it.each([
    [['$5', '-$3.50', '$1,234'], '$'],
    [['5 %', '0,5 %', '-'], '%'],
    [['EUR 5', 'EUR 12'], 'EUR'],
    [['US$5', 'US$7'], 'US$'],
    [['1,234 kg', '5 kg', 'n/a'], 'kg'],
    [['5kg', '12kg'], 'kg'],
    [['12 km/h', '7 km/h'], 'km/h'],
    [['7 €', '1 234,50 €'], '€'],
    [['($5.25)', '$7'], '$'],
  ])('of %j is %s', (texts, unit) => {
    expect(commonUnit(texts)?.unit).toBe(unit);
  });

  it.each([
    [['$5', '7 €']],
    [['5 %', 'much']],
    [['320i', '318i']],
    [['n1', 'n2']],
    [['INV 1234', 'INV 1301']],
    [['5', '7']],
    [['kg', 'kg']],
    [['1 year', '2 years']],
    [[]],
  ])('of %j does not exist', (texts) => {
    expect(commonUnit(texts)).toBeNull();
  });
});

describe('a number with a unit', () => {
  it('is read in the notation of the file, and any other text stays as it is', () => {
    const read = unitReader('€', { decimal: 'comma', thousands: 'point' });
    const texts = ['1.234,50 €', '(7,5 €)', '-€5', '€ -5,25', '+7€', '€', '5 $', '1.5 €', '€5€'];
    expect(texts.map(read)).toEqual(['1234.50', '-7.5', '-5', '-5.25', '+7', '€', '5 $', '1.5 €', '€5€']);
  });
});

describe('a column with a unit', () => {
  it('holds numbers, in training and test files, as an input and as the target', async () => {
    const columns = [
      { column: 'share', unit: '%', missing: 'mean', missingValues: ['-'] },
      { column: 'price', unit: '$' },
    ] as const;
    const content = 'share,price\n5 %,$10\n-,$20\n7.5%,$30.50\n8,40\n';
    const dataset = await load(content, { columns, task: 'regression' }, 'share,price\n9 %,$50\n');
    expect(dataset.columns).toEqual([
      { kind: 'number', name: 'share', index: 0, input: 0, unit: '%', missingValues: ['-'] },
    ]);
    expect(dataset.targetUnit).toBe('$');
    expect(rowsOf(dataset).flat()).toEqual([5, Number.NaN, 7.5, 8, 9]);
    expect(targetsOf(dataset)).toEqual([10, 20, 30.5, 40, 50]);
  });

  it('has a first row that is no header', async () => {
    const columns = [{ column: '0', unit: '$' }];
    expect(await load('$5,x\n$6,y\n$7,x\n$8,y\n', { columns })).toMatchObject({ rows: 4 });
  });

  it('refuses numbers with another unit', async () => {
    const rows = Array.from({ length: 20 }, (_, row) => `${row === 4 ? '5 €' : `$${row}`},${row % 2}\n`);
    const columns = [{ column: 'price', unit: '$' }];
    expect(await refusal(`price,k\n${rows.join('')}`, { columns })).toMatch(
      /^table\.csv:6:1 {2}found "5 €" in "price", expected a number as in 19 other cells of the column\./,
    );
  });
});
