import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles, start, writeCampaign } from '../../support/command-line.js';
import { killAfter } from '../../support/kill-after.js';

/** Two wide layers of few units fit where one does not. */
const campaign = `
name: deep
seed: 5
data: {generate: spirals, rows: 100, classes: 2, noise: 0.02}
parameters:
  hidden: {values: [4, 6]}
  layers: {values: [1, 2, 3]}
  dropout: {values: [0, 0.2]}
  learning_rate: 0.03
  epochs: {value: 60}
  batch_size: {value: 16}
repeats: {first: 1, most: 2}
method: fit_first
fit_first:
  grow: [hidden, layers]
  dropout: [dropout]
  fit: {reach: 0.9, repeats: 2}
  confirm: 2
`;

describe('a campaign that grows in depth, too', () => {
  it('adds layers, and gives the same bytes with 1, 2 and 4 workers and after kills', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, campaign);
    const run = (out: string, workers: number) =>
      fitfirstHere(folder.path, 'run', config, '--out', out, '--workers', String(workers));
    expect(await run('one', 1)).toMatchObject({ code: 0, stderr: '' });
    const want = await promisedFiles(join(folder.path, 'one'));
    const { decisions, fitted } = JSON.parse(
      await readFile(join(folder.path, 'one', 'summary.json'), 'utf8'),
    );
    expect(decisions.join('\n')).toMatch(/growth goes on with hidden \d, layers 2\./);
    expect(fitted.layers).toBeGreaterThan(1);
    for (const workers of [2, 4]) {
      expect((await run(`by-${workers}`, workers)).code).toBe(0);
      expect(await promisedFiles(join(folder.path, `by-${workers}`))).toEqual(want);
    }
    const moments = keyedStream('moments of depth');
    for (let kill = 0; kill < 4; kill++) {
      const words = ['run', config, '--out', 'killed', '--view', 'json'];
      await killAfter(start(folder.path, words), 1 + moments.below(400));
    }
    expect((await run('killed', 2)).code).toBe(0);
    expect(await promisedFiles(join(folder.path, 'killed'))).toEqual(want);
  }, 240_000);
});
