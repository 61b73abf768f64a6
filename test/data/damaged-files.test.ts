import { expect, it } from 'vitest';
import { folder, load } from './csv-file.js';
import { damagedFile } from './damage.js';
import { tryDamagedFile } from './try-damaged-file.js';

const FILES = 300;

it('a damaged file of any format is loaded or refused with one message that is safe to print', async () => {
  const counts = new Map<string, { loaded: number; refused: number }>();
  for (let number = 0; number < FILES; number++) {
    const { format, damages } = damagedFile(number);
    const tried = await tryDamagedFile(number, folder);
    const own = counts.get(format) ?? { loaded: 0, refused: 0 };
    counts.set(format, own);
    if (tried.outcome === 'wrong') throw new Error(`file ${number} (${damages.join(', ')}): ${tried.what}`);
    own[tried.outcome]++;
  }
  expect([...counts.keys()].sort()).toEqual(['csv', 'gzip', 'idx', 'npy', 'parquet']);
  const sums = [...counts.values()];
  expect(Math.min(...sums.map(({ refused }) => refused))).toBeGreaterThan(5);
  expect(sums.reduce((sum, { loaded }) => sum + loaded, 0)).toBeGreaterThan(10);
});

it('a damaged file is the same for ever', () => {
  expect(damagedFile(17)).toEqual(damagedFile(17));
  expect(damagedFile(17).bytes).not.toEqual(damagedFile(25).bytes);
});

it('a line of a hundred thousand columns is read', async () => {
  const line = (value: string): string => `${value},`.repeat(100_000);
  const dataset = await load(`${line('1')}x\n${line('2')}y\n`);
  expect(dataset).toMatchObject({ rows: 2, inputs: 100_000 });
});
