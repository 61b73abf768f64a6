import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fileSource } from '../../../src/data/sources/formats.js';
import { readTable } from '../../../src/data/table/read-table.js';
import { temporaryFolder } from '../../journal/temporary-folder.js';

it('a small packed file with millions of rows is refused before it fills the memory', async () => {
  const path = join(temporaryFolder(), 'bomb.csv.gz');
  const packed = gzipSync(`a,b\n${'1,2\n'.repeat(1_000_000)}`);
  expect(packed.length).toBeLessThan(100_000);
  writeFileSync(path, packed);
  const columns = { target: 'b', drop: [], split: { kind: 'none' }, columns: [] } as const;
  const request = { sources: [fileSource(path)], header: true, columns };
  let read = 0;
  const watch = (_: string, bytes: number): void => {
    read = bytes;
  };
  const table = readTable(request, watch, { rows: 1e9, bytes: 4e6 });
  await expect(table).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringMatching(
      /bomb\.csv\.gz:\d+:1 {2}found more rows than can be held: \d+,\d+ rows so far, which take \d MB; expected at/,
    ),
  });
  expect(read).toBeLessThanOrEqual(packed.length);
  await expect(readTable(request, () => {}, { rows: 300_000, bytes: 1e12 })).rejects.toThrow(
    'expected at most 300,000 rows',
  );
});
