import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles, smallCampaign, writeCampaign } from '../../support/command-line.js';

const larger = smallCampaign
  .replace('[2, 4, 16, 32]', '[2, 4, 8, 16, 32]')
  .replace('[0, 0.2, 0.5]', '[0, 0.2, 0.35]');

async function eventsOf(folder: string, type: string): Promise<number> {
  const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8');
  return journal.split(`"type":"${type}"`).length - 1;
}

describe('run --extend', () => {
  it('keeps every trial that has ended, and comes to what the new search would have come to', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    expect(await fitfirstHere(folder.path, 'run', config, '--out', 'grown')).toMatchObject({ code: 0 });
    const before = await eventsOf(join(folder.path, 'grown'), 'trial-started');

    await writeCampaign(folder.path, larger);
    const refused = await fitfirstHere(folder.path, 'run', config, '--out', 'grown');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--extend');

    expect(await fitfirstHere(folder.path, 'run', config, '--out', 'grown', '--extend')).toMatchObject({
      code: 0,
    });
    expect(await fitfirstHere(folder.path, 'run', config, '--out', 'fresh')).toMatchObject({ code: 0 });
    const [grown, fresh] = [join(folder.path, 'grown'), join(folder.path, 'fresh')];
    expect(await promisedFiles(grown)).toEqual(await promisedFiles(fresh));
    expect(
      (await readFile(join(grown, 'model.onnx'))).equals(await readFile(join(fresh, 'model.onnx'))),
    ).toBe(true);
    expect((await eventsOf(grown, 'trial-started')) - before).toBeLessThan(
      await eventsOf(fresh, 'trial-started'),
    );
    expect(await readFile(join(grown, 'config.yaml'), 'utf8')).toBe(larger);
  }, 300_000);

  it('refuses a config under which the trials would have come out otherwise', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, `${smallCampaign}budget: {trials: 2}\n`);
    expect((await fitfirstHere(folder.path, 'run', config, '--out', 'out')).code).toBe(0);
    await writeCampaign(folder.path, larger.replace('seed: 3', 'seed: 4'));
    const { code, stderr } = await fitfirstHere(folder.path, 'run', config, '--out', 'out', '--extend');
    expect(code).toBe(2);
    expect(stderr).toContain('--extend cannot keep the finished trials');
  }, 180_000);
});

describe('a budget', () => {
  it('of trials ends at the same trials for any number of workers, and the campaign can go on', async () => {
    await using folder = await emptyFolder();
    const at = (out: string): string => join(folder.path, out);
    const config = await writeCampaign(folder.path, `${smallCampaign}budget: {trials: 30}\n`);
    for (const workers of ['1', '4']) {
      const ended = await fitfirstHere(folder.path, 'run', config, '--out', workers, '--workers', workers);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain('The budget is used up before the conclusion');
      expect(ended.stdout).toMatch(
        /The best so far: .*hidden \d+.*: mean val_loss [\d.]+ over \d repeats?\./,
      );
    }
    expect(await promisedFiles(at('4'))).toEqual(await promisedFiles(at('1')));
    expect((await promisedFiles(at('1')))['summary.json']).toContain('"chosen": null');

    await writeCampaign(folder.path);
    expect((await fitfirstHere(folder.path, 'run', config, '--out', '4')).code).toBe(0);
    expect((await fitfirstHere(folder.path, 'run', config, '--out', 'at-once')).code).toBe(0);
    expect(await promisedFiles(at('4'))).toEqual(await promisedFiles(at('at-once')));
  }, 300_000);

  it('of hours lets trials that run finish, and ends well', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path, `${smallCampaign}budget: {hours: 1.0e-9}\n`);
    const ended = await fitfirstHere(folder.path, 'run', config, '--out', 'out', '--workers', '1');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('The budget is used up before the conclusion');
    expect(await eventsOf(join(folder.path, 'out'), 'attempt-lost')).toBe(0);
    await writeCampaign(folder.path);
    expect((await fitfirstHere(folder.path, 'run', config, '--out', 'out')).code).toBe(0);
  }, 180_000);
});
