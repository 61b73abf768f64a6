import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runConfig } from '../../src/app/run-config.js';
import type { Outlet } from '../../src/outlets/outlet.js';

const config = `
name: lines
trainer: {command: [sh, -c, 'echo "{\\"val_loss\\": 0.5}" >> "$FITFIRST_REPORT"']}
parameters: {x: {values: [1, 2, 3]}}
method: grid
`;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-outlets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('an outlet that fails does not stop the campaign, and the result names it', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'lines.yaml'), config);
  const out = join(folder, 'results');
  const broken: Outlet = {
    name: 'broken',
    onEntry: () => {
      throw new Error('nobody listens');
    },
    finish() {},
  };
  const { campaign, warnings } = await runConfig(join(folder, 'lines.yaml'), { out, outlets: [broken] });
  expect(campaign.conclusion?.chosen).not.toBe(null);
  expect(warnings).toEqual([{ outlet: 'broken', message: 'nobody listens' }]);
  expect(await readdir(out)).toEqual(
    expect.arrayContaining(['trials.csv', 'epochs.csv', 'timings.csv', 'summary.json', 'report.html']),
  );
});

test('a resumed campaign hands the entries of before to its outlets, under the same numbers', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'lines.yaml'), `${config}budget: {trials: 2}\n`);
  const out = join(folder, 'results');
  const seen: string[] = [];
  const outlet: Outlet = {
    name: 'seen',
    onEntry({ seq, event }) {
      seen.push(`${seq} ${event.type}`);
    },
    finish(campaign) {
      seen.push(`${campaign.trials.length} trials`);
    },
  };
  await runConfig(join(folder, 'lines.yaml'), { out, outlets: [outlet] });
  const before = seen.splice(0);
  await writeFile(join(folder, 'lines.yaml'), config);
  await runConfig(join(folder, 'lines.yaml'), { out, outlets: [outlet] });
  expect(seen.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  expect(seen).toContain(`${before.length} campaign-resumed`);
  expect(seen.at(-1)).toMatch(/^[34] trials$/);
});
