import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst, promisedFiles, writeCampaign } from '../../support/command-line.js';

const program = (factor: number): string =>
  `const { x } = JSON.parse(process.env.FITFIRST_PARAMS); console.log(JSON.stringify({ val_loss: x * ${factor} }));\n`;

const campaign = `
name: edited
trainer:
  command: [${JSON.stringify(process.execPath)}, train.js]
  report: stdout
method: grid
parameters: {x: {values: [1, 2]}, epochs: 1}
`;

/** A folder with a campaign that has been run with its program, which was edited then. */
async function editedFolder(config = campaign) {
  const folder = await emptyFolder();
  await writeCampaign(folder.path, config);
  writeFileSync(join(folder.path, 'train.js'), program(1));
  const run = (...flags: readonly string[]) =>
    fitfirst(folder.path, 'run', 'campaign.yaml', '--view', 'none', ...flags);
  expect(await run()).toMatchObject({ code: 0, stderr: '' });
  const before = await promisedFiles(join(folder.path, 'results/edited'));
  writeFileSync(join(folder.path, 'train.js'), program(10));
  const files = () => promisedFiles(join(folder.path, 'results/edited'));
  return { run, before, files, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe('a campaign whose program was edited', () => {
  it('does not just go on: it says which file has changed, and what can be done', async () => {
    await using folder = await editedFolder();

    const { code, stderr } = await folder.run();

    expect(code).toBe(2);
    expect(stderr).toContain('has a campaign with another program:\n  train.js has changed\n');
    expect(stderr).toContain(
      'If the edit does not change results, add --extend: finished trials are kept, and failed trials are retried.',
    );
    expect(stderr).toContain('--fresh');
    expect(stderr).not.toContain('trainer.code');
  });

  it('keeps its trials with --extend, and then goes on without a word', async () => {
    await using folder = await editedFolder();

    expect(await folder.run('--extend')).toMatchObject({ code: 0, stderr: '' });

    const kept = await folder.files();
    expect(kept['trials.csv']).toBe(folder.before['trials.csv']);
    expect(await folder.run()).toMatchObject({ code: 0, stderr: '' });
  });

  it('starts over with --fresh', async () => {
    await using folder = await editedFolder();
    expect(await folder.run('--fresh')).toMatchObject({ code: 0, stderr: '' });
    expect((await folder.files())['trials.csv']).not.toBe(folder.before['trials.csv']);
  });

  it('goes on as if nothing had happened where its trainer has a version', async () => {
    await using folder = await editedFolder(campaign.replace('report:', 'version: 1\n  report:'));
    expect(await folder.run()).toMatchObject({ code: 0, stderr: '' });
    expect(await folder.files()).toEqual(folder.before);
  });

  it('just goes on where no trial had a result, as after a mistake that failed them all', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(folder.path, `${campaign}max_failures: 2\n`);
    const edit = (text: string) => writeFileSync(join(folder.path, 'train.js'), text);
    const run = () => fitfirst(folder.path, 'run', 'campaign.yaml', '--view', 'none');
    edit('throw new Error("a typo");');
    expect((await run()).code).toBe(4);

    edit(program(1));
    expect(await run()).toMatchObject({ code: 0, stderr: '' });

    const { 'trials.csv': trials = '' } = await promisedFiles(join(folder.path, 'results/edited'));
    expect(trials).not.toContain('failed');
  });

  it('retries with --extend what failed, and keeps the rest', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(folder.path, campaign);
    const edit = (text: string) => writeFileSync(join(folder.path, 'train.js'), text);
    const run = (...flags: readonly string[]) =>
      fitfirst(folder.path, 'run', 'campaign.yaml', '--view', 'none', ...flags);
    const columns = async () => {
      const { 'trials.csv': text = '' } = await promisedFiles(join(folder.path, 'results/edited'));
      const rows: Record<string, string>[] = parse(text, { columns: true });
      return rows.map(({ x, state, val_loss }) => [x, state, val_loss]);
    };
    edit(`${program(1)} if (x === 2) process.exit(1);`);
    await run();
    expect(await columns()).toContainEqual(['2', 'failed', '2']);

    edit(program(10));
    expect(await run('--extend')).toMatchObject({ code: 0, stderr: '' });

    expect((await columns()).slice(0, 2)).toEqual([
      ['1', 'finished', '1'],
      ['2', 'finished', '20'],
    ]);
  });
});
