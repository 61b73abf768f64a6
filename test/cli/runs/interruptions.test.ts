import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, program, promisedFiles, start, writeCampaign } from '../../support/command-line.js';

const trialLine = /trial-finished/;

describe('a run that is interrupted', () => {
  it('lets running trials finish after Ctrl-C, says how to go on, ends with 130, and goes on from there', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const { child, ended, says } = start(folder.path, ['run', config, '--view', 'plain', '--workers', '2']);
    await says(/#\d+/);
    child.kill('SIGINT');
    const end = await ended;
    expect(end.code).toBe(130);
    expect(end.stdout).toContain(`fitfirst run ${config}`);
    expect((await fitfirstHere(folder.path, 'run', config)).code).toBe(0);
    await fitfirstHere(folder.path, 'run', config, '--out', 'whole');
    expect(await promisedFiles(join(folder.path, 'results/small'))).toEqual(
      await promisedFiles(join(folder.path, 'whole')),
    );
  });

  it('ends likewise after SIGTERM, and at once after two signals', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    for (const signals of [['SIGTERM'], ['SIGINT', 'SIGTERM']] as const) {
      const { child, ended, says } = start(folder.path, ['run', config, '--view', 'json', '--fresh']);
      await says(trialLine);
      for (const signal of signals) child.kill(signal);
      expect((await ended).code).toBe(130);
    }
  });

  it('goes on without its view after SIGHUP', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const { child, ended, says } = start(folder.path, ['run', config, '--view', 'json']);
    await says(trialLine);
    child.kill('SIGHUP');
    const end = await ended;
    expect(end.code).toBe(0);
    expect(end.stdout).not.toContain('campaign-concluded');
    expect(end.stderr).toContain('fitfirst watch results/small');
    expect(await readFile(join(folder.path, 'results/small/summary.json'), 'utf8')).toContain('"chosen"');
  });

  it('says in a piped log that its terminal has closed, and how to follow and stop it', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const { child, ended, says } = start(folder.path, ['run', config, '--view', 'plain']);
    await says(/#\d+/);
    child.kill('SIGHUP');
    await says('The terminal closed (SIGHUP). The campaign continues');
    await says('fitfirst watch results/small');
    await says(`kill ${child.pid}`);
    expect((await ended).code).toBe(0);
  });

  it('goes on with a log in a file after SIGHUP, up to the summary', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const path = join(folder.path, 'run.log');
    const log = await open(path, 'w');
    const words = [program, 'run', config, '--view', 'plain'];
    const child = spawn(process.execPath, words, {
      cwd: folder.path,
      stdio: ['ignore', log.fd, log.fd],
    });
    const closed = once(child, 'close');
    for await (const { filename } of watch(folder.path)) {
      if (filename === 'run.log' && (await readFile(path, 'utf8')).includes('#1 ')) break;
    }
    child.kill('SIGHUP');
    expect(await closed).toEqual([0, null]);
    await log.close();
    const text = await readFile(path, 'utf8');
    expect(text).toContain('The terminal closed (SIGHUP). The campaign continues');
    expect(text.split('SIGHUP')[1]).toContain('summary.json');
  });

  it('goes on without its view where nobody reads its output any more', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const { child, ended, says } = start(folder.path, ['run', config, '--view', 'plain']);
    await says(/#\d+/);
    child.stdout?.destroy();
    expect((await ended).code).toBe(0);
    expect(await readFile(join(folder.path, 'results/small/summary.json'), 'utf8')).toContain('"chosen"');
  });

  it('refuses a second run on the same campaign, and says who has it', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const first = start(folder.path, ['run', config, '--view', 'json']);
    await first.says(trialLine);
    const second = await fitfirstHere(folder.path, 'run', config);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(String(first.child.pid));
    expect(second.stderr).toContain('\n\n  fitfirst watch results/small\n');
    expect((await first.ended).code).toBe(0);
  });
});

describe('a campaign that was concluded', () => {
  it('is not run again, and its derived files are rebuilt where they are missing', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    await fitfirstHere(folder.path, 'run', config);
    const results = join(folder.path, 'results/small');
    const before = await promisedFiles(results);
    const journal = await readFile(join(results, 'journal.jsonl'), 'utf8');
    await Promise.all(['trials.csv', 'epochs.csv', 'summary.json'].map((name) => rm(join(results, name))));
    expect((await fitfirstHere(folder.path, 'run', config)).code).toBe(0);
    expect(await promisedFiles(results)).toEqual(before);
    expect(await readFile(join(results, 'journal.jsonl'), 'utf8')).toBe(journal);
  });

  it('is refused with another config, and shows what changed; --fresh moves the old results aside', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    await fitfirstHere(folder.path, 'run', config);
    const text = await readFile(join(folder.path, config), 'utf8');
    await writeCampaign(folder.path, text.replace('seed: 3', 'seed: 4').replace('0.05]', '0.06]'));
    const refused = await fitfirstHere(folder.path, 'run', config);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/seed/);
    expect(refused.stderr).toMatch(/learning_rate/);
    expect(refused.stderr).not.toMatch(/ {4}at /);
    expect(refused.stderr).toContain(
      '\nTo start over, add --fresh (the old results are moved aside). Otherwise restore the config, or choose ' +
        'another folder with --out.\n',
    );
    expect((await fitfirstHere(folder.path, 'run', config, '--fresh')).code).toBe(0);
    const old = await promisedFiles(join(folder.path, 'results/small.1'));
    expect(old['summary.json']).not.toBe('');
  });
});
