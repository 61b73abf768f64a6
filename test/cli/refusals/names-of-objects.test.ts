import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, writeCampaign } from '../../support/command-line.js';

/** What every object inherits. */
const NAMES = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];

/** A program that reports a metric in the first epoch and another one in the second. */
const campaign = (metric: string, parameter: string): string => `
name: names
trainer:
  command:
    - ${JSON.stringify(process.execPath)}
    - -e
    - |
      const parameters = JSON.parse(process.env.FITFIRST_PARAMS);
      console.log('{"epoch": 1, "z_other": 1}');
      console.log('{"epoch": 2, "' + process.argv[1] + '": ' + parameters[process.argv[2]] + '}');
    - ${metric}
    - ${parameter}
  report: stdout
metric: {name: ${metric}, goal: minimize}
parameters: {${parameter}: {values: [3, 2, 4]}, epochs: 2}
method: grid
repeats: 1
`;

it.each(NAMES)('runs a campaign whose metric and parameter are called %s', async (name) => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign(name, name));

  expect(await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'none')).toMatchObject({
    code: 0,
    stderr: '',
  });

  const results = join(folder.path, 'results/names');
  const { chosen } = JSON.parse(await readFile(join(results, 'summary.json'), 'utf8'));
  expect(chosen).toEqual({ [name]: 2, epochs: 2 });
  const epochs = (await readFile(join(results, 'epochs.csv'), 'utf8')).split('\n').slice(0, 3);
  expect(epochs).toEqual([`trial,epoch,${name},z_other`, '1,1,,1', '1,2,3,']);
  expect(await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'none')).toMatchObject({
    code: 0,
    stderr: '',
  });
});

it('refuses the one name that cannot be used, for parameters and for metrics', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign('val_loss', '__proto__'));
  expect(await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'none')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^campaign\.yaml:15:14 {2}the name __proto__ cannot be used\. Choose another one\.$/m,
    ),
  });

  await writeCampaign(folder.path, campaign('__proto__', 'x'));
  await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'none');
  expect(await readFile(join(folder.path, 'results/names/journal.jsonl'), 'utf8')).toContain(
    'a metric of the name __proto__ at epoch 2, which cannot be used.',
  );
});
