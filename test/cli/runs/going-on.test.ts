import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles, start, writeCampaign } from '../../support/command-line.js';
import { killAfter } from '../../support/kill-after.js';

/** Processes that are killed; `npm run soak:growth` kills 50. */
const kills = Number(process.env.FITFIRST_KILLS ?? 5);
/** The most kills until one of them finds checkpoints. */
const MAX_KILLS = kills + 20;
/** Other Node programs that have to give the same bytes, between colons. */
const otherNodes = (process.env.FITFIRST_OTHER_NODES ?? '').split(':').filter((node) => node !== '');

/** Many growing trials go on, from 4 epochs up to 32. */
const campaign = `
name: going-on
seed: 3
data: {generate: spirals, rows: 120, classes: 2, noise: 0.05}
parameters:
  hidden: {values: [2, 6, 24]}
  dropout: {values: [0, 0.2]}
  learning_rate: {min: 0.0003, max: 0.3, distribution: log_uniform_values}
  optimizer: {values: [adam, sgd]}
  epochs: {value: 4}
  batch_size: {value: 8}
  report_every: {value: 3}
repeats: {first: 1, most: 2}
method: fit_first
fit_first:
  grow: hidden
  dropout: [dropout]
  fit: {reach: 0.9, repeats: 2}
  search: {method: random, trials: 4}
  epochs: {grow: auto, most: 8x}
  confirm: 2
`;

const checkpointsIn = (results: string): Promise<string[]> =>
  readdir(join(results, 'checkpoints')).catch(() => []);

/** What happens to the checkpoints between two runs. */
const mishaps: readonly ((results: string) => Promise<void>)[] = [
  async () => {},
  async (results) => rm(join(results, 'checkpoints'), { recursive: true, force: true }),
  async (results) => {
    for (const name of await checkpointsIn(results)) {
      const path = join(results, 'checkpoints', name);
      const bytes = await readFile(path);
      bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
      await writeFile(path, bytes);
    }
  },
  async (results) => {
    for (const name of await checkpointsIn(results)) await writeFile(join(results, 'checkpoints', name), 'x');
  },
];

describe('a campaign whose growing trials go on', () => {
  it('leaves the same bytes for 1, 2 and 4 workers and after kills, checkpoints lost or not', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, campaign);
    const run = (out: string, workers: number) =>
      fitfirstHere(folder.path, 'run', config, '--out', out, '--workers', String(workers));

    expect(await run('one', 1)).toMatchObject({ code: 0, stderr: '' });
    const want = await promisedFiles(join(folder.path, 'one'));
    expect(want['summary.json']).toContain('their loss still falls: 16 epochs');
    expect(await readdir(join(folder.path, 'one'))).not.toContain('checkpoints');
    for (const workers of [2, 4]) {
      expect((await run(`by-${workers}`, workers)).code).toBe(0);
      expect(await promisedFiles(join(folder.path, `by-${workers}`))).toEqual(want);
    }

    const moments = keyedStream('moments of growth');
    const results = join(folder.path, 'killed');
    let withCheckpoints = 0;
    for (let kill = 0; kill < kills || (withCheckpoints === 0 && kill < MAX_KILLS); kill++) {
      // On a busy machine all kills may miss the checkpoints; then the campaign begins again.
      if (kill >= kills) await rm(results, { recursive: true, force: true });
      const workers = String(1 + (kill % 4));
      const words = ['run', config, '--out', 'killed', '--view', 'json', '--workers', workers];
      await killAfter(start(folder.path, words), 1 + moments.below(160));
      withCheckpoints += (await checkpointsIn(results)).length > 0 ? 1 : 0;
      await mishaps[kill % mishaps.length]?.(results);
    }
    expect(withCheckpoints).toBeGreaterThan(0);
    expect((await run('killed', 2)).code).toBe(0);
    expect(await promisedFiles(results)).toEqual(want);

    for (const node of otherNodes) {
      const out = `on ${node.replaceAll('/', '-')}`;
      expect((await start(folder.path, ['run', config, '--out', out], node).ended).code).toBe(0);
      expect(await promisedFiles(join(folder.path, out))).toEqual(want);
    }
  }, 600_000);

  it('has another plan than one without it, so that it resumes only with --extend', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(
      folder.path,
      campaign.replace('  epochs: {grow: auto, most: 8x}\n', ''),
    );
    expect((await fitfirstHere(folder.path, 'run', config)).code).toBe(0);
    await writeCampaign(folder.path, campaign);
    const refused = await fitfirstHere(folder.path, 'run', config);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('epochs');
    expect((await fitfirstHere(folder.path, 'run', config, '--extend')).code).toBe(0);
  }, 120_000);

  it.each([
    ['epochs: {grow: 4, most: 8x}', 'grow is not auto'],
    ['epochs: {grow: auto, most: 8}', 'expected'],
    ['epochs: {grow: always}', 'auto'],
  ])('refuses %s and says what to write', async (written, message) => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(
      folder.path,
      campaign.replace('epochs: {grow: auto, most: 8x}', written),
    );
    const refused = await fitfirstHere(folder.path, 'validate', config);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(message);
    expect(refused.stderr).not.toMatch(/ {4}at /);
  });
});
