import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, fitfirst, start, writeCampaign } from '../../support/command-line.js';

const campaign = `
name: small
data: {generate: spirals, rows: 100}
parameters: {hidden: {values: [4, 8, 12, 16]}, epochs: 40, batch_size: 16}
method: grid
repeats: 2
`;

it('stops at a limit on the size of files with what to do, and resumes without the limit', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign);
  const words = ['run', 'campaign.yaml', '--view', 'none'];
  const limited = ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath];

  const { code, stderr } = await start(folder.path, words, 'sh', limited).ended;

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(
      'file too large (EFBIG). Everything that was reported as done is on disk, and nothing more is written. Raise ' +
        'the limit on the size of files (ulimit -f), then give the same command again.',
    ),
  });
  expect(stderr).toContain(join('results/small/journal.jsonl'));
  expect((await fitfirst(folder.path, ...words)).code).toBe(0);
});
