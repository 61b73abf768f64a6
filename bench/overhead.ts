/**
 * What a thousand trials cost that do nothing: thread pool, journal on disk and CSV files, beside Optuna's
 * journal storage. Prints seconds, the median of several rounds.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '../src/app/open-session.js';
import type { CampaignFacts } from '../src/campaign/event.js';
import { createThreadPool } from '../src/execution/threads/thread-pool.js';
import { gridSearch } from '../src/methods/grid/grid.js';
import { searchPlan } from '../src/methods/search.js';
import { createControls } from '../src/runner/controls.js';
import { runCampaign } from '../src/runner/run-campaign.js';
import { moduleTrainerModule } from '../src/trainers/module/module-trainer-module.js';

const TRIALS = 1000;
const ROUNDS = 5;
const metric = { name: 'val_loss', goal: 'minimize' } as const;

/** Seconds that a campaign of trials took which do nothing, once its threads were up. */
async function fitfirstSeconds(slots: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-overhead-'));
  try {
    const comparison = {
      metric,
      checkpoint: 'best',
      repeats: { first: 1, most: 1 },
      cost: () => 0,
      overlap: 0,
    } as const;
    const settings = Array.from({ length: TRIALS }, (_, i) => ({ x: i / TRIALS }));
    const finish = { on: 'training', hasTest: false, comparison } as const;
    const method = gridSearch({ settings, varied: ['x'], epochs: 1, comparison, finish });
    const controls = createControls();
    const facts: CampaignFacts = {
      name: 'overhead',
      method: method.name,
      plan: searchPlan({}),
      seed: 1,
      trainer: 'external',
      space: {},
      metric,
      checkpoint: 'best',
      parameters: ['x'],
      identity: 'overhead',
      config: {},
      data: null,
      findings: [],
    };
    const path = fileURLToPath(new URL('./trivial-trainer.js', import.meta.url));
    await using executor = createThreadPool({
      slots,
      setup: { trainer: moduleTrainerModule({ path }), seed: 1, metric },
    });
    const warmUp = { parameters: { x: 0 }, repeat: 99, epochs: 1, until: null, finish: null };
    const options = { signal: new AbortController().signal, onReport: () => {} };
    await Promise.all(Array.from({ length: slots }, () => executor.run(warmUp, options)));
    const started = performance.now();
    await using session = await openSession({ folder, facts, configText: '', controls, slots });
    await runCampaign(method, { store: session.store, executor, networks: session.networks, controls });
    await session.finish();
    return (performance.now() - started) / 1000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds that Optuna took; null where it is not installed. */
function optunaSeconds(): number | null {
  const script = fileURLToPath(new URL('./overhead-optuna.py', import.meta.url));
  const { status, stdout } = spawnSync('/usr/bin/python3', [script, String(TRIALS)], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const shown = (values: readonly number[]): string =>
  `${median(values).toFixed(2)} s  [${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}]`;

const byTwo: number[] = [];
const byEight: number[] = [];
const peer: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  byTwo.push(await fitfirstSeconds(2));
  byEight.push(await fitfirstSeconds(8));
  const seconds = optunaSeconds();
  if (seconds !== null) peer.push(seconds);
}
console.log(`${TRIALS} trials that do nothing, median of ${ROUNDS} rounds`);
console.log(`  fitfirst, 2 workers   ${shown(byTwo)}`);
console.log(`  fitfirst, 8 workers   ${shown(byEight)}`);
console.log(
  peer.length > 0
    ? `  Optuna, journal file  ${shown(peer)}  fitfirst/Optuna ${(median(byTwo) / median(peer)).toFixed(2)}`
    : '  Optuna is not installed (Debian: python3-optuna); skipped',
);
