/**
 * What a trial costs beyond starting its command: campaigns of commands that report one number and end, one at a
 * time and with the journal on disk, beside `spawnSync` of the same command.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CampaignEvent } from '../src/campaign/event.js';
import { createCommandExecutor } from '../src/execution/command-executor.js';
import { parseCampaignEvent } from '../src/journal/campaign-event.js';
import { FileJournal } from '../src/journal/file-journal.js';
import { gridSearch } from '../src/methods/search.js';
import { createControls } from '../src/runner/controls.js';
import { runCampaign } from '../src/runner/run-campaign.js';
import { openStore } from '../src/runner/store.js';
import type { ReportSource } from '../src/training/command/command-options.js';

const rounds = 5;
const metric = { name: 'val_loss', goal: 'minimize' } as const;

interface Candidate {
  readonly name: string;
  readonly trials: number;
  readonly command: readonly [string, ...string[]];
  readonly report: ReportSource;
}

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
    trials: 100,
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
    await using journal = await FileJournal.open<CampaignEvent>({
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
    const { name, stages } = method;
    const facts = { name, method: name, stages, ...judgement, parameters: ['x'], identity: 'bench' };
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
function spawnTakes({ command: [program, ...args], trials }: Candidate): number {
  const started = performance.now();
  for (let i = 0; i < trials; i++) spawnSync(program, args);
  return (performance.now() - started) / trials;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

console.log(`milliseconds a trial, median of ${rounds} rounds\n`);
for (const candidate of candidates) {
  await trialTakes(candidate);
  const pairs: { readonly trial: number; readonly spawn: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const spawn = spawnTakes(candidate);
    pairs.push({ spawn, trial: await trialTakes(candidate) });
  }
  const trial = median(pairs.map((pair) => pair.trial));
  const spawn = median(pairs.map((pair) => pair.spawn));
  const ratio = median(pairs.map((pair) => pair.trial / pair.spawn));
  console.log(
    `  ${candidate.name.padEnd(36)} fitfirst ${trial.toFixed(2)}   spawnSync ${spawn.toFixed(2)}   ratio ${ratio.toFixed(2)}`,
  );
}
