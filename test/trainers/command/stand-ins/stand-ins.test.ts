import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../../support/command-here.js';
import { emptyFolder } from '../../../support/command-line.js';
import { argumentPrograms } from './argument-programs.js';
import { outputPrograms } from './output-programs.js';
import type { Broken, StandIn } from './stand-in.js';

// That of the system needs no look for a version first.
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', '']).status === 0);

/** Writes the program and its config into a folder. */
async function write(folder: string, standIn: StandIn, broken?: Broken): Promise<void> {
  const texts = { program: standIn.program.text, config: standIn.config };
  if (broken !== undefined) {
    const changed = texts[broken.in].replace(...broken.change);
    expect(changed).not.toBe(texts[broken.in]);
    texts[broken.in] = changed;
  }
  for (const [name, text] of Object.entries(standIn.files ?? {})) await writeFile(join(folder, name), text);
  await writeFile(join(folder, standIn.program.name), texts.program);
  const command = texts.config.replace('[python3,', `[${python},`).replace('[node,', `[${process.execPath},`);
  await writeFile(join(folder, 'campaign.yaml'), command);
}

const canRun = ({ needs }: StandIn): boolean =>
  needs === 'python3' ? python !== undefined : needs === 'node' || existsSync('/bin/sh');

const standIns = [...argumentPrograms, ...outputPrograms];

describe.each(standIns)('a program in the shape of $shape', (standIn) => {
  it.skipIf(!canRun(standIn))(
    'is tuned as it is by a short config, which validate --try finds sound',
    async () => {
      await using folder = await emptyFolder();
      await write(folder.path, standIn);
      expect(standIn.config.trim().split('\n').length).toBeLessThanOrEqual(15);

      const tried = await fitfirstHere(folder.path, 'validate', 'campaign.yaml', '--try', '60s');
      expect(tried.stdout).not.toMatch(/warning|missing|failed/);
      expect(tried).toMatchObject({ code: 0, stderr: '' });

      const ended = await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--out', 'out', '--view', 'none');
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      const [summary = '', trials = '', epochs = ''] = await Promise.all(
        ['summary.json', 'trials.csv', 'epochs.csv'].map((name) =>
          readFile(join(folder.path, 'out', name), 'utf8'),
        ),
      );
      expect(JSON.parse(summary)).toMatchObject({ chosen: standIn.best, warnings: [] });
      const rows = trials.trim().split('\n');
      expect(epochs.trim().split('\n').length - 1).toBe(3 * (rows.length - 1));
      for (const name of standIn.once ?? []) expect(rows[0]?.split(',')).toContain(name);
    },
  );

  it.skipIf(!canRun(standIn)).each(standIn.broken)(
    'is found out by validate --try with $what',
    async (broken) => {
      await using folder = await emptyFolder();
      await write(folder.path, standIn, broken);
      const ended = await fitfirstHere(folder.path, 'validate', 'campaign.yaml', '--try', '60s');
      expect(ended.stdout + ended.stderr).toMatch(broken.says);
      expect(ended.code).toBe(broken.isWarning === true ? 0 : 2);
    },
  );
});
