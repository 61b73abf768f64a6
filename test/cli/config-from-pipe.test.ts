import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, program } from '../support/command-line.js';

const campaign = (path: string): string => `
data: {path: ${path}, target: y}
parameters: {hidden: {values: [2]}, epochs: 3}
method: grid
`;

function bash(folder: string, script: string): { status: number | null; stdout: string; stderr: string } {
  const options = { cwd: folder, encoding: 'utf8', timeout: 60_000 } as const;
  return spawnSync('bash', ['-c', script, process.execPath, program], options);
}

it.skipIf(process.platform === 'win32')('a config may come from a pipe, with paths from here', async () => {
  await using folder = await emptyFolder();
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? 'a' : 'b'}`);
  await writeFile(join(folder.path, 'rows.csv'), `x,y\n${rows.join('\n')}\n`);
  await mkdir(join(folder.path, 'elsewhere'));
  await writeFile(join(folder.path, 'elsewhere/c.yaml'), campaign('rows.csv'));
  await writeFile(join(folder.path, 'elsewhere/missing.yaml'), campaign('table.csv'));

  const substituted = bash(folder.path, '"$0" "$1" validate <(cat elsewhere/c.yaml)');
  expect(substituted).toMatchObject({ status: 0, stdout: expect.stringContaining('40 rows') });
  const missing = bash(folder.path, 'cat elsewhere/missing.yaml | "$0" "$1" validate /dev/stdin');
  expect(missing).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(
      /^stdin:2:14 {2}data\.path: there is no file \S*table\.csv\. Paths are relative to the working directory,/,
    ),
  });
  const endless = bash(folder.path, 'yes "# a config" | "$0" "$1" validate /dev/stdin');
  expect(endless).toMatchObject({ status: 2, stderr: expect.stringContaining('too many for a config') });
});
