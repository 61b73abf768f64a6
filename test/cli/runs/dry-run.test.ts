import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, fitfirst, smallCampaign, start, writeCampaign } from '../../support/command-line.js';

/** The numbers of a line: the likely one first, or the only one; then the bounds. */
function numbersOf(said: string, line: 'trials' | 'epochs'): number[] {
  const text = new RegExp(`^ {2}${line} +(.+)$`, 'm').exec(said)?.[1] ?? '';
  return [...text.matchAll(/[\d,]+\d|\d/g)].map(([number]) => Number(number.replaceAll(',', '')));
}

const program = `
import { appendFileSync } from 'node:fs';
appendFileSync('started.txt', 'started\\n');
for (let epoch = 1; epoch <= 4; epoch++) console.log(JSON.stringify({ epoch, val_loss: 1 / epoch }));
`;

const entryUrl = (folder: string): string => `
name: own
trainer: {command: [node, ${join(folder, 'train.mjs')}], report: stdout}
metric: {name: val_loss, goal: minimize}
parameters: {hidden: {values: [2, 4]}, epochs: 4}
method: grid
`;

describe('run --dry-run', () => {
  it('says what the campaign then comes to, twice the same, and leaves nothing behind', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const before = await readdir(folder.path);
    // In a process of its own, since this one has the memory of all tests before.
    const first = await fitfirst(folder.path, 'run', config, '--dry-run');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^ {2}time {7}\S.* with \d+ workers?$/m);
    expect(first.stdout).toMatch(/^ {2}memory {5}about \d+ MB$/m);
    expect(first.stdout).toMatch(/^ {2}disk {7}at most about \d+(\.\d)? MB in results\/small$/m);
    const again = await fitfirstHere(folder.path, 'run', config, '--dry-run', '--workers', '3');
    expect(await readdir(folder.path)).toEqual(before);

    expect(await fitfirstHere(folder.path, 'run', config, '--view', 'none', '--out', 'out')).toMatchObject({
      code: 0,
    });
    const summary = JSON.parse(await readFile(join(folder.path, 'out/summary.json'), 'utf8'));
    const rows = (await readFile(join(folder.path, 'out/trials.csv'), 'utf8')).trim().split('\n').length - 1;
    const actual = { trials: rows, epochs: Number(summary.epochs_trained) };
    for (const line of ['trials', 'epochs'] as const) {
      const [likely, least = Number.NaN, most = Number.NaN] = numbersOf(first.stdout, line);
      expect(numbersOf(again.stdout, line)).toEqual([likely, least, most]);
      expect(actual[line]).toBeGreaterThanOrEqual(least);
      expect(actual[line]).toBeLessThanOrEqual(most);
      // So small a campaign is gone through whole.
      expect(likely).toBe(actual[line]);
    }
  }, 180_000);

  it('says how far a campaign is that has begun and what is left of it, and leaves its folder as it is', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, `${smallCampaign}budget: {trials: 20}\n`);
    await fitfirstHere(folder.path, 'run', config, '--view', 'none');
    const files = (): Promise<string[]> => readdir(join(folder.path, 'results/small'));
    const journal = (): Promise<string> => readFile(join(folder.path, 'results/small/journal.jsonl'), 'utf8');
    const before = [await files(), await journal()];

    const spent = await fitfirstHere(folder.path, 'run', config, '--dry-run');
    expect(spent.stdout).toMatch(/^ {2}done {7}20 of 20 trials are done/m);
    expect(spent.stdout).toMatch(/^ {2}budget {5}ends it after 20 trials/m);

    await writeCampaign(folder.path);
    const { stdout } = await fitfirstHere(folder.path, 'run', config, '--dry-run');
    expect([await files(), await journal()]).toEqual(before);
    expect(stdout).toContain('results/small holds a part of this campaign');
    const [, done, all] =
      /^ {2}done {7}(\d+) of about (\d+) trials are done, about .+ left$/m.exec(stdout) ?? [];
    // Those that ended ahead of the search count as well.
    expect(Number(done)).toBeGreaterThanOrEqual(20);
    const [more, least = Number.NaN, most = Number.NaN] = numbersOf(stdout, 'trials');

    expect(await fitfirstHere(folder.path, 'run', config, '--view', 'none')).toMatchObject({ code: 0 });
    const rows =
      (await readFile(join(folder.path, 'results/small/trials.csv'), 'utf8')).trim().split('\n').length - 1;
    expect([Number(all), more]).toEqual([rows, rows - Number(done)]);
    expect(least).toBeLessThanOrEqual(rows - Number(done));
    expect(most).toBeGreaterThanOrEqual(rows - Number(done));

    const concluded = await fitfirstHere(folder.path, 'run', config, '--dry-run');
    expect(concluded).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('a run would train nothing more'),
    });
    const again = await fitfirstHere(folder.path, 'run', config, '--dry-run', '--fresh');
    expect(again.stdout).not.toContain('  done ');
    expect(numbersOf(again.stdout, 'trials')[0]).toBe(rows);
  }, 240_000);

  it('refuses what a run refuses, in the same words, and counts what an extended search may keep', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, `${smallCampaign}budget: {trials: 8}\n`);
    await fitfirstHere(folder.path, 'run', config, '--view', 'none');
    await writeCampaign(folder.path, smallCampaign.replace('[0, 0.2, 0.5]', '[0, 0.1, 0.2, 0.5]'));
    const refused = await fitfirstHere(folder.path, 'run', config, '--dry-run');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--extend');
    expect(refused.stderr).toBe((await fitfirstHere(folder.path, 'run', config)).stderr);
    const extended = await fitfirstHere(folder.path, 'run', config, '--dry-run', '--extend');
    expect(extended.stdout).toContain('holds a campaign that this one extends');
    const done = /^ {2}done {7}(\d+) of about \d+ trials are done/m.exec(extended.stdout)?.[1];
    // Trials that ended ahead of the search count as well where it comes to them.
    expect(Number(done)).toBeGreaterThanOrEqual(8);
  }, 240_000);

  it("tells the time of a program of the user's own by the trials that are done, without a start of it", async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'train.mjs'), program);
    await writeFile(join(folder.path, 'own.yaml'), `${entryUrl(folder.path)}budget: {trials: 1}\n`);
    const starts = async (): Promise<number> =>
      (await readFile(join(folder.path, 'started.txt'), 'utf8')).trim().split('\n').length;
    expect(await fitfirstHere(folder.path, 'run', 'own.yaml', '--view', 'none')).toMatchObject({ code: 0 });
    const before = await starts();

    await writeFile(join(folder.path, 'own.yaml'), entryUrl(folder.path));
    const { stdout } = await fitfirstHere(folder.path, 'run', 'own.yaml', '--dry-run');
    expect(stdout).toMatch(/^ {2}done {7}1 of 3 trials are done, about \d+ (?:s|min) are left$/m);
    expect(stdout).toContain('the trials that are done');
    expect(await starts()).toBe(before);
  }, 120_000);

  it("starts a program of the user's own only where --calibrate says for how long", async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'train.mjs'), program);
    await writeFile(join(folder.path, 'own.yaml'), entryUrl(folder.path));
    const started = (): Promise<string | null> =>
      readFile(join(folder.path, 'started.txt'), 'utf8').catch(() => null);

    const counted = await fitfirstHere(folder.path, 'run', 'own.yaml', '--dry-run');
    expect(counted).toMatchObject({ code: 0, stderr: '' });
    expect(numbersOf(counted.stdout, 'trials')).toEqual([3]);
    expect(counted.stdout).toContain('--calibrate 1m');
    expect(await started()).toBeNull();

    const timed = await fitfirstHere(folder.path, 'run', 'own.yaml', '--dry-run', '--calibrate', '1m');
    expect(timed).toMatchObject({ code: 0, stderr: '' });
    expect(timed.stdout).toMatch(/^ {2}time {7}\d+ (?:s|min) with \d+ workers?$/m);
    expect((await readdir(folder.path)).filter((name) => name === 'results')).toEqual([]);
  }, 120_000);

  it('says that a trial failed that it tried, and how', async () => {
    await using folder = await emptyFolder();
    await writeFile(
      join(folder.path, 'train.mjs'),
      'console.error("no such file: rows.bin"); process.exit(3);',
    );
    await writeFile(join(folder.path, 'own.yaml'), entryUrl(folder.path));
    const { code, stdout } = await fitfirstHere(
      folder.path,
      'run',
      'own.yaml',
      '--dry-run',
      '--calibrate',
      '1m',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('no such file: rows.bin');
    expect(stdout).toContain('time       not known, as a trial failed');

    await writeFile(join(folder.path, 'train.mjs'), 'setInterval(() => {}, 1000);');
    const brief = await fitfirstHere(folder.path, 'run', 'own.yaml', '--dry-run', '--calibrate', '1s');
    expect(brief.stdout).toContain('finished no epoch in this time. Give it more, as in --calibrate 10s');
  }, 120_000);

  it('times networks whose epochs are long on a share of the rows, and says what it is not sure of', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(
      folder.path,
      `name: long
data: {generate: teacher, rows: 20000, inputs: 100, units: 4, classes: 2, noise: 0}
parameters: {hidden: {values: [2, 1000]}, dropout: {values: [0, 0.5]}, epochs: 40000}
method: fit_first
fit_first: {grow: hidden, dropout: [dropout]}
`,
    );
    const { code, stdout } = await fitfirstHere(folder.path, 'run', config, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ {2}calibrated on .+, the longer ones on \d+(\.\d)? % of the rows, of which nothing is kept$/m,
    );
    expect(stdout).toMatch(/^ {2}trained {4}no trial to the end, so the likely counts are a guess$/m);
    expect(stdout).toMatch(/^ {2}time {7}about [\d.]+ (min|h|s)/m);
  }, 180_000);

  it('ends on Ctrl-C with 130', async () => {
    await using folder = await emptyFolder();
    const long = smallCampaign.replace(/rows: \d+/, 'rows: 200000');
    const config = await writeCampaign(folder.path, long);
    const { child, ended, says } = start(folder.path, ['run', config, '--dry-run']);
    await says('metric');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('nothing was written') });
    expect(await readdir(folder.path)).not.toContain('results');
  }, 120_000);

  it('refuses a time that is none', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const { code, stderr } = await fitfirstHere(
      folder.path,
      'run',
      config,
      '--dry-run',
      '--calibrate',
      'soon',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('Expected a time such as 30s');
  });
});
