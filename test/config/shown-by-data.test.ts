import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readWithData } from '../../src/config/load-config.js';
import type { Dataset } from '../../src/data/dataset.js';
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
  return (await readWithData(text, join(folder.path, 'c.yaml'))).dataset;
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
      'c.yaml:10:5  data.columns speaks of "colour", which data.drop drops. Remove it from one of them.',
      'c.yaml:11:5  data.columns speaks of "k", which is the target and not an input; expected ' +
        'no options but unit, missing_values and missing: error, or drop to drop the rows without it.',
      'c.yaml:12:5  data.columns speaks of -9, but t.csv has 5 columns: indices go from 0 to ' +
        '4, or from -1 (the last) to -5.',
    ]);
  });

  it('is refused by name where columns have none, or share one', async () => {
    const twins = 'a,a,k\n1,2,x\n3,4,y\n';
    expect(await mistakes(['a: {missing: mean}'], 'drop: []', twins)).toEqual([
      'c.yaml:7:5  data.columns speaks of "a", but t.csv has several columns of this name. ' +
        'Give the index of one: 0 or 1.',
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
      'c.yaml:7:19  data.columns.age.unseen is for categories, but "age" holds numbers. Remove ' +
        'it, or set as: one_hot or ordinal, so that its numbers are categories.',
      'c.yaml:8:21  data.columns.size.missing is median, but "size" holds texts ("low", "mid", ' +
        '"high"), which have none. Set most_frequent, or give the texts an order with as: ' +
        'ordinal.',
      'c.yaml:8:40  data.columns.size.indicator would be the same in every row: no cell of ' +
        '"size" is missing. Remove it.',
      'c.yaml:9:34  data.columns.colour.order lacks "red" (not "reed"?) and "blue", which ' +
        '"colour" has. Add every category of the column.',
      'c.yaml:10:28  data.columns.zip.most_categories is for categories, but "zip" holds ' +
        'numbers. Remove it, or set as: one_hot or ordinal, so that its numbers are categories.',
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

const people = 'age,height,sex,day,kind\n'.concat(
  Array.from(
    { length: 40 },
    (_, i) => `${i},${150 + i},${i % 2 ? 'f' : 'm'},2024-01-${10 + (i % 20)},${i % 3 ? 'a' : 'b'}\n`,
  ).join(''),
);

/** The lines that a config is refused with beside a table `p.csv`; empty where it is sound. */
async function refusal(text: string, table: string | null = people): Promise<string[]> {
  await using folder = await emptyFolder();
  if (table !== null) await writeFile(join(folder.path, 'p.csv'), table);
  const refused = await readWithData(text, join(folder.path, 'c.yaml')).then(
    () => null,
    (error: unknown) => error,
  );
  if (refused === null) return [];
  if (!(refused instanceof FitfirstError)) throw refused;
  return refused.message.replaceAll(`${folder.path}/`, '').split('\n');
}

const search = 'parameters: {hidden: 4}\nmethod: grid\n';

describe('what a config names', () => {
  it('is looked up in one place: every wrong name is reported, in the order of the config', async () => {
    const text =
      `data:\n  path: p.csv\n  columns: {hieght: {missing: mean}}\n  split: {group: dya}\n  ` +
      `drop: [agge, sex, 9]\n  target: Kind\n${search}`;
    expect(await refusal(text)).toEqual([
      'c.yaml:3:13  data.columns speaks of "hieght", but p.csv has no such column. Did you mean "height"?',
      'c.yaml:4:18  data.split.group is "dya", but p.csv has no such column. Did you mean "day"?',
      'c.yaml:5:10  data.drop[0] is "agge", but p.csv has no such column. Did you mean "age"?',
      'c.yaml:5:21  data.drop[2] is 9, but p.csv has 5 columns: indices go from 0 to 4, or from -1 (the last) to -5.',
      'c.yaml:6:11  data.target is "Kind", but p.csv has no such column. Did you mean "kind"?',
    ]);
  });

  it('is reported with errors of form elsewhere, and of the data', async () => {
    const text = `sede: 3\ndata: {path: p.csv, target: kidn, pat: x.csv, drop: [agge]}\n${search}`;
    expect(await refusal(text)).toEqual([
      'c.yaml:1:1  unknown key "sede". Did you mean "seed"?',
      'c.yaml:2:29  data.target is "kidn", but p.csv has no such column. Did you mean "kind"?',
      expect.stringMatching(/^c\.yaml:2:35 {2}unknown key "pat" in data\./),
      'c.yaml:2:54  data.drop[0] is "agge", but p.csv has no such column. Did you mean "age"?',
    ]);
  });

  it('is reported with what the cells show, as if the nearest column had been named', async () => {
    const text =
      `data:\n  path: p.csv\n  target: kind\n  drop: [agge, dya]\n  columns: {sxe: {as: ` +
      `ordinal, order: [m, x]}}\nmetric: {name: val_rmse}\n${search}`;
    const holes = people.replace('3,153,', '3,,').replace('5,155', '5,tall');
    expect(await refusal(text, holes)).toEqual([
      'c.yaml:4:10  data.drop[0] is "agge", but p.csv has no such column. Did you mean "age"?',
      'c.yaml:4:16  data.drop[1] is "dya", but p.csv has no such column. Did you mean "day"?',
      'c.yaml:5:13  data.columns speaks of "sxe", but p.csv has no such column. Did you mean "sex"?',
      'c.yaml:5:39  data.columns.sxe.order lacks "f", which "sex" has. Add every category of the column.',
      'c.yaml:6:16  metric.name is "val_rmse", but rmse needs a number as target; expected ' +
        'val_, train_ or test_ with loss, accuracy, balanced_accuracy, f1, roc_auc or brier.',
      expect.stringMatching(/^p\.csv:7:2 {2}found "tall" in "height", expected a number/),
      expect.stringMatching(/^p\.csv:5:2 {2}found a missing cell in "height"/),
    ]);
  });

  it('may be files that are not there', async () => {
    const text = `data: {path: [q.csv, p.csv], target: kind, test: tset.csv}\n${search}`;
    expect(await refusal(text)).toEqual([
      'c.yaml:1:15  data.path: there is no file q.csv. Did you mean "p.csv"?',
      'c.yaml:1:50  data.test: there is no file tset.csv. Paths are relative to the folder of this config.',
    ]);
    const arrays = `data: {images: i.idx, labels: l.idx, test: {images: ti.idx, labels: tl.idx}}\n${search}`;
    expect(await refusal(arrays, null)).toEqual(
      [
        '1:16  data.images: there is no file i.idx.',
        '1:31  data.labels: there is no file l.idx.',
        '1:53  data.test.images: there is no file ti.idx.',
        '1:69  data.test.labels: there is no file tl.idx.',
      ].map((line) => `c.yaml:${line} Paths are relative to the folder of this config.`),
    );
  });

  it.each([
    [
      'the target, which stays',
      'target: kind, drop: [kind, day]',
      'data.drop[0] is "kind", which is the target. Remove it from drop, or predict another column.',
    ],
    [
      'the target, which groups nothing',
      'target: kind, split: {group: kind}',
      'data.split.group is "kind", which is the target. Name the column that splits the rows, or remove it.',
    ],
    [
      'every column',
      'target: kind, drop: [0, 1, 2, 3]',
      'data.drop leaves no column for the inputs, expected at least one besides the target.',
    ],
    [
      'an index where the name was meant',
      'target: 2024',
      'data.target is 2024, but p.csv has 2 columns: indices go from 0 to 1, or from -1 (the ' +
        'last) to -2. For the column of this name, put it in quotes: "2024".',
      'a,2024\n1,x\n2,y\n',
    ],
    [
      'a name that a row has not',
      'target: kind',
      'data.target is "kind", but p.csv has no such column. Its first line has "1" and "x". If ' +
        'that is a row and no header line, give the index, from 0 to 1.',
      '1,x\n2,y\n',
    ],
  ])('may not be %s', async (_, said, sentence, table = people) => {
    const lines = await refusal(`data: {path: p.csv, ${said}}\n${search}`, table);
    expect(lines.map((line) => line.replace(/^c\.yaml:1:\d+ {2}/, ''))).toEqual([sentence]);
  });

  it('suits the task that the data show, or every place is reported', async () => {
    const text =
      'data: {path: p.csv, target: height, drop: [day, kind]}\nmetric: {name: ' +
      'val_accuracy}\nparameters:\n  hidden: {values: [4, 8]}\n  dropout: {values: [0, ' +
      '0.5]}\n  loss: {values: [cross_entropy, squared_error]}\n' +
      '  label_smoothing: {min: 0.0, max: 0.1}\nfit_first:\n  grow: hidden\n  dropout: ' +
      '[dropout]\n  fit: {metric: train_accuracy}\n';
    expect(await refusal(text.replace('height', 'sex'))).toEqual([]);
    expect(await refusal(text)).toEqual([
      'c.yaml:2:16  metric.name is "val_accuracy", but accuracy needs classes; expected val_, ' +
        'train_ or test_ with loss, rmse, mae or r2.',
      'c.yaml:6:3  loss: cross_entropy needs classes, but the target is a number. Leave loss ' +
        'out, or write squared_error.',
      'c.yaml:7:3  label_smoothing needs classes, but the target is a number. Leave it out.',
      'c.yaml:11:17  fit_first.fit.metric is "train_accuracy", but accuracy needs classes; ' +
        'expected train_ with loss, rmse, mae or r2.',
    ]);
  });
});
