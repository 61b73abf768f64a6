import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder } from '../../support/command-line.js';

const rows = Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 13},${row % 2 ? 'y' : 'x'}\n`).join(
  '',
);
const search =
  'parameters: {hidden: {values: [4, 8]}, dropout: {values: [0, 0.5]}, epochs: ' +
  '2}\nfit_first: {grow: hidden, dropout: [dropout]}\n';
const commands = [
  ['validate', 'c.yaml'],
  ['run', 'c.yaml'],
  ['run', 'c.yaml', '--dry-run'],
] as const;

describe('validate, run and run --dry-run', () => {
  it.each([
    [
      'names that are not there, with mistakes of form',
      `sede: 3\ndata: {path: t.csv, target: knid, drop: [aa]}\n${search}`,
      [
        'c.yaml:1:1  unknown key "sede". Did you mean "seed"?',
        'c.yaml:2:29  data.target is "knid", but t.csv has no such column. Did you mean "kind"?',
        'c.yaml:2:42  data.drop[0] is "aa", but t.csv has no such column. Did you mean "a"?',
      ],
    ],
    [
      'a metric that the data do not have',
      `metric: {name: val_rmse}\ndata: {path: t.csv, target: kind, missing: drop}\n${search}`,
      [
        'c.yaml:1:16  metric.name is "val_rmse", but rmse needs a number as target; expected ' +
          'val_, train_ or test_ with loss, accuracy, balanced_accuracy, f1, roc_auc or brier.',
      ],
    ],
    [
      'a table that is not there',
      `data: {path: tt.csv, target: kind}\n${search}`,
      [
        expect.stringMatching(
          /^c\.yaml:1:14 {2}data\.path: there is no file .*tt\.csv\. Did you mean "t\.csv"\?$/,
        ),
      ],
    ],
    [
      'a column that the cells do not suit, and the cells themselves',
      `data:\n  path: t.csv\n  target: kind\n  columns: {b: {unseen: error}}\n  drop: []\n${search}`,
      [
        'c.yaml:4:25  data.columns.b.unseen is for categories, but "b" holds numbers. Remove it, ' +
          'or set as: one_hot or ordinal, so that its numbers are categories.',
        expect.stringMatching(/t\.csv:42:1 {2}found a missing cell in "a" here, expected a value\./),
      ],
    ],
  ])('refuse alike, with code 2, and write nothing: %s', async (_, config, lines) => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 't.csv'), `a,b,kind\n${rows},1,x\n`);
    await writeFile(join(folder.path, 'c.yaml'), config);
    for (const words of commands) {
      const ended = await fitfirstHere(folder.path, ...words);
      expect({ words, code: ended.code, stdout: ended.stdout }).toEqual({ words, code: 2, stdout: '' });
      expect(ended.stderr.trimEnd().split('\n')).toEqual(lines);
    }
    expect((await readdir(folder.path)).sort()).toEqual(['c.yaml', 't.csv']);
  });
});

describe('options', () => {
  it.each([
    [['run', 'c.yaml', '--calibrate', '10s'], /^--calibrate limits a dry run, .* Add --dry-run, or leave/],
    [['run', 'c.yaml', '--dry-run', '--view', 'plain'], /'--view <view>' cannot be used with .*'--dry-run'/],
    [['run', 'c.yaml', '--fresh', '--extend'], /'--extend' cannot be used with .*'--fresh'/],
    [
      ['test-report', 'log', '-p', 'x', '-c', 'c.yaml'],
      /'-p, --pattern <pattern...>' cannot be used with .*'-c, --config <config>'/,
    ],
  ])('that mean nothing where they stand are refused: %j', async (words, message) => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'c.yaml'), `data: {generate: spirals}\n${search}`);
    const ended = await fitfirstHere(folder.path, ...words);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(await readdir(folder.path)).toEqual(['c.yaml']);
  });
});

describe('answers of the operating system', () => {
  it('are said in words, with what to do', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'c.yaml'), `data: {generate: spirals}\n${search}`);
    const long = 'x'.repeat(300);
    const raw: unknown[] = [];
    for (const words of [
      ['status', long],
      ['validate', long],
      ['predict', long, 'table.csv'],
      ['report', long],
      ['init', long],
      ['export', long],
      ['watch', long],
      ['test-report', long],
      ['run', 'c.yaml', '--out', long],
    ]) {
      const ended = await fitfirstHere(folder.path, ...words);
      expect({ words, code: ended.code, stdout: ended.stdout }).toEqual({ words, code: 2, stdout: '' });
      if (/bug|\n +at |ENAMETOOLONG: /.test(ended.stderr)) raw.push([words[0], ended.stderr.slice(-200)]);
    }
    expect(raw).toEqual([]);
  });
});
