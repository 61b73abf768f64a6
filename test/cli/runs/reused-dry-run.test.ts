import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles, smallCampaign, writeCampaign } from '../../support/command-line.js';

const REUSED = /^(\d+) trials had been trained by a dry run and did not run again\.$/m;

it('a run reuses what its dry run has trained, with the same bytes, and what is damaged is trained again', async () => {
  await using folder = await emptyFolder();
  const config = await writeCampaign(folder.path);
  const run = async (out: string): Promise<{ reused: number; files: Record<string, string> }> => {
    const words = ['run', config, '--view', 'plain', '--out', out];
    const { code, stdout } = await fitfirstHere(folder.path, ...words);
    expect(code).toBe(0);
    const reused = Number(REUSED.exec(stdout)?.[1] ?? 0);
    const results = join(folder.path, out);
    const model = await readFile(join(results, 'model.json'), 'utf8');
    return { reused, files: { ...(await promisedFiles(results)), model } };
  };
  const whole = await run('whole');
  expect(whole.reused).toBe(0);

  vi.stubEnv('XDG_CACHE_HOME', join(folder.path, 'cache'));
  const cache = join(folder.path, 'cache/fitfirst/dry-runs');
  const dry = await fitfirstHere(folder.path, 'run', config, '--dry-run');
  expect(dry.code).toBe(0);
  const kept = Number(/^ {2}calibrated on .+, of which a run reuses (\d+)$/m.exec(dry.stdout)?.[1]);
  expect(kept).toBeGreaterThan(20);
  const [name = ''] = await readdir(cache);
  const path = join(cache, name);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const copy = join(folder.path, 'copy.jsonl');
  await copyFile(path, copy);

  // Part of the campaign, then the rest: the trials are kept until it is concluded.
  await writeCampaign(folder.path, `${smallCampaign}budget: {trials: 10}\n`);
  await fitfirstHere(folder.path, 'run', config, '--view', 'none', '--out', 'reusing');
  expect(await readdir(cache)).toEqual([name]);
  await writeCampaign(folder.path);
  const reusing = await run('reusing');
  expect(reusing.files).toEqual(whole.files);
  expect(reusing.reused).toBeGreaterThan(10);
  expect(await readdir(cache)).toEqual([]);

  const bytes = await readFile(copy);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(path, bytes);
  expect(await run('damaged')).toEqual({ reused: 0, files: whole.files });

  // Another campaign has another training identity.
  await copyFile(copy, path);
  await writeCampaign(folder.path, smallCampaign.replace('seed: 3', 'seed: 4'));
  expect((await run('other')).reused).toBe(0);
  expect(await readdir(cache)).toEqual([name]);
}, 300_000);
