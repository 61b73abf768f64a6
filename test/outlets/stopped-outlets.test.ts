import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { TrialSpec } from '../../src/campaign/trial.js';
import type { OutletContext } from '../../src/outlets/outlet.js';
import { TablesOutlet } from '../../src/outlets/tables-outlet.js';
import { epochsCsv } from '../../src/views/tables/epochs-table.js';
import { trialsCsv } from '../../src/views/tables/trials-table.js';
import { dated, factsOf, finished, planned, specOf } from '../views/campaigns.js';
import { after } from '../views/scripted-campaign.js';
import { UNKNOWN_FILES } from './unknown-files.js';

/** A campaign in progress: all of its trials have ended but the second. */
function campaignOf(trials: number) {
  const specs = Array.from({ length: trials }, (_, hidden): TrialSpec => specOf({ hidden }));
  const ended = specs
    .filter((_, i) => i !== 1)
    .flatMap((spec) => finished(spec, { val_loss: 1 }, { val_loss: 2 }));
  return after(dated([{ type: 'campaign-started', ...factsOf() }, planned('search', specs), ...ended]));
}

/** Lets the tables of a campaign finish in a folder; true if files are left to a later run. */
async function finish(folder: string, trials: number, giveUp: AbortSignal): Promise<boolean> {
  let isBehind = false;
  const driver = { slots: 1, state: 'stopping', message: null } as const;
  const snapshot = { ...campaignOf(trials), driver };
  const context: OutletContext = {
    folder,
    config: null,
    snapshot: () => snapshot,
    files: UNKNOWN_FILES,
    giveUp,
    onBehind: () => {
      isBehind = true;
    },
  };
  await new TablesOutlet(context).finish();
  return isBehind;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-tables-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a run that has to end leaves large tables as they were, and says that they are behind', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'trials.csv'), 'old');
  expect(await finish(folder, 3000, AbortSignal.abort())).toBe(true);
  expect(await readFile(join(folder, 'trials.csv'), 'utf8')).toBe('old');
});

test('a later run writes what was left, and the tables hold every settled trial', async () => {
  const folder = await temporaryFolder();
  await finish(folder, 3000, AbortSignal.abort());
  expect(await finish(folder, 3000, new AbortController().signal)).toBe(false);
  const { campaign } = campaignOf(3000);
  expect(await readFile(join(folder, 'trials.csv'), 'utf8')).toBe(trialsCsv(campaign));
  expect(await readFile(join(folder, 'epochs.csv'), 'utf8')).toBe(epochsCsv(campaign));
});

test('small tables are always complete, however soon the run has to end', async () => {
  const folder = await temporaryFolder();
  expect(await finish(folder, 20, AbortSignal.abort())).toBe(false);
  const { campaign } = campaignOf(20);
  expect(await readFile(join(folder, 'epochs.csv'), 'utf8')).toBe(epochsCsv(campaign));
  expect(await readFile(join(folder, 'summary.json'), 'utf8')).toContain('"trials": 20');
});
