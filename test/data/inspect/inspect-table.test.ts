import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectTable, propose } from '../../../src/data/inspect/inspect-table.js';
import { sharedData } from '../../support/shared-data.js';
import { fileOf, refusalOf } from '../csv-file.js';

const watch = (): void => {};
const inspect = (content: string, name?: string) => inspectTable(fileOf(content, name), watch);

async function guessFor(content: string): Promise<string | undefined> {
  return (await inspect(content)).guess?.target.name;
}

/** A table of forty rows, each cell made of the row's number. */
function table(columns: Readonly<Record<string, (row: number) => string | number>>): string {
  const rows = Array.from({ length: 40 }, (_, row) =>
    Object.values(columns)
      .map((cell) => cell(row))
      .join(','),
  );
  return `${Object.keys(columns).join(',')}\n${rows.join('\n')}\n`;
}

const noise = (row: number): number => ((row * 7919) % 101) / 10;
const other = (row: number): number => ((row * 104729) % 97) / 10;
const kind = (row: number): string => ['a', 'b'][((row * 7919) % 2) ^ (row % 3 === 0 ? 1 : 0)] ?? '';

async function droppedFrom(content: string, target: string): Promise<Record<string, string>> {
  const inspected = await inspect(content);
  const profile = inspected.profiles.find(({ name }) => name === target);
  if (profile === undefined) throw new Error(`no column ${target}`);
  const { drop } = propose(inspected, profile, null, 1);
  return Object.fromEntries(drop.map(({ column, because }) => [column.name, because]));
}

describe('the guess of a target', () => {
  it('is what is named like one, wherever it stands', async () => {
    expect(await guessFor(table({ x: noise, target: kind, z: other }))).toBe('target');
    expect(await guessFor(table({ Survived: kind, x: noise, z: other }))).toBe('Survived');
  });

  it('is else the last column, even beside other texts', async () => {
    expect(await guessFor(table({ x: noise, z: other, w: kind }))).toBe('w');
    expect(await guessFor(table({ x: noise, z: other }))).toBe('z');
  });

  it('prefers the last column to a first column of texts, and to the coordinates x and y', async () => {
    expect(await guessFor(table({ Gender: kind, x: noise, Size: other }))).toBe('Size');
    expect(await guessFor(table({ x: noise, y: other, z: (row) => noise(row) + row }))).toBe('z');
    expect(await guessFor(table({ Gender: kind, price: noise, w: other }))).toBe('price');
  });

  it('is no column that repeats an earlier one, or nearly so', async () => {
    const again = { height: noise, weight: other, age: (row: number) => (row * 31) % 67 };
    const weights = {
      'weight.1': other,
      'weight (lb)': (row: number) => (2.2046 * other(row)).toFixed(1),
    };
    expect(await guessFor(table({ ...again, 'weight.1': other }))).toBe('age');
    expect(await guessFor(table({ ...again, ...weights }))).toBe('age');
    expect(await guessFor(table({ size: kind, x: noise, 'size again': kind }))).toBe('x');
    expect(await guessFor(table({ x: noise, z: other, leak: kind, class: kind }))).toBe('class');
    expect(await guessFor(table({ price: noise, x: other, ' price': noise }))).toBe('price');
  });

  it('is the last column also where empty ones follow', async () => {
    expect(await guessFor(table({ size: noise, x: other, state: kind, '': () => '' }))).toBe('state');
  });

  it('is never an identifier, a constant or a date', async () => {
    const date = (row: number): string => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`;
    expect(await guessFor(table({ size: noise, name: (row) => `n${row}` }))).toBe('size');
    expect(await guessFor(table({ size: noise, same: () => 1 }))).toBe('size');
    expect(await guessFor(table({ size: noise, day: date }))).toBe('size');
  });
});

describe('columns are left out', () => {
  it('that are numbered like identifiers, or names', async () => {
    const content = table({
      row: (row) => row + 1,
      'customer id': (row) => (row * 7919) % 10_007,
      x: noise,
      count: (row) => (row * 7919) % 10_007,
      kind,
    });
    const dropped = await droppedFrom(content, 'kind');
    expect(Object.keys(dropped)).toEqual(['row', 'customer id']);
    expect(dropped.row).toBe('each row has its own number, as identifiers do');
  });

  it('that hold formatted numbers, with what to do', async () => {
    const rows = Array.from({ length: 120 }, (_, row) => {
      const weight =
        row % 30 === 5
          ? '-'
          : `"${row % 2 === 0 ? '$' : '£'}${row + 1},${String((row * 311) % 900).padStart(3, '0')}"`;
      return `${weight},${noise(row)},${kind(row)}\n`;
    });
    const content = `weight,x,kind\n${rows.join('')}`;
    expect(await droppedFrom(content, 'kind')).toEqual({
      weight:
        'it has formatted numbers, such as "$1,000", which count as texts. To use it, write them plainly, ' +
        'as in 1234.5, and other cells of the column as NA',
    });
  });

  it('that are the same as another one', async () => {
    const content = table({ size: noise, colour: kind, x: other, again: noise, shade: kind, y: other });
    expect(await droppedFrom(content, 'x')).toEqual({
      again: 'it is the same as "size" in every row',
      shade: 'it is the same as "colour" in every row',
      y: 'it is the same as the target "x" in every row',
    });
  });

  it('that are the same in every row, empty, mostly missing, or dates', async () => {
    const content = table({
      same: () => 'x',
      empty: () => '',
      rare: (row) => (row % 4 === 0 ? noise(row) : ''),
      when: (row) => `${(row % 28) + 1}.02.2024`,
      x: noise,
      kind,
    });
    expect(await droppedFrom(content, 'kind')).toEqual({
      same: 'it is the same in every row',
      empty: 'it has no value in any row',
      rare: '30 of 40 cells are missing',
      when: 'it has dates, which cannot be inputs; `split` can use them, with the latest rows as the test part',
    });
  });

  it('that give the target away', async () => {
    const size = (row: number): number => (noise(row) + other(row)) / 3;
    const content = table({ x: noise, code: (row) => (kind(row) === 'a' ? 7 : 9), copy: kind, kind });
    const classes = await droppedFrom(content, 'kind');
    expect(Object.keys(classes)).toEqual(['code', 'copy']);
    expect(classes.code).toMatch(/^it gives the target "kind" away: each of its values goes with one/);
    expect(classes.copy).toBe('it is the same as the target "kind" in every row');
    const inches = table({ x: noise, inches: (row) => size(row) / 2.54 + 1, cm: size });
    expect(await droppedFrom(inches, 'cm')).toEqual({
      inches: 'it gives the target "cm" away: it is the same number in other units',
    });
  });

  it('but not for being merely good', async () => {
    expect(await droppedFrom(table({ x: noise, y: (row) => noise(row) + other(row) / 50 }), 'y')).toEqual({});
  });
});

describe('a column', () => {
  async function proposalOf(content: string, target: string) {
    const inspected = await inspect(content);
    const profile = inspected.profiles.find(({ name }) => name === target);
    if (profile === undefined) throw new Error(`no column ${target}`);
    return propose(inspected, profile, null, 1);
  }

  it('of numbers may have words for missing cells, and one of categories keeps them', async () => {
    const content = table({
      age: (row) => (row % 9 === 4 ? '-' : row % 13 === 5 ? 'n/a' : noise(row)),
      colour: (row) => ['red', '-', 'blue'][(row * row) % 3] ?? '',
      doors: (row) => ['2', '4', '5more'][row % 3] ?? '',
      kind,
    });
    const { columns, missingTexts } = await proposalOf(content, 'kind');
    expect(columns.map(({ column, options, because }) => [column.name, options, because])).toEqual([
      [
        'age',
        { missingValues: ['-', 'n/a'], missing: 'median', indicator: false },
        '"-" and "n/a" count as missing, as all other values are numbers; 6 of 40 cells are missing',
      ],
      ['colour', { as: 'one_hot' }, '2 categories (- and red)'],
      ['doors', { as: 'one_hot' }, '3 categories (2, 4 and 5more)'],
    ]);
    expect(missingTexts).toEqual([
      '"age": "-" and "n/a" count as missing, as all other values are numbers.',
      '"doors" has 27 numbers and "5more" in 13 cells, so its values are categories. If this text stands for ' +
        'missing cells, set missing_values: ["5more"] for the column.',
    ]);
  });

  it('of counts is one of numbers, and codes have the word code or zip in their name', async () => {
    const content = table({
      area: (row) => row % 9,
      'area code': (row) => row % 7,
      zip: (row) => row % 5,
      kind,
    });
    const { columns } = await proposalOf(content, 'kind');
    expect(columns.map(({ column }) => column.name)).toEqual(['area code', 'zip']);
  });

  it('of numbers of which nearly each occurs once is left out where it is named like an identifier', async () => {
    const number = (row: number): number => 500_000 + (((row === 7 ? 8 : row) * 7919) % 10_007);
    const content = table({ hospital_number: number, count: number, x: noise, kind });
    expect(await droppedFrom(content, 'kind')).toEqual({
      hospital_number: 'nearly each row has its own number, as identifiers do',
    });
  });

  it('in which many cells are missing gets an input for that', async () => {
    const half = (row: number): number | string => (row % 2 === 0 ? noise(row) : '');
    const few = (row: number): number | string => (row % 10 === 0 ? '' : other(row));
    const { columns } = await proposalOf(table({ half, few, kind }), 'kind');
    expect(columns.map(({ column, options }) => [column.name, options.indicator])).toEqual([
      ['half', true],
      ['few', false],
    ]);
  });

  it('that predicts the class alone is a hint of a leak, unless it only does so in most rows', async () => {
    const isFirst = (row: number): boolean => kind(row) === kind(0);
    const status = (row: number): string => (isFirst(row) ? (row < 20 ? 'open' : 'late') : 'done');
    const good = (row: number): string => (row === 5 ? 'done' : status(row));
    const content = table({ x: noise, status, good, kind });
    const { hints, drop } = await proposalOf(content, 'kind');
    expect(drop).toEqual([]);
    expect(hints).toEqual(['"status" alone predicts the target "kind" in 100 % of the rows.']);
    const few = table({ x: noise, status: (row) => `${status(row)} ${row % 5}`, kind });
    expect((await proposalOf(few, 'kind')).hints).toEqual([]);
  });

  it('that makes up the target, alone or with another, is a hint of a leak', async () => {
    const total = (row: number): number => noise(row) + other(row);
    const content = table({
      casual: noise,
      registered: other,
      near: (row) => total(row) + (row % 2) / 10,
      total,
    });
    expect((await proposalOf(content, 'total')).hints).toEqual([
      '"near" nearly repeats the target "total".',
      '"total" is "casual" + "registered".',
    ]);
    const ratio = table({ a: noise, b: (row) => other(row) + 1, r: (row) => noise(row) / (other(row) + 1) });
    expect((await proposalOf(ratio, 'r')).hints).toEqual(['"r" is "a" / "b".']);
    expect(
      (await proposalOf(table({ x: noise, z: other, y: (row) => noise(row) + row }), 'y')).hints,
    ).toEqual([]);
  });
});

describe('a proposal', () => {
  it('takes whole numbers for classes only where each part can have some of each', async () => {
    const inspected = await inspect(table({ x: noise, y: (row) => (row === 7 ? 3 : row % 3) }));
    const [, target] = inspected.profiles;
    if (target === undefined) throw new Error('two columns');
    expect(propose(inspected, target, null, 1).task).toBe('regression');
  });

  it('counts duplicates and missing cells of the columns that are used', async () => {
    const rows = '1,5,a\n1,5,a\n2,,b\n3,6,a\n4,7,b\n5,8,a\n6,9,b\n7,1,b\n8,2,a\n9,3,b\n';
    const inspected = await inspect(`x,z,k\n${rows}`);
    const { guess } = inspected;
    if (guess === null) throw new Error('a guess');
    expect(propose(inspected, guess.target, null, 1)).toMatchObject({
      duplicates: 1,
      missingCells: 1,
      missing: 'median',
    });
  });

  /** Columns of whole numbers; each reaches its own largest one. */
  const pixels = (count: number, largestOf: (column: number) => number): string =>
    table({
      ...Object.fromEntries(
        Array.from({ length: count }, (_, column) => [
          `p${column}`,
          (row: number) => (row === column ? largestOf(column) : ((row + column) * 7919) % 4),
        ]),
      ),
      kind,
    });
  const scalingOf = async (content: string): Promise<true | 'together'> => {
    const inspected = await inspect(content);
    const target = inspected.profiles.find(({ name }) => name === 'kind');
    if (target === undefined) throw new Error('no column kind');
    return propose(inspected, target, null, 1).standardize;
  };

  it('is scaled together with the others where all look like pixels', async () => {
    expect(await scalingOf(pixels(20, (column) => (column < 5 ? 90 : 250 + (column % 5))))).toBe('together');
  });

  it.each([
    ['there are few columns', pixels(8, () => 255)],
    ['most columns stay far below the largest number', pixels(20, (column) => 10 * (column + 1))],
    ['numbers are negative', pixels(20, (column) => (column === 3 ? -255 : 255))],
    ['numbers are no whole ones', pixels(20, (column) => (column === 3 ? 254.5 : 255))],
    ['numbers are answers from 0 to 3', pixels(20, () => 3)],
  ])('is scaled by itself where %s', async (_, content) => {
    expect(await scalingOf(content)).toBe(true);
  });

  it('is refused where no column is left to learn from', async () => {
    const inspected = await inspect(table({ id: (row) => row, kind }));
    const target = inspected.profiles[1];
    if (target === undefined) throw new Error('two columns');
    await expect(
      refusalOf(Promise.resolve().then(() => propose(inspected, target, null, 1))),
    ).resolves.toMatch(
      /^table\.csv {2}found no useful column besides the target "kind", expected at least one/,
    );
  });
});

describe.skipIf(sharedData === null)('of real tables', () => {
  it.each([
    ['iris.csv', 'column 4', 'classification', []],
    ['wine.csv', 'column 13', 'classification', []],
    ['wisc_bc_data.csv', 'diagnosis', 'classification', ['id']],
    ['sonar.csv', 'column 60', 'classification', []],
    ['optdigits.tra', 'Class', 'classification', ['Block 1', 'Block 40']],
    ['winequality-red.csv', 'column 11', 'classification', []],
    ['mpg.csv', 'mpg', 'regression', ['name']],
    ['concrete.csv', 'strength', 'regression', []],
    ['titanic.csv', 'Survived', 'classification', ['PassengerId', 'Name', 'Ticket', 'Cabin']],
  ])('%s: the target is %s, for %s', async (file, target, task, drop) => {
    const inspected = await inspectTable(join(sharedData ?? '', file), watch);
    const { guess } = inspected;
    expect(guess?.target.name).toBe(target);
    if (guess === null) return;
    const proposal = propose(inspected, guess.target, null, 1);
    expect(proposal.task).toBe(task);
    expect(proposal.drop.map(({ column }) => column.name)).toEqual(drop);
  });
});

describe('a table as spreadsheets export it', () => {
  it('is refused with a remedy where its numbers have signs', async () => {
    const lines = Array.from(
      { length: 40 },
      (_, row) => `${'$€'[row % 2]}${noise(row)};${row % 2 === 0 ? '$' : ''}${row}%;${row} %`,
    );
    await expect(inspect(`a;b;c\n${lines.join('\n')}\n`)).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringMatching(
        /formatted numbers in most columns, such as "[$€]?[\d.]+%?" in ".+", expected plain ones\. Write numbers/,
      ),
    });
  });

  it.each([
    [
      'decimal commas',
      (value: number) => value.toFixed(1).replace('.', ','),
      { decimal: 'comma', thousands: null },
    ],
    [
      'decimal commas before three digits, after a zero in some',
      (value: number) => (value / 10).toFixed(3).replace('.', ','),
      { decimal: 'comma', thousands: null },
    ],
    [
      'points between thousands',
      (value: number) => `1.${String(Math.round(10 * value)).padStart(3, '0')},5`,
      { decimal: 'comma', thousands: 'point' },
    ],
    [
      'commas between thousands',
      (value: number) => `1,${String(Math.round(10 * value)).padStart(3, '0')}`,
      { decimal: 'point', thousands: 'comma' },
    ],
    [
      'spaces between thousands',
      (value: number) => `1 ${String(Math.round(10 * value)).padStart(3, '0')},25`,
      { decimal: 'comma', thousands: 'space' },
    ],
  ] as const)('is read with %s', async (_, write, notation) => {
    const lines = Array.from(
      { length: 40 },
      (_, row) => `${write(noise(row))};${row % 9 === 0 ? '-' : write(other(row))}`,
    );
    const inspected = await inspect(`a;b\n${lines.join('\n')}\n`);
    expect(inspected.notation?.notation).toEqual(notation);
    expect(inspected.profiles.map(({ kind: found, missing }) => [found, missing])).toEqual([
      ['number', 0],
      ['number', 5],
    ]);
  });

  it.each([
    ['a unit', (value: number) => `$${value}`, '$', null],
    ['a unit, but not on zeros', (value: number) => (value < 2 ? '0' : `${value} kg`), 'kg', null],
    ['another unit', (value: number) => `${value} %`, '%', null],
    [
      'a unit and decimal commas',
      (value: number) => `${value.toFixed(2).replace('.', ',')} €`,
      '€',
      { decimal: 'comma', thousands: null },
    ],
    [
      'a unit and commas between thousands',
      (value: number) => `$1,${String(Math.round(10 * value)).padStart(3, '0')}`,
      '$',
      { decimal: 'point', thousands: 'comma' },
    ],
  ] as const)('is read with %s', async (_, write, unit, notation) => {
    const lines = Array.from(
      { length: 40 },
      (_, row) => `${write(noise(row))};${row % 9 === 0 ? '-' : write(other(row))}`,
    );
    const inspected = await inspect(`a;b\n${lines.join('\n')}\n`);
    expect(inspected.notation?.notation ?? null).toEqual(notation);
    expect(inspected.table.hasHeader).toBe(true);
    expect(inspected.profiles.map(({ kind: found, missing }) => [found, missing])).toEqual([
      ['number', 0],
      ['number', 5],
    ]);
    const [a, b] = inspected.profiles;
    if (a === undefined || b === undefined) throw new Error('two columns');
    const { columns } = propose(inspected, b, null, 1);
    expect(columns.map(({ options, because }) => [options.unit, because])).toEqual([
      [
        unit,
        `its numbers have the unit "${unit}"; "-" counts as missing, as all other values are numbers; ` +
          'the target is missing in 5 rows of 40, which cannot be filled: these rows are dropped',
      ],
      [unit, `its numbers have the unit "${unit}"`],
    ]);
  });

  it('is read without totals and empty rows at its end', async () => {
    const above = Array.from(
      { length: 40 },
      (_, row) => `${row % 2 ? 'North' : 'South'},${noise(row)},${other(row)}`,
    );
    const below = ['Total,,1234.5', ',,', 'Average:,5,'];
    const { table: read, skipped, profiles } = await inspect(`a,b,c\n${[...above, ...below].join('\n')}\n`);
    expect(read.rows).toBe(40);
    expect(skipped).toEqual([
      { line: 42, because: 'is a total below the rows: "Total, 1234.5"' },
      { line: 43, because: 'is empty' },
      { line: 44, because: 'is a total below the rows: "Average:, 5"' },
    ]);
    expect(profiles.map(({ missing, distinct }) => [missing, distinct > 1])).toEqual(
      Array(3).fill([0, true]),
    );
  });

  it('keeps a row that is like others above it', async () => {
    const above = Array.from(
      { length: 40 },
      (_, row) => `${row % 2 ? 'total' : 'net'},${noise(row)},${other(row)}`,
    );
    expect((await inspect(`a,b,c\n${above.join('\n')}\ntotal,,3\n`)).skipped).toEqual([]);
    expect((await inspect(`a,b,c\n${above.join('\n')}\nother,,3\n`)).skipped).toEqual([]);
  });

  it('has no decimal commas where other numbers have decimal points', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => `${row % 7},${row % 5};${noise(row)};${kind(row)}`);
    expect((await inspect(`pair;x;kind\n${lines.join('\n')}\n`)).notation).toBeNull();
  });

  const rows = Array.from({ length: 40 }, (_, row) => `${noise(row)};${other(row)};${kind(row)}`).join('\n');

  it.each([
    ['a title', `Yields; 2024\n\na;b;c\n${rows}\n`, [1], 'is a title above the table: "Yields, 2024"'],
    [
      'a title that is a sentence',
      `Yields, by year, 2024\na;b;c\n${rows}\n`,
      [1],
      'is a title above the table: ',
    ],
    ['a title that fills its line with empty cells', `\ufeffYields;;\na;b;c\n${rows}\n`, [1], 'is a title'],
    ['an empty line of cells', `;;\na;b;c\n${rows}\n`, [1], 'is empty'],
    ['two lines of a title', `"Yields"\nof 2024\r\na;b;c\n${rows}\n`, [1, 2], 'is a title above the table'],
    [
      'a line of units',
      `a;b;c\n(mm);(kg);\n${rows}\n`,
      [2],
      'holds no row but units or other names: "(mm), (kg)"',
    ],
    ['groups above the names', `sizes;;\na;b;c\n${rows}\n`, [1], 'is a title above the table: "sizes"'],
    [
      'short names above the names',
      `x1;;x1\na;b;c\n${rows}\n`,
      [1],
      'stands above the line that names the columns',
    ],
    [
      'units above decimal commas',
      `a;b;c\n(mm);(kg);\n${rows.replaceAll('.', ',')}\n`,
      [2],
      'holds no row but units',
    ],
    [
      'a note below',
      `a;b;c\n${rows}\n\nSource: a survey\n`,
      [43],
      'is a note below the rows: "Source: a survey',
    ],
  ])('is read without %s', async (_, content, lines, because) => {
    const { skipped, table: read, delimiter } = await inspect(content);
    expect(skipped.map(({ line }) => line)).toEqual(lines);
    expect(skipped[0]?.because).toContain(because);
    expect(read).toMatchObject({ header: ['a', 'b', 'c'], rows: 40 });
    expect(delimiter).toBe('semicolon');
  });

  it.each([
    ['a header', `a;b;c\n${rows}\n`],
    ['a header with a column without a name', `;b;c\n${rows}\n`],
    ['a first row with missing cells', `a;b;c\n-;n/a;y\n${rows}\n`],
    ['no header', `${rows}\n`],
    ['rows that are mostly empty', `a;b;c;d\n${'x;;;\n'.repeat(20)}${'1;2;y;3\n'.repeat(20)}`],
  ])('is read as it is with %s', async (_, content) => {
    expect((await inspect(content)).skipped).toEqual([]);
  });

  it('is not read where its header is a cell short', async () => {
    await expect(inspect(`a;b\n${rows}\n`)).rejects.toMatchObject({
      message: expect.stringMatching(
        /:2:3 {2}found 3 cells, expected 2 as in line 1\. If line 1 is a title above the table, skip it: skip_lines: 1/,
      ),
    });
  });
});
