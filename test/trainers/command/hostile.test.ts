import { readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, vi } from 'vitest';
import { campaignVariable } from '../../../src/trainers/command/processes/marked-processes.js';
import { processesWithEnvironment } from '../../../src/trainers/command/processes/process-table.js';
import { emptyFolder, fitfirst, type Running, start, writeCampaign } from '../../support/command-line.js';
import { launcherOf } from './launcher-of.js';

const program = fileURLToPath(new URL('fixtures/hostile.js', import.meta.url));

const campaign = (parameters: string): string => `
name: hostile
trainer:
  command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}]
  report: stdout
  timeout: 10s
  grace: 300ms
  max_rss: 300MiB
max_failures: 50
method: grid
parameters: {${parameters}, epochs: 4}
`;

/** What was done to the trials, and what becomes of each. */
const ends: Readonly<Record<string, string>> = {
  good: 'finished complete',
  exits: 'failed exit',
  silent: 'failed no-metric',
  'throws-late': 'failed exit',
  loops: 'failed timeout',
  allocates: 'failed memory',
  floods: 'failed timeout',
  forks: 'failed timeout',
  'half-line': 'failed bad-report',
  nan: 'diverged ',
  disorder: 'failed bad-report',
  'closes-stdout': 'failed no-metric',
  killed: 'failed signal',
  better: 'finished complete',
};

async function trialsOf(results: string): Promise<Record<string, string>[]> {
  return parse(await readFile(join(results, 'trials.csv'), 'utf8'), { columns: true });
}

async function processesOf(results: string): Promise<number> {
  return processesWithEnvironment(campaignVariable, await realpath(results)).length;
}

/** Four commands that hang, in a campaign of six trials, whose driver runs. */
async function startHanging(folder: string): Promise<Running> {
  await writeCampaign(
    folder,
    campaign('act: hangs-at-first, x: {values: [1, 2, 3, 4, 5, 6]}').replace('10s', '5m'),
  );
  await writeFile(join(folder, 'hang'), '');
  const driver = start(folder, ['run', 'campaign.yaml', '--workers', '4', '--view', 'json']);
  await driver.says(/(?:trial-reported[\s\S]*?){4}/);
  return driver;
}

/** Finishes the campaign, and tells whether it came to the same as one that nothing had happened to. */
async function finishesAsIfUndisturbed(folder: string): Promise<boolean> {
  const results = join(folder, 'results/hostile');
  await rm(join(folder, 'hang'), { force: true });
  expect(await fitfirst(folder, 'run', 'campaign.yaml', '--view', 'none')).toMatchObject({ code: 0 });
  expect(await processesOf(results)).toBe(0);
  await fitfirst(folder, 'run', 'campaign.yaml', '--out', 'whole', '--view', 'none');
  const trials = (at: string): Promise<string> => readFile(join(at, 'trials.csv'), 'utf8');
  return (await trials(results)) === (await trials(join(folder, 'whole')));
}

describe('a campaign of commands', () => {
  it('brings every bad trial to its own end, and the good ones to that of a campaign without bad ones', async () => {
    await using folder = await emptyFolder();
    const acts = Object.keys(ends);
    await writeCampaign(folder.path, campaign(`act: {values: ${JSON.stringify(acts)}}`));

    const end = await fitfirst(folder.path, 'run', 'campaign.yaml', '--workers', '3', '--view', 'none');

    expect(end).toMatchObject({ code: 0, stderr: '' });
    const results = join(folder.path, 'results/hostile');
    const rows = await trialsOf(results);
    const search = rows.filter((row) => row.stage === 'search');
    expect(Object.fromEntries(search.map(({ act, state, reason }) => [act, `${state} ${reason}`]))).toEqual(
      ends,
    );
    expect(await processesOf(results)).toBe(0);

    await writeCampaign(folder.path, campaign('act: {values: [good, better]}'));
    await fitfirst(folder.path, 'run', 'campaign.yaml', '--out', 'alone', '--view', 'none');
    const named = ({ trial: _, ...row }: Record<string, string>): unknown => row;
    const good = rows.filter((row) => row.act === 'good' || row.act === 'better');
    expect(good.map(named)).toEqual((await trialsOf(join(folder.path, 'alone'))).map(named));
  });

  it('ends with code 4 and the last words of the program when too many trials fail in a row', async () => {
    await using folder = await emptyFolder();
    const text = campaign('act: exits, x: {values: [1, 2, 3, 4, 5, 6, 7, 8, 9]}').replace('50', '3');
    await writeCampaign(folder.path, text);

    const end = await fitfirst(folder.path, 'run', 'campaign.yaml', '--workers', '1', '--view', 'none');

    expect(end.code).toBe(4);
    expect(end.stderr).toContain('3 trials failed in a row');
    expect(end.stderr).toContain('The command exited with code 1: the learning rate is no number');
    expect(end.stderr).toMatch(/The end of .*\/logs\/.*\.log:\n {2}the learning rate is no number/);
  });

  it('keeps the beginning and the end of a flood, and the report after it', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(folder.path, campaign('act: floods-1GB').replace('10s', '5m'));

    expect(await fitfirst(folder.path, 'run', 'campaign.yaml', '--view', 'none')).toMatchObject({ code: 0 });

    const results = join(folder.path, 'results/hostile');
    const [row] = await trialsOf(results);
    expect(row).toMatchObject({ state: 'finished', val_loss: '1' });
    const { trials } = JSON.parse(await readFile(join(results, 'summary.json'), 'utf8'));
    expect(trials).toBe(2);
    const [log = ''] = (await readdir(join(results, 'logs'))).filter((name) => name.startsWith('repeat=1-'));
    const path = join(results, 'logs', log);
    expect((await stat(path)).size).toBeLessThan(2_200_000);
    expect(await readFile(path, 'utf8')).toMatch(
      /^x+\n\[\.\.\. \d+ bytes are left out here \.\.\.\]\nx+\n\{"epoch":1,"val_loss":1\}\n$/,
    );
  });

  it('ends what a killed run left behind, and comes to the end of an undisturbed one', async () => {
    await using folder = await emptyFolder();
    const results = join(folder.path, 'results/hostile');
    const driver = await startHanging(folder.path);
    const launcher = launcherOf(await realpath(results));
    process.kill(launcher, 'SIGSTOP'); // or it would end them now
    driver.child.kill('SIGKILL');
    await driver.ended;
    process.kill(launcher, 'SIGKILL');
    await vi.waitFor(async () => expect(await processesOf(results)).toBe(4));

    expect(await finishesAsIfUndisturbed(folder.path)).toBe(true);
  });

  it('leaves no command running when it is killed, whether or not it is ever run again', async () => {
    await using folder = await emptyFolder();
    const results = join(folder.path, 'results/hostile');
    const driver = await startHanging(folder.path);

    driver.child.kill('SIGKILL');
    await driver.ended;

    await vi.waitFor(async () => expect(await processesOf(results)).toBe(0), { timeout: 20_000 });
    expect(await finishesAsIfUndisturbed(folder.path)).toBe(true);
  });

  it('fails the one program that ends the process by which commands are started, and no other', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(folder.path, campaign('act: {values: [kills-parent, bystander, other-bystander]}'));

    const end = await fitfirst(folder.path, 'run', 'campaign.yaml', '--workers', '3', '--view', 'none');

    expect(end).toMatchObject({ code: 0 });
    const results = join(folder.path, 'results/hostile');
    const search = (await trialsOf(results)).filter((row) => row.stage === 'search');
    expect(search.map(({ act, state, reason }) => `${act}: ${state} ${reason}`)).toEqual([
      'kills-parent: failed crash',
      'bystander: finished complete',
      'other-bystander: finished complete',
    ]);
    expect(await readFile(join(results, 'journal.jsonl'), 'utf8')).toContain(
      'No other command was running: does the program end its parent process?',
    );
    expect(await processesOf(results)).toBe(0);
  });

  it('goes on when the process is killed by which it starts commands', async () => {
    await using folder = await emptyFolder();
    const driver = await startHanging(folder.path);
    await rm(join(folder.path, 'hang'));

    process.kill(launcherOf(await realpath(join(folder.path, 'results/hostile'))), 'SIGKILL');

    expect(await driver.ended).toMatchObject({ code: 0 });
    expect(await finishesAsIfUndisturbed(folder.path)).toBe(true);
  });
});
