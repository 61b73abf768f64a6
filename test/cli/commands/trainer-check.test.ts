import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, writeCampaign } from '../../support/command-line.js';

const campaign = (trainer: string): string => `
name: checked
trainer: ${trainer}
parameters: {hidden: {values: [1, 2]}, dropout: {values: [0, 0.5]}, epochs: 2}
method: fit_first
fit_first: {grow: hidden, dropout: [dropout], fit: {metric: train_loss, reach: 0.6}}
`;

const generator =
  'async function* () { for (let n = 1; n <= 2; n++) yield { train_loss: 1 / n, val_loss: 1 / n }; };\n';

/** What becomes of a campaign with such a trainer, and with such a file beside it. */
async function end(trainer: string, name: string, text: string, ...words: readonly string[]) {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign(trainer));
  await writeFile(join(folder.path, name), text);
  const ended = await fitfirstHere(folder.path, ...words, 'campaign.yaml');
  const trials = existsSync(join(folder.path, 'results/checked/trials'));
  return { ...ended, trials };
}

describe('a trainer that cannot be started', () => {
  it.each([
    ['[no-such-program, train.py]', 'starts "no-such-program", and there is no such program in PATH'],
    ['[./absent]', 'there is no such file'],
    [
      '[./train.py]',
      'may not be executed. Allow it (chmod +x ./train.py), or name what runs it: [python3, ./train.py, ...]',
    ],
    ['[train.py]', 'is not in PATH. Write ./train.py for the file in'],
  ])('is told from its command before any trial: %s', async (command, words) => {
    const { code, stderr, trials } = await end(
      `{command: ${command}, report: stdout}`,
      'train.py',
      '',
      'run',
      '--view',
      'none',
    );
    expect({ code, trials }).toEqual({ code: 2, trials: false });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^campaign\.yaml:3:20 {2}trainer\.command/);
  });

  it.each([
    ['let x = ;', 'cannot be loaded: Unexpected token'],
    ['export default 3;', 'has 3 as its default export, but a trainer is'],
    ["import 'fitfirst';", 'imports "fitfirst", which is not installed next to it'],
    ['process.exit(1);', 'ends its thread while it is loaded'],
    [
      "setImmediate(() => { throw new Error('late'); }); await new Promise((done) => setTimeout(done, 60_000));",
      'throws while it is loaded: late',
    ],
  ])('is told from its module before any trial: %s', async (text, words) => {
    for (const words_ of [['validate'], ['run', '--view', 'none']]) {
      const { code, stderr, trials } = await end('{module: train.mjs}', 'train.mjs', text, ...words_);
      expect({ code, trials }).toEqual({ code: 2, trials: false });
      expect(stderr).toContain(words);
    }
  });
});

describe('a trainer in TypeScript', () => {
  const typescript = `const train: () => AsyncGenerator<Record<string, number>> = ${generator}export default train;\n`;
  const nodeRunsIt = 'typescript' in process.features && process.features.typescript !== false;

  it.skipIf(nodeRunsIt)(
    'is refused where neither Node nor tsx runs it, and the message says what would',
    async () => {
      const { code, stderr } = await end(
        '{module: train.ts}',
        'train.ts',
        typescript,
        'run',
        '--view',
        'none',
      );
      expect(code).toBe(2);
      expect(stderr).toContain(
        `is TypeScript, which Node ${process.version} does not run by itself. Use Node 22.18 or ` +
          'later, or install tsx next to it (npm install tsx), or compile it',
      );
    },
  );

  it.skipIf(!nodeRunsIt)('is run by Node', async () => {
    expect(await end('{module: train.ts}', 'train.ts', typescript, 'run', '--view', 'none')).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('is run by tsx that is installed beside it', async () => {
    await using folder = await emptyFolder();
    symlinkSync(
      fileURLToPath(new URL('../../../node_modules', import.meta.url)),
      join(folder.path, 'node_modules'),
    );
    await writeCampaign(folder.path, campaign('{module: train.ts}'));
    await writeFile(join(folder.path, 'train.ts'), typescript);
    expect(await fitfirstHere(folder.path, 'run', '--view', 'none', 'campaign.yaml')).toMatchObject({
      code: 0,
    });
  });
});

describe('validate', () => {
  it('shows the command as it would be started, and which program that is', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: macros are written so
    const command = '["${env}", node, train.js, "${args}", "--all=${args_json}"]';
    const { stdout } = await end(`{command: ${command}, report: stdout}`, 'train.js', '', 'validate');
    expect(stdout).toContain(
      '  command    /usr/bin/env node train.js --hidden=1 --dropout=0 --epochs=2 ' +
        `'--all={"hidden":1,"dropout":0,"epochs":2}'\n             node is /`,
    );
  });
});

describe('a campaign in which every trial failed', () => {
  it('tries them anew when it is run again, for what was wrong may lie outside of it', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(folder.path, campaign('{command: [node, train.js], report: stdout, version: 1}'));
    const train = (text: string) => writeFile(join(folder.path, 'train.js'), text);
    const run = () => fitfirstHere(folder.path, 'run', '--view', 'plain', 'campaign.yaml');
    await train("console.error('no disk'); process.exit(3);");
    const first = await run();
    expect(first.code).toBe(4);
    expect(first.stdout).toContain(
      'failed: hidden 1, repeat 1: exit. The command exited with code 3: no disk',
    );
    expect(first.stdout).toContain('Whether hidden 1 fits is not known: no repeat gave train_loss.');
    expect(first.stdout).toContain('Every trial failed.');

    await train(
      'for (const n of [1, 2]) console.log(JSON.stringify({ train_loss: 1 / n, val_loss: 1 / n }));',
    );
    expect(await run()).toMatchObject({ code: 0 });
  });
});

describe('a Python that lacks a module', () => {
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);

  it.skipIf(python === undefined)(
    'is named by its place, for there may be another one that has it',
    async () => {
      const command = `{command: [${python}, train.py], report: stdout}`;
      const { stdout } = await end(
        command,
        'train.py',
        'import no_such_module_anywhere',
        'run',
        '--view',
        'plain',
      );
      expect(stdout).toMatch(
        new RegExp(
          /exited with code 1: ModuleNotFoundError: No module named 'no_such_module_anywhere'\./.source +
            / It was started by \/.*python/.source,
        ),
      );
    },
  );
});
