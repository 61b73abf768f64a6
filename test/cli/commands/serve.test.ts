import { readdir } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { emptyFolder, start } from '../../support/command-line.js';

test('the server yields to campaigns: all of its threads have a low priority', async () => {
  await using folder = await emptyFolder();
  const { child, ended, says } = start(folder.path, ['serve', '.']);
  await says('Ctrl-C ends it.');
  const pid = child.pid ?? 0;
  const threads = process.platform === 'linux' ? await readdir(`/proc/${pid}/task`) : [String(pid)];
  const priorities = threads.map((thread) => getPriority(Number(thread)));
  expect(Math.min(...priorities)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});
