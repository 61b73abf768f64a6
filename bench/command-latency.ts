/**
 * What a trial costs beyond starting its command: campaigns of commands that report one number and end, one at a
 * time and with the journal on disk, beside `spawnSync` of the same command with the same pipes and environment in the
 * same folder. Beside that, for what nobody can do without: `spawn`, which does not stop everything else as `spawnSync`
 * does, and what the disk takes to keep a line for good and to begin a file.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '../dist/campaign/event.js';
import type { ReportSource } from '../dist/execution/command-options.js';
import { parseCampaignEvent } from '../dist/journal/campaign-event.js';
import { FileJournal } from '../dist/journal/file-journal.js';
import { gridSearch } from '../dist/methods/grid/grid.js';
import { searchPlan } from '../dist/methods/search.js';
import { createControls } from '../dist/runner/controls.js';
import { runCampaign } from '../dist/runner/run-campaign.js';
import { openStore } from '../dist/runner/store.js';
import { createCommandExecutor } from '../dist/trainers/command/command-executor.js';

const ROUNDS = 7;
const metric = { name: 'val_loss', goal: 'minimize' } as const;

interface Candidate {
  readonly name: string;
  readonly trials: number;
  readonly command: readonly [string, ...string[]];
  readonly report: ReportSource;
}

const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
/** Beside this, a trial only has its own few variables. */
const env = { PYTHONUNBUFFERED: '1', ...process.env };

const line = '{"val_loss": 1}';
const candidates: readonly Candidate[] = [
  {
    name: 'python3, a line on standard output',
    trials: 40,
    command: ['/usr/bin/python3', '-c', `print('${line}')`],
    report: { kind: 'stdout' },
  },
  {
    name: 'python3, a line in the report file',
    trials: 40,
    command: [
      '/usr/bin/python3',
      '-c',
      `import os; open(os.environ.get('FITFIRST_REPORT', '/dev/null'), 'a').write('${line}\\n')`,
    ],
    report: { kind: 'file' },
  },
  {
    name: 'node, a line on standard output',
    trials: 20,
    command: [process.execPath, '-e', `console.log('${line}')`],
    report: { kind: 'stdout' },
  },
  {
    name: 'sh, a line on standard output',
    trials: 60,
    command: ['/bin/sh', '-c', `echo '${line}'`],
    report: { kind: 'stdout' },
  },
];

/** Milliseconds of one trial. */
async function trialTakes({ command, report, trials }: Candidate): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-latency-'));
  try {
    const judgement = { metric, checkpoint: 'best' } as const;
    const comparison = { ...judgement, repeats: { first: 1, most: 1 }, cost: () => 0, overlap: 0 };
    const settings = Array.from({ length: trials - 1 }, (_, i) => ({ x: i / trials }));
    const finish = { on: 'training', hasTest: false, comparison } as const;
    const method = gridSearch({ settings, varied: ['x'], epochs: 1, comparison, finish });
    await using journal = await FileJournal.open<StoredEvent>({
      folder,
      identity: { engine: 'bench', config: 'bench', data: null },
      parseEvent: parseCampaignEvent,
      now: () => new Date(),
    });
    const store = await openStore(journal);
    const limits = { program: null, timeout: 60_000, maxRss: null, grace: 1_000 };
    const options = { command, report, ...limits, cwd: folder, env: {}, resources: {} };
    const places = { folder, identity: 'bench', varied: ['x'] };
    await using executor = await createCommandExecutor({ slots: 1, options, places, seed: 1, metric });
    const { name } = method;
    const plan = searchPlan({});
    const facts = {
      name,
      method: name,
      plan,
      seed: 1,
      trainer: 'external' as const,
      space: {},
      ...judgement,
      parameters: ['x'],
      identity: 'bench',
    };
    const started = performance.now();
    await store.commit({ type: 'campaign-started', ...facts, config: {}, data: null, findings: [] });
    const networks = { save: async () => {} };
    const { campaign } = await runCampaign(method, { store, executor, networks, controls: createControls() });
    const finished = campaign.trials.count((trial) => trial.state === 'finished');
    if (finished !== trials) throw new Error(`${finished} of ${trials} trials finished`);
    return (performance.now() - started) / trials;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of starting the command and waiting for its end. */
function spawnSyncTakes({ command: [program, ...args], trials }: Candidate): number {
  const started = performance.now();
  for (let i = 0; i < trials; i++) spawnSync(program, args, { cwd: tmpdir(), env, stdio });
  return (performance.now() - started) / trials;
}

/** The same without stopping everything else meanwhile. */
async function spawnTakes({ command: [program, ...args], trials }: Candidate): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < trials; i++) {
    const child = spawn(program, args, { cwd: tmpdir(), env, stdio, detached: true });
    child.stdout.resume();
    child.stderr.resume();
    await once(child, 'close');
  }
  return (performance.now() - started) / trials;
}

/** Milliseconds that the disk takes. */
async function diskTakes(): Promise<{ readonly line: number; readonly file: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-disk-'));
  const times = 200;
  const each = (action: (n: number) => void): number => {
    const started = performance.now();
    for (let n = 0; n < times; n++) action(n);
    return (performance.now() - started) / times;
  };
  const journal = openSync(join(folder, 'journal'), 'a');
  const durableLine = (): void => {
    writeSync(journal, `${'x'.repeat(200)}\n`);
    fdatasyncSync(journal);
  };
  const taken = {
    line: each(durableLine),
    file: each((n) => closeSync(openSync(join(folder, String(n)), 'w'))),
  };
  closeSync(journal);
  await rm(folder, { recursive: true });
  return taken;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const shown = (milliseconds: number): string => milliseconds.toFixed(2).padStart(6);

console.log(`milliseconds a trial, median of ${ROUNDS} rounds; ratio is that of fitfirst to spawnSync\n`);
for (const candidate of candidates) {
  await trialTakes(candidate);
  const taken: { readonly trial: number; readonly sync: number; readonly spawn: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sync = spawnSyncTakes(candidate);
    const trial = await trialTakes(candidate);
    taken.push({ sync, trial, spawn: await spawnTakes(candidate) });
  }
  const trial = median(taken.map((round) => round.trial));
  const sync = median(taken.map((round) => round.sync));
  const ratio = median(taken.map((round) => round.trial / round.sync));
  console.log(
    `  ${candidate.name.padEnd(36)} fitfirst ${shown(trial)}   spawnSync ${shown(sync)}   ` +
      `ratio ${ratio.toFixed(2)}   ` +
      `(spawn ${shown(median(taken.map((round) => round.spawn)))})`,
  );
}
const disk = await diskTakes();
console.log(`\nthis disk: a durable line ${shown(disk.line)}   a new file ${shown(disk.file)}`);
