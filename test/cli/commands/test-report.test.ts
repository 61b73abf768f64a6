import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst } from '../../support/command-line.js';

/** What test-report says of a log. */
async function tried(
  log: string,
  ...words: readonly string[]
): Promise<{ code: number | null; stdout: string }> {
  await using folder = await emptyFolder();
  await writeFile(join(folder.path, 'train.log'), log);
  const { code, stdout } = await fitfirst(folder.path, 'test-report', 'train.log', ...words);
  return { code, stdout };
}

const log = 'Loading\nepoch 0 loss 0.9 acc 0.5\nepoch 1 loss 0.8 acc 0.6\n';

describe('test-report', () => {
  it('proposes a pattern, which then reads every report', async () => {
    const { code, stdout } = await tried(log);
    expect(code).toBe(2);
    const pattern = /report: \{pattern: '(.*)'\}/.exec(stdout)?.[1] ?? '';
    expect(await tried(log, '--pattern', pattern)).toEqual({
      code: 0,
      stdout:
        'line 2: epoch 1, loss 0.9, acc 0.5\nline 3: epoch 2, loss 0.8, acc 0.6\n3 lines, 2 ' +
        'reports, 0 that cannot be read\n' +
        'The program counts its epochs from 0; fitfirst counts them from 1, as shown here.\n',
    });
  });

  it('says how far a pattern comes that matches nothing', async () => {
    const { code, stdout } = await tried(log, '--pattern', 'epoch (?<epoch>\\d+), loss (?<loss>\\S+)');
    expect(code).toBe(2);
    expect(stdout).toContain(
      'On line 2 the pattern matches as far as  epoch (?<epoch>\\d+)  and no further:',
    );
  });

  it('says which line counts where one comes with every batch', async () => {
    const { code, stdout } = await tried(
      'epoch 1 loss 2\nepoch 1 loss 1\n',
      '--pattern',
      'epoch (?<epoch>\\d+) loss (?<l>\\S+)',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('line 2: epoch 1, l 1\n');
    expect(stdout).toContain(
      'Several lines of an epoch were read from the pattern; the last of each epoch counts.',
    );
  });

  it('reads a dict of Python by the pattern that it proposes', async () => {
    const dicts = "{'eval_loss': 0.5, 'epoch': 1.0}\n{'eval_loss': 0.4, 'epoch': 2.0}\n";
    const { stdout } = await tried(dicts);
    expect(stdout).toContain('print json.dumps(...) of it');
    const pattern = (/report: \{pattern: '(.*)'\}/.exec(stdout)?.[1] ?? '').replaceAll("''", "'");
    expect(await tried(dicts, '--pattern', pattern)).toMatchObject({ code: 0 });
  });
});
