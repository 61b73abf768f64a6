import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';
import { loadData } from '../../src/config/load-data.js';
import type { Dataset } from '../../src/training/data/dataset.js';
import { emptyFolder } from '../support/command-line.js';

const table = 'age,size,colour,zip,k\n1,low,red,10,x\n,mid,blue,20,y\n3,high,,30,x\n4,low,red,10,y\n';

/** What a config becomes that says these lines of the table's columns, the first of them in line 7. */
async function loaded(
  lines: readonly string[],
  others = 'drop: []',
  content = table,
): Promise<Dataset | null> {
  await using folder = await emptyFolder();
  await writeFile(join(folder.path, 't.csv'), content);
  const text = [
    'data:',
    '  path: t.csv',
    '  target: k',
    '  split: none',
    `  ${others}`,
    '  columns:',
    ...lines.map((line) => `    ${line}`),
    'parameters: {hidden: 4}',
    'method: grid',
  ].join('\n');
  return await loadData(readConfig(text, join(folder.path, 'c.yaml')));
}

/** The lines that it is refused with. */
async function mistakes(...given: Parameters<typeof loaded>): Promise<string[]> {
  const refused = await loaded(...given).catch((error: unknown) => error);
  if (!(refused instanceof FitfirstError)) throw new Error('it was not refused');
  expect(refused.code).toBe('CONFIG_INVALID');
  return refused.message.replaceAll(/\S*\/(?=[ct]\.)/g, '').split('\n');
}

describe('what a config says of columns', () => {
  it('goes by their names, or by their places', async () => {
    const dataset = await loaded([
      'age: {missing: mean}',
      '2: {missing: drop}',
      '-2: {as: one_hot}',
      '" size ": {as: ordinal}',
    ]);
    expect(dataset).toMatchObject({
      rows: 3,
      fills: ['mean', null, null, null],
      columns: [{ kind: 'number' }, { kind: 'ordinal' }, { kind: 'category' }, { kind: 'category' }],
    });
  });

  it('may call a column by a number that is its name, where the first line names columns', async () => {
    const years = '2024,2023,k\n1,a,x\n2,b,y\n';
    expect(await loaded(['2023: {as: ordinal}'], 'header: true', years)).toMatchObject({
      columns: [{ kind: 'number' }, { kind: 'ordinal', name: '2023' }],
    });
  });

  it('is refused, all at once, of columns that are not there or are no inputs', async () => {
    const lines = [
      'aeg: {missing: mean}',
      '0: {missing: mean}',
      'age: {indicator: true, missing: mean}',
      'colour: {as: one_hot}',
      'k: {as: ordinal}',
      '-9: {as: ordinal}',
    ];
    expect(await mistakes(lines, 'drop: [colour]')).toEqual([
      'c.yaml:7:5  data.columns speaks of "aeg", but t.csv has no such column. Did you mean "age"?',
      'c.yaml:9:5  data.columns speaks of one column twice, as "0" and as "age". Keep one.',
      'c.yaml:10:5  data.columns speaks of "colour", which data.drop leaves out. Take it out of one of them.',
      'c.yaml:11:5  data.columns speaks of "k", which is the target and no input; of it, expected missing alone: error, or drop to leave out rows without it.',
      'c.yaml:12:5  data.columns speaks of "-9", but t.csv has 5 columns: indices go from 0 to 4, or from -1 (the last) to -5.',
    ]);
  });

  it('is refused by name where columns have none, or share one', async () => {
    const twins = 'a,a,k\n1,2,x\n3,4,y\n';
    expect(await mistakes(['a: {missing: mean}'], 'drop: []', twins)).toEqual([
      'c.yaml:7:5  data.columns speaks of "a", but t.csv has several columns of this name. Give the index, from 0 to 2.',
    ]);
  });

  it('is refused, all at once, where it does not go with what they hold', async () => {
    const lines = [
      'age: {unseen: error}',
      'size: {missing: median, indicator: true}',
      'colour: {as: ordinal, order: [reed, green], missing: median}',
      'zip: {most_categories: 3}',
    ];
    expect(await mistakes(lines, 'missing: mean')).toEqual([
      'c.yaml:7:19  data.columns.age.unseen is for categories, but "age" holds numbers. Take it out, or say as: one_hot or ordinal, so that its numbers are categories.',
      'c.yaml:8:21  data.columns.size.missing is median, but "size" holds texts ("low", "mid", "high"), which have none. Say most_frequent, or give the texts an order with as: ordinal.',
      'c.yaml:8:40  data.columns.size.indicator would be the same in every row: no cell of "size" is missing. Take it out.',
      'c.yaml:9:34  data.columns.colour.order lacks "red" (not "reed"?) and "blue", which "colour" has. Give every category of the column a place.',
      'c.yaml:10:28  data.columns.zip.most_categories is for categories, but "zip" holds numbers. Take it out, or say as: one_hot or ordinal, so that its numbers are categories.',
    ]);
  });

  it('is refused where it makes categories of too many numbers', async () => {
    const rows = Array.from({ length: 10_001 }, (_, row) => `${row},${row % 2}`).join('\n');
    const refused = await loaded(['zip: {as: one_hot}'], 'drop: []', `zip,k\n${rows}`).catch(
      (error: Error) => error,
    );
    expect(refused).toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('found more than 10,000 different values in "zip"'),
    });
  });
});
