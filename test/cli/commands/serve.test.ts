import { expect, test } from 'vitest';
import { emptyFolder, start } from '../../support/command-line.js';

test('the server answers at the address it prints and stops on SIGTERM', async () => {
  await using folder = await emptyFolder();
  const { child, ended, says } = start(folder.path, ['serve', '.']);
  let printed = '';
  child.stdout?.on('data', (text: string) => {
    printed += text;
  });
  await says('Ctrl-C ends it.');
  const [address = ''] = /http:\S+/.exec(printed) ?? [];
  const answer = await fetch(address);
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<title>Campaigns')]);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});
