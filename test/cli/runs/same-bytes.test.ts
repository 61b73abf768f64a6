import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles, start, writeCampaign } from '../../support/command-line.js';
import { killAfter } from '../../support/kill-after.js';

describe('the results of a campaign', () => {
  it('are the same bytes with 1, 2 and 4 workers, and after ten kills at any moment', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const run = (out: string, workers: number) =>
      fitfirstHere(folder.path, 'run', config, '--out', out, '--workers', String(workers));

    expect(await run('one', 1)).toMatchObject({ code: 0, stderr: '' });
    const want = await promisedFiles(join(folder.path, 'one'));
    for (const workers of [2, 4]) {
      expect((await run(`by-${workers}`, workers)).code).toBe(0);
      expect(await promisedFiles(join(folder.path, `by-${workers}`))).toEqual(want);
    }

    const moments = keyedStream('moments');
    for (let kill = 0; kill < 10; kill++) {
      const words = ['run', config, '--out', 'killed', '--view', 'json'];
      await killAfter(start(folder.path, words), 1 + moments.below(120));
    }
    expect((await run('killed', 2)).code).toBe(0);
    expect(await promisedFiles(join(folder.path, 'killed'))).toEqual(want);
  }, 180_000);
});
