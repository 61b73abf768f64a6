import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeInventedJournal } from '../../app/serve/invented-journal.js';
import { emptyFolder, fitfirst, start } from '../../support/command-line.js';

/** A server as a process of its own, with options for Node, once it has said where it serves. */
async function serving(folder: string, ...options: readonly string[]) {
  const running = start(folder, ['serve', '.'], process.execPath, options);
  let printed = '';
  running.child.stdout?.on('data', (text: string) => {
    printed += text;
  });
  await running.says('Ctrl-C ends it.');
  return { ...running, address: /http:\S+/.exec(printed)?.[0] ?? '' };
}

describe('fitfirst serve', () => {
  it('answers at the address it prints and stops on SIGTERM', async () => {
    await using folder = await emptyFolder();
    const { child, ended, address } = await serving(folder.path);
    const answer = await fetch(address);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<title>Campaigns')]);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('says which folder cannot be read', async () => {
    await using folder = await emptyFolder();
    expect(await fitfirst(folder.path, 'serve', 'nowhere')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'nowhere: cannot be read: no such file or directory (ENOENT).\n',
    });
  });

  it('says what to do when the memory that Node may use is too small for the campaigns', async () => {
    await using folder = await emptyFolder();
    await writeInventedJournal(join(folder.path, 'large'), { trials: 20_000, epochs: 2 });
    const { ended, address } = await serving(folder.path, '--max-old-space-size=24');
    await expect(fetch(`${address}history?folder=large`).then((answer) => answer.text())).rejects.toThrow();
    const stderr = expect.stringMatching(
      /^Memory ran out: to show these campaigns takes more than the \d+ MB/,
    );
    expect(await ended).toMatchObject({ code: 2, stderr });
  });
});
