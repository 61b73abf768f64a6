import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, program, promisedFiles, writeCampaign } from '../../support/command-line.js';

/** A program that fits at x 2 and is best with lr 0.3; it needs no data. */
const ownProgram = (parameters: string): string => `
name: own
trainer:
  command: [sh, -c, 'echo "{\\"val_loss\\": 0.5, \\"train_accuracy\\": 1}"']
  report: stdout
metric: {name: val_loss}
parameters:
  hidden: {values: [2, 4]}
  dropout: {values: [0, 0.5]}
  ${parameters}
  epochs: 1
repeats: {first: 1, most: 1}
method: fit_first
fit_first: {grow: hidden, dropout: [dropout], fit: {metric: train_accuracy, reach: 1, repeats: 1}, confirm: 0}
`;

describe('a second run of a concluded campaign', () => {
  it('says that it is concluded and what it chose, and nothing of going on or training', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    await fitfirstHere(folder.path, 'run', config);
    const again = await fitfirstHere(folder.path, 'run', config, '--view', 'plain');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('This campaign is concluded');
    expect(again.stdout).toContain('Chosen');
    expect(again.stdout).toContain('--extend');
    expect(again.stdout).not.toMatch(/Resuming|is trained once more/);
  });
});

describe('the command of the report to reproduce a campaign', () => {
  it('gives the same files when it runs in the results folder, with data beside the config', async () => {
    await using folder = await emptyFolder();
    const study = join(folder.path, "a study's data");
    await mkdir(study);
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${(i * 5) % 11},${i % 2 === 0 ? 'a' : 'b'}`);
    await writeFile(join(study, 'rows.csv'), `u,v,class\n${rows.join('\n')}\n`);
    await writeFile(
      join(study, 'rows.yaml'),
      `data: {path: rows.csv, target: class}
parameters: {hidden: {values: [2, 4]}, dropout: {values: [0, 0.5]}, learning_rate: 0.05, epochs: 5}
repeats: {first: 1, most: 1}
method: grid
`,
    );
    const run = await fitfirstHere(study, 'run', 'rows.yaml');
    expect(run.code, run.stderr).toBe(0);
    const results = join(study, 'results/rows');
    const report = await readFile(join(results, 'report.html'), 'utf8');
    const command = /<pre class="command">(.*?)<\/pre>/.exec(report)?.[1]?.replaceAll('&#39;', "'") ?? '';
    expect(command).toMatch(/^fitfirst run /);
    const words = `${process.execPath} ${program} ${command.slice('fitfirst '.length)}`;
    const again = spawnSync('sh', ['-c', words], { cwd: results, encoding: 'utf8' });
    expect(again.status, again.stderr).toBe(0);
    const out = /--out (\S+)/.exec(command)?.[1] ?? '';
    expect(await promisedFiles(join(results, out))).toEqual(await promisedFiles(results));
  });
});

describe('how long trials train', () => {
  it('is said where stages differ, and where trials end early', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(
      folder.path,
      `
data: {generate: moons, rows: 90}
parameters: {hidden: {from: 2, times: 2}, dropout: {values: [0, 0.3]}, learning_rate: 0.01, epochs: 40}
stop_early: {patience: 0.2, percentile: 50}
method: fit_first
fit_first: {grow: hidden, dropout: [dropout], epochs: {grow: auto, dropout: 60}}
`,
    );
    const { stdout, stderr } = await fitfirstHere(folder.path, 'validate', 'campaign.yaml');
    expect(stderr).toBe('');
    expect(stdout).toContain(
      'epochs     40 in growth, up to 320 for trials that still learn; 60 after that\n',
    );
    expect(stdout).toContain(
      'stop_early a trial ends when val_loss has not improved for 20 % of its epochs, ' +
        'or when it is not among the best 50 %\n',
    );
  });
});

describe('what is tuned again with dropout', () => {
  it.each(['lr', 'eta', 'step_size', 'Learning-Rate'])(
    'includes a rate of a program called %s',
    async (name) => {
      await using folder = await emptyFolder();
      await writeCampaign(folder.path, ownProgram(`${name}: {values: [0.1, 0.3]}`));
      const { stdout } = await fitfirstHere(folder.path, 'validate', 'campaign.yaml');
      expect(stdout).toContain(`retune     ${name}: tuned again with dropout`);
    },
  );

  it('is said where nothing is, with what to write', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(folder.path, ownProgram('speed: {values: [0.1, 0.3]}'));
    const { stdout } = await fitfirstHere(folder.path, 'validate', 'campaign.yaml');
    expect(stdout).toContain('retune     nothing; speed keeps its value of the grow stage');
    expect(stdout).toContain('retune: [speed]');
  });

  it('is in the sentence of the stage, and in its settings', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(folder.path, ownProgram('lr: {values: [0.1, 0.3]}'));
    const { stdout } = await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'plain');
    expect(stdout).toMatch(/now \d+ settings of dropout and lr at/);
  });
});
