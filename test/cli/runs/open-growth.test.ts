import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { fitfirstHere } from '../../support/command-here.js';
import {
  emptyFolder,
  promisedFiles,
  smallCampaign,
  start,
  writeCampaign,
} from '../../support/command-line.js';
import { killAfter } from '../../support/kill-after.js';

/** Processes that are killed; `npm run soak:growth` kills 50. */
const kills = Number(process.env.FITFIRST_KILLS ?? 6);
/** Other Node programs that have to give the same bytes, between colons. */
const otherNodes = (process.env.FITFIRST_OTHER_NODES ?? '').split(':').filter((node) => node !== '');

const open = smallCampaign.replace('hidden: {values: [2, 4, 16, 32]}', 'hidden: {from: 2}');
const until = (limits: string): string => `${open}  grow_until: ${limits}\n`;

async function summaryOf(folder: string): Promise<{ decisions: string[]; fitted: unknown }> {
  return JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
}

describe('a campaign with an open range', () => {
  it('gives the same bytes with 1, 2 and 4 workers, and after kills at any moment', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, `stop_early: {patience: 0.1}\n${open}`);
    const run = (out: string, workers: number) =>
      fitfirstHere(folder.path, 'run', config, '--out', out, '--workers', String(workers));
    expect(await run('one', 1)).toMatchObject({ code: 0, stderr: '' });
    const want = await promisedFiles(join(folder.path, 'one'));
    expect((await summaryOf(join(folder.path, 'one'))).decisions.join('\n')).toMatch(
      /Growth ended with a fit: hidden \d+ reached the target, and hidden \d+ did not\./,
    );
    expect(await readFile(join(folder.path, 'one/trials.csv'), 'utf8')).toContain(',patience\n');
    for (const workers of [2, 4]) {
      expect((await run(`by-${workers}`, workers)).code).toBe(0);
      expect(await promisedFiles(join(folder.path, `by-${workers}`))).toEqual(want);
    }
    const moments = keyedStream('moments');
    for (let kill = 0; kill < kills; kill++) {
      const words = ['run', config, '--out', 'killed', '--view', 'json'];
      await killAfter(start(folder.path, words), 1 + moments.below(150));
    }
    expect((await run('killed', 2)).code).toBe(0);
    expect(await promisedFiles(join(folder.path, 'killed'))).toEqual(want);
    for (const node of otherNodes) {
      const out = `on ${node.replaceAll('/', '-')}`;
      expect((await start(folder.path, ['run', config, '--out', out], node).ended).code).toBe(0);
      expect(await promisedFiles(join(folder.path, out))).toEqual(want);
    }
  }, 600_000);

  it.each([
    ['cost', '{cost: 6x}'],
    ['trials', '{trials: 14}'],
    ['size', '{size: 5}'],
  ])(
    'ends at its limit of %s with the same bytes for any number of workers, and goes on from there once it is raised',
    async (name, limit) => {
      await using folder = await emptyFolder();
      const at = (out: string): string => join(folder.path, out);
      const config = await writeCampaign(folder.path, until(limit));
      for (const workers of ['1', '4']) {
        const ended = await fitfirstHere(folder.path, 'run', config, '--out', workers, '--workers', workers);
        expect(ended).toMatchObject({ code: 0, stderr: '' });
      }
      expect(await promisedFiles(at('4'))).toEqual(await promisedFiles(at('1')));
      const { decisions } = await summaryOf(at('1'));
      expect(decisions.join('\n')).toMatch(
        new RegExp(`Growth ends before hidden \\d+: .*grow_until\\.${name}`),
      );

      await writeCampaign(folder.path, open);
      const refused = await fitfirstHere(folder.path, 'run', config, '--out', '4');
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('--extend');
      const before = await readFile(join(at('4'), 'journal.jsonl'), 'utf8');
      expect((await fitfirstHere(folder.path, 'run', config, '--out', '4', '--extend')).code).toBe(0);
      expect((await fitfirstHere(folder.path, 'run', config, '--out', 'at-once')).code).toBe(0);
      expect(await promisedFiles(at('4'))).toEqual(await promisedFiles(at('at-once')));
      expect((await readFile(join(at('4'), 'journal.jsonl'), 'utf8')).startsWith(before)).toBe(true);
    },
    240_000,
  );

  it('is checked and forecast as it is', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, until('{cost: 100x}'));
    const checked = await fitfirstHere(folder.path, 'validate', config);
    expect(checked.stdout).toContain(
      'growth     hidden from 2, times 2; at most size 4096 and 100 times what the first size takes',
    );
    const forecast = await fitfirstHere(folder.path, 'run', config, '--dry-run', '--calibrate', '1s');
    expect(forecast).toMatchObject({ code: 0, stderr: '' });
  }, 120_000);
});
