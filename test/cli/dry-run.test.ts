import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst, smallCampaign, start, writeCampaign } from '../support/command-line.js';

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

const ownProgram = (folder: string): string => `
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
    const first = await fitfirst(folder.path, 'run', config, '--dry-run');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^ {2}time {7}\S.* with \d+ workers?$/m);
    expect(first.stdout).toMatch(/^ {2}memory {5}about \d+ MB$/m);
    expect(first.stdout).toMatch(/^ {2}disk {7}at most about \d+(\.\d)? MB in results\/small$/m);
    const again = await fitfirst(folder.path, 'run', config, '--dry-run', '--workers', '3');
    expect(await readdir(folder.path)).toEqual(before);

    expect(await fitfirst(folder.path, 'run', config, '--view', 'none', '--out', 'out')).toMatchObject({
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

  it("starts a program of the user's own only where --calibrate says for how long", async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'train.mjs'), program);
    await writeFile(join(folder.path, 'own.yaml'), ownProgram(folder.path));
    const started = (): Promise<string | null> =>
      readFile(join(folder.path, 'started.txt'), 'utf8').catch(() => null);

    const counted = await fitfirst(folder.path, 'run', 'own.yaml', '--dry-run');
    expect(counted).toMatchObject({ code: 0, stderr: '' });
    expect(numbersOf(counted.stdout, 'trials')).toEqual([3]);
    expect(counted.stdout).toContain('--calibrate 1m');
    expect(await started()).toBeNull();

    const timed = await fitfirst(folder.path, 'run', 'own.yaml', '--dry-run', '--calibrate', '1m');
    expect(timed).toMatchObject({ code: 0, stderr: '' });
    expect(timed.stdout).toMatch(/^ {2}time {7}\d+ s with \d+ workers?$/m);
    expect((await readdir(folder.path)).filter((name) => name === 'results')).toEqual([]);
  }, 120_000);

  it('says that a trial failed that it tried, and how', async () => {
    await using folder = await emptyFolder();
    await writeFile(
      join(folder.path, 'train.mjs'),
      'console.error("no such file: rows.bin"); process.exit(3);',
    );
    await writeFile(join(folder.path, 'own.yaml'), ownProgram(folder.path));
    const { code, stdout } = await fitfirst(folder.path, 'run', 'own.yaml', '--dry-run', '--calibrate', '1m');
    expect(code).toBe(0);
    expect(stdout).toContain('no such file: rows.bin');
  }, 120_000);

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
    const { code, stderr } = await fitfirst(folder.path, 'run', config, '--dry-run', '--calibrate', 'soon');
    expect(code).toBe(2);
    expect(stderr).toContain('Expected a time such as 30s');
  });
});
