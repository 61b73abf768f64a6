import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { tune } from 'fitfirst';
import { executorContract, methodContract, outletContract, scriptedProgram } from 'fitfirst/extend';
import { childProcesses, createChildProcessExecutor } from './child-process-executor.js';
import { evolution } from './evolution-method.js';
import { linesOutlet } from './lines-outlet.js';

const folder = await mkdtemp(join(tmpdir(), 'fitfirst-extend-'));
after(() => rm(folder, { recursive: true, force: true }));

describe('child processes, as an executor', () => {
  const checks = executorContract({
    create: async (slots) => createChildProcessExecutor({ ...scriptedProgram, slots }),
    seedOn: () => scriptedProgram.seed,
    keepsCheckpoints: true,
  });
  for (const { name, run } of checks) test(name, run);
});

describe('lines, as an outlet', () => {
  const path = join(folder, 'contract.jsonl');
  const checks = outletContract({
    create: () => linesOutlet(path),
    written: () => readFile(path, 'utf8'),
  });
  for (const { name, run } of checks) test(name, run);
});

describe('evolution, as a search method', () => {
  const checks = methodContract({
    method: evolution({ trials: 24 }),
    extended: evolution({ trials: 32 }),
  });
  for (const { name, run } of checks) test(name, run);
});

test('a campaign runs on them', async () => {
  const module = join(folder, 'trainer.js');
  const lines = join(folder, 'trials.jsonl');
  await writeFile(module, 'export default async function* ({ x }) { yield { val_loss: (x - 2) ** 2 }; }');
  const run = tune({
    name: 'extended',
    trainer: { module },
    parameters: { x: { min: 0, max: 4, distribution: 'uniform' }, epochs: 1 },
    method: evolution({ trials: 20 }),
    executor: childProcesses,
    outlets: [linesOutlet(lines)],
    folder: join(folder, 'results'),
  });
  const { chosen, campaign, warnings } = await run.result;
  assert.ok(Math.abs(chosen.x - 2) < 0.5, `x is ${chosen.x}`);
  assert.deepEqual(warnings, []);
  assert.equal((await readFile(lines, 'utf8')).trim().split('\n').length, campaign.trials.length);
});
