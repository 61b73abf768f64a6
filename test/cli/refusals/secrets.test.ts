import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles, writeCampaign } from '../../support/command-line.js';

const SECRET = 'sk-very-secret-0123456789';
const DIGEST = createHash('sha256').update(`${SECRET}two\nlines\n`).digest('hex');

const campaign = (secret = SECRET): string => `
name: secrets
trainer:
  command:
    - ${JSON.stringify(process.execPath)}
    - -e
    - |
      const { createHash } = require('node:crypto');
      const digest = createHash('sha256').update(process.env.API_KEY + process.env.TEXT).digest('hex');
      console.log(JSON.stringify({ epoch: 1, val_loss: digest === '${DIGEST}' ? 0.5 : 9 }));
    - \${envvar:FITFIRST_TEST_TOKEN}
  env:
    API_KEY: "${secret}" # from the vault
    TEXT: |
      two
      lines
    COUNT: 3
  report: stdout
parameters: {x: {values: [1, 2]}, epochs: 1}
method: grid
repeats: 1
`;

async function allFiles(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}

it('masks the variables of a program in everything that is written, and notices when one changes', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign());
  vi.stubEnv('FITFIRST_TEST_TOKEN', 'token-of-the-shell');
  const results = join(folder.path, 'results/secrets');

  const check = await fitfirstHere(folder.path, 'validate', 'campaign.yaml');
  const run = await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'json');

  expect(check).toMatchObject({ code: 0, stderr: '' });
  expect(check.stdout).toContain(`$\{envvar:FITFIRST_TEST_TOKEN}`);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect((await promisedFiles(results))['trials.csv']).toContain(',0.5,');
  const written = (await allFiles(results)) + check.stdout + run.stdout;
  for (const secret of [SECRET, 'token-of-the-shell', 'two\nlines', 'two\\nlines'])
    expect(written).not.toContain(secret);
  const copy = await readFile(join(results, 'config.yaml'), 'utf8');
  expect(copy).toMatch(
    /API_KEY: masked:[0-9a-f]{16} # from the vault\n {4}TEXT: masked:[0-9a-f]{16}\n {4}COUNT: masked:/,
  );
  for (const name of ['config.yaml', 'journal.jsonl'])
    expect((await stat(join(results, name))).mode & 0o777).toBe(0o600);

  expect(await fitfirstHere(folder.path, 'run', join(results, 'config.yaml'), '--out', 'copy')).toMatchObject(
    {
      code: 2,
      stderr: expect.stringMatching(
        /this value is masked, as in the config\.yaml of a results folder\. Write the value itself/,
      ),
    },
  );
  await writeFile(join(folder.path, 'campaign.yaml'), campaign('another'));
  const changed = await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'none');
  expect(changed.code).toBe(2);
  expect(changed.stderr).toMatch(/trainer\.env\.API_KEY: was masked:[0-9a-f]{16}, is masked:[0-9a-f]{16}\n/);
  expect(changed.stderr).not.toContain('TEXT');
});
