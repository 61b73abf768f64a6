import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles, start, writeCampaign } from '../../support/command-line.js';

/** Sizes and colours, some unknown, of which one comes once in a table. */
const sizeOf = (row: number): string => ['', 'small', 'mid', 'large', 'mid'][row % 5] ?? '';
const colourOf = (row: number): string =>
  row === 41 ? 'pink' : (['red', '?', 'blue', 'red'][row % 4] ?? '');

/** Ninety rows of a class or a number, of thirty customers on ninety days, with holes in one column. */
function table(): string {
  const stream = keyedStream('table of splits');
  const rows = Array.from({ length: 90 }, (_, row) => {
    const [a, b] = [stream.normal(), stream.normal()];
    const kind = a * b > 0 ? 'same' : a > 1 ? 'right' : 'left';
    const part = row % 5 === 0 ? 'val' : row % 5 === 1 ? 'test' : 'train';
    const day = new Date(Date.UTC(2024, 0, 1 + ((row * 37) % 90))).toISOString().slice(0, 10);
    const hole = row % 11 === 0 ? '' : b;
    return [a, hole, kind, a + 2 * b, `c${stream.below(30)}`, day, part, sizeOf(row), colourOf(row)].join(
      ',',
    );
  });
  return ['a,b,kind,sum,who,day,part,size,colour', ...rows].join('\n');
}

const usual = { say: 'missing: median' };
const prepared = {
  drop: 'sum, day, part',
  say:
    'missing: mean, indicator: true, columns: {b: {missing: most_frequent}, ' +
    'size: {as: ordinal, order: [small, mid, large], missing: median}, colour: ' +
    '{most_categories: 2}, who: {as: ordinal, missing: drop}}',
};

const campaigns = [
  {
    ...usual,
    split: '{group: who}',
    target: 'kind',
    metric: 'val_roc_auc',
    drop: 'sum, day, part, size, colour',
  },
  { ...usual, split: '{time: day}', target: 'sum', metric: 'val_mae', drop: 'kind, who, part, size, colour' },
  {
    ...usual,
    split: '{column: part}',
    target: 'kind',
    metric: 'val_f1',
    drop: 'sum, who, day, size, colour',
  },
  {
    ...usual,
    split: '{folds: 3}',
    target: 'kind',
    metric: 'val_balanced_accuracy',
    drop: 'sum, who, day, part, size, colour',
  },
  {
    ...usual,
    split: '{validation: 0.3}',
    target: 'kind',
    metric: 'val_brier',
    drop: 'sum, who, day, part, size, colour',
  },
  { ...prepared, split: '{folds: 3}', target: 'kind', metric: 'val_loss' },
  { ...prepared, split: '{validation: 0.3}', target: 'kind', metric: 'val_accuracy' },
] as const;

describe('results are the same bytes with 1, 2 and 4 workers, and after a kill,', () => {
  it.each(campaigns)(
    'with split: $split, metric: $metric and $say',
    async ({ split, target, metric, drop, say }) => {
      await using folder = await emptyFolder();
      await writeFile(join(folder.path, 'table.csv'), table());
      const config = await writeCampaign(
        folder.path,
        `data: {path: table.csv, target: ${target}, drop: [${drop}], ${say}, split: ${split}}\n` +
          `metric: {name: ${metric}}\nmethod: grid\nrepeats: {first: 1, most: 3}\nparameters:\n` +
          '  hidden: {values: [4, 8]}\n  dropout: {values: [0, 0.3]}\n  epochs: {value: 6}\n  patience: {value: 3}\n',
      );
      const run = (out: string, workers: number) =>
        fitfirstHere(folder.path, 'run', config, '--out', out, '--workers', String(workers));
      expect(await run('1', 1)).toMatchObject({ code: 0, stderr: '' });
      const want = await promisedFiles(join(folder.path, '1'));
      expect(want['summary.json']).toContain(metric.replace('val_', ''));

      const killed = start(folder.path, [
        'run',
        config,
        '--out',
        'killed',
        '--view',
        'json',
        '--workers',
        '2',
      ]);
      await killed.says(/(?:[^\n]*\n){20}/);
      killed.child.kill('SIGKILL');
      await killed.ended;
      for (const [out, workers] of [
        ['2', 2],
        ['4', 4],
        ['killed', 2],
      ] as const) {
        expect((await run(out, workers)).code).toBe(0);
        expect(await promisedFiles(join(folder.path, out))).toEqual(want);
      }
    },
    300_000,
  );
});
