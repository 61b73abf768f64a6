import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.js';
import { describeData } from '../../../src/data/describe/describe-data.js';
import type { SplitOptions } from '../../../src/data/options.js';
import type { Parts } from '../../../src/data/split/parts.js';
import { partsOf } from '../../../src/data/split/split.js';
import { load, refusal } from '../csv-file.js';

const TARGET = { target: 'y' } as const;
const byGroup: SplitOptions = { kind: 'group', column: 'who', validation: 0.2, test: 0.2 };
const byTime: SplitOptions = { kind: 'time', column: 'when', validation: 0.2, test: 0.2 };
const byPart: SplitOptions = { kind: 'column', column: 'part' };

/** Two hundred rows of forty customers with one to nine rows each, in no order. */
const customers = ['x,who,y']
  .concat(
    Array.from({ length: 200 }, (_, row) => `${row},c${Math.floor(((row * 37) % 200) ** 0.7)},${row % 2}`),
  )
  .join('\n');

function daysOf(rows: number, dayOf: (row: number) => string): string {
  const lines = Array.from({ length: rows }, (_, row) => `${row},${dayOf(row)},${(row * 7) % 5}.5`);
  return ['x,when,y', ...lines].join('\n');
}

const sizes = ({ training, validation, test }: Parts): number[] => [
  training.length,
  validation.length,
  test.length,
];

/** The numbers of the groups, or the places in time, of each part. */
function numbersOf({ splitNumbers }: Dataset, { training, validation, test }: Parts): number[][] {
  return [training, validation, test].map((rows) => [
    ...new Set(Array.from(rows, (row) => splitNumbers?.[row] ?? -1)),
  ]);
}

describe('a split by group', () => {
  it('has no group in two parts, and every row in one', async () => {
    const dataset = await load(customers, { ...TARGET, split: byGroup });
    for (const repeat of [0, 1, 2, 3]) {
      const parts = partsOf(dataset, 7, repeat);
      const groups = numbersOf(dataset, parts).flat();
      expect(new Set(groups).size).toBe(groups.length);
      expect(sizes(parts).reduce((sum, count) => sum + count, 0)).toBe(200);
      expect(parts.test.length).toBeGreaterThan(25);
      expect(parts.test.length).toBeLessThan(55);
    }
  });

  it('draws the test part once, and the others anew on every repeat', async () => {
    const dataset = await load(customers, { ...TARGET, split: byGroup });
    const [first, second] = [partsOf(dataset, 7, 1), partsOf(dataset, 7, 2)];
    expect(second.test).toEqual(first.test);
    expect(second.validation).not.toEqual(first.validation);
    expect(partsOf(dataset, 8, 1).test).not.toEqual(first.test);
  });

  it('takes its column out of the inputs, however many groups there are', async () => {
    const many = ['x,who,y', ...Array.from({ length: 12_000 }, (_, row) => `${row},c${row},${row % 2}`)];
    const dataset = await load(many.join('\n'), { ...TARGET, split: byGroup });
    expect(dataset.columns.map((column) => column.name)).toEqual(['x']);
    expect(sizes(partsOf(dataset, 7, 1))).toEqual([7200, 2400, 2400]);
  });

  it('is part of what the data are', async () => {
    const one = await load(customers, { ...TARGET, split: byGroup });
    const other = await load(customers.replaceAll(',c0,', ',c1,'), { ...TARGET, split: byGroup });
    expect(other.hash).not.toBe(one.hash);
  });

  it('says which part has no row of a class', async () => {
    const table = ['x,who,y', '1,a,no', '2,a,no', '3,b,no', '4,b,no', '5,c,yes', '6,c,yes'].join('\n');
    const dataset = await load(table, { ...TARGET, split: { ...byGroup, validation: 0.3, test: 0.3 } });
    const found = describeData(dataset, 7).findings.map(({ because }) => because);
    expect(found).toContainEqual(
      expect.stringMatching(/^The rows are split by "who", and the .* part has no row of/),
    );
  });

  it('refuses too few groups, and rows without one', async () => {
    expect(await refusal('x,who,y\n1,a,0\n2,b,1\n3,b,1\n', { ...TARGET, split: byGroup })).toBe(
      'table.csv  found 2 groups in the split column "who", expected at least 3: one for each ' +
        'part. Split by another column, or by shares of the rows.',
    );
    expect(await refusal('x,who,y\n1,a,0\n2,,1\n3,b,1\n', { ...TARGET, split: byGroup })).toBe(
      'table.csv:3:2  found a missing cell in the split column "who", expected the name of a group.',
    );
  });
});

describe('a split by time', () => {
  it('tests on the last rows and validates on those before them, in whatever order they stand', async () => {
    const dataset = await load(
      daysOf(100, (row) => String((row * 61) % 100)),
      { ...TARGET, split: byTime },
    );
    const parts = partsOf(dataset, 7, 1);
    const [training = [], validation = [], test = []] = numbersOf(dataset, parts);
    expect(sizes(parts)).toEqual([60, 20, 20]);
    expect(Math.max(...training)).toBeLessThan(Math.min(...validation));
    expect(Math.max(...validation)).toBeLessThan(Math.min(...test));
  });

  it('keeps rows of one moment together', async () => {
    const dataset = await load(
      daysOf(90, (row) => `2024-02-${String(1 + Math.floor(row / 9)).padStart(2, '0')}`),
      { ...TARGET, split: byTime },
    );
    expect(sizes(partsOf(dataset, 7, 1))).toEqual([54, 18, 18]);
  });

  it('knows dates with and without a time of day and a zone', async () => {
    const days = [
      '2024-03-01',
      '2024/2/29 23:59',
      '2024-02-29T23:59:30Z',
      '2024-03-01T01:00:00+02:00',
      '2023-12-31',
    ];
    const dataset = await load(
      daysOf(5, (row) => days[row] ?? ''),
      { ...TARGET, split: byTime },
    );
    expect([...(dataset.splitNumbers ?? [])]).toEqual([4, 2, 3, 1, 0]);
  });

  it('is the same on every repeat, and says so', async () => {
    const dataset = await load(
      daysOf(50, (row) => String(row)),
      { ...TARGET, split: byTime },
    );
    expect(partsOf(dataset, 7, 5)).toEqual(partsOf(dataset, 7, 1));
    expect(describeData(dataset, 7).findings).toContainEqual(
      expect.objectContaining({ kind: 'warning', code: 'fixed-split' }),
    );
  });

  it('refuses what is no moment', async () => {
    expect(
      await refusal(
        daysOf(5, (row) => (row === 2 ? '01/04/2021' : `2021-04-0${row + 1}`)),
        { ...TARGET, split: byTime },
      ),
    ).toBe(
      'table.csv:4:2  found "01/04/2021" in the split column "when", expected a number, or a ' +
        'date like 2024-05-31 or 2024-05-31 17:30.',
    );
    expect(
      await refusal(
        daysOf(5, () => '2023-02-29'),
        { ...TARGET, split: byTime },
      ),
    ).toMatch(/"2023-02-29"/);
  });
});

describe('a split by a given column', () => {
  const table = (words: readonly string[]): string =>
    ['x,part,y', ...words.map((word, row) => `${row},${word},${row}.5`)].join('\n');

  it('takes every row where the column says, on every repeat', async () => {
    const words = ['train', 'TEST', 'val', 'training', 'validation', 'train'];
    const dataset = await load(table(words), { ...TARGET, split: byPart });
    const want = { training: [0, 3, 5], validation: [2, 4], test: [1] };
    for (const repeat of [0, 3]) {
      const { training, validation, test } = partsOf(dataset, 7, repeat);
      expect({ training: [...training], validation: [...validation], test: [...test] }).toEqual(want);
    }
  });

  it('refuses other words, and a part without rows', async () => {
    expect(await refusal(table(['train', 'val', 'maybe']), { ...TARGET, split: byPart })).toBe(
      'table.csv:4:2  found "maybe" in the split column "part", expected training, validation or test.',
    );
    expect(await refusal(table(['train', 'test']), { ...TARGET, split: byPart })).toBe(
      'table.csv  found no row for validation in the split column "part", expected some. Mark ' +
        'some rows, or use another split: split: {validation: 0.2, test: 0.2}.',
    );
    expect(await refusal(table(['train', 'val']), { ...TARGET, split: { ...byPart, column: 'y' } })).toMatch(
      /^data\.split\.column is "y", which is the target/,
    );
  });
});

describe('dates among the inputs', () => {
  it('are refused with what to do', async () => {
    expect(
      await refusal(
        daysOf(4, (row) => `2024-01-0${row + 1}`),
        TARGET,
      ),
    ).toBe(
      'table.csv:2:2  found dates in "when" ("2024-01-01"), expected numbers or categories: a ' +
        'date says nothing about later days. ' +
        'Drop the column (drop: ["when"]) or split by it (split: {time: "when"}), and add what ' +
        'matters of it (month, weekday, hour) as columns.',
    );
  });
});
