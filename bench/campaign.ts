/**
 * The same 60 trials on optdigits (4 hidden sizes, 5 dropout rates, 3 repeats, Adam, batches of 32) as a whole
 * campaign: by fitfirst, by Optuna with PyTorch and by Optuna with scikit-learn, each with as many processes or
 * threads as there are cores. Prints wall time, processor time and peak memory of each, from GNU time, and fitfirst's
 * times over those of the others, which run with the code of OpenBLAS that multiplies fastest on this machine. EPOCHS
 * sets the length of a trial (20). The tables are not part of the project: FITFIRST_SHARED_DATA names their folder.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../test/support/shared-data.js';
import { oneThread, peerEnvironment } from './peer-environment.js';

const epochs = Number(process.env.EPOCHS ?? 20);
const workers = availableParallelism();
const PYTHON = '/usr/bin/python3';

interface Cost {
  readonly wall: number;
  readonly processor: number;
  /** Peak resident memory in MiB; of several processes their sum. */
  readonly memory: number;
}

/** Runs commands side by side and measures all of them; null where one of them fails. */
async function measure(
  commands: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
): Promise<Cost | null> {
  const started = performance.now();
  const ended = await Promise.all(
    commands.map(
      (command) =>
        new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
          const child = spawn('/usr/bin/time', ['-f', 'cost %U %S %M', ...command], {
            env,
            stdio: ['ignore', 'ignore', 'pipe'],
          });
          let stderr = '';
          child.stderr.setEncoding('utf8').on('data', (text: string) => {
            stderr += text;
          });
          child.on('error', reject);
          child.on('close', (code) => resolve({ code, stderr }));
        }),
    ),
  );
  const wall = (performance.now() - started) / 1000;
  const costs = ended.map(
    ({ stderr }) => /cost ([\d.]+) ([\d.]+) (\d+)/.exec(stderr)?.slice(1).map(Number) ?? [],
  );
  const failed = ended.find(({ code }) => code !== 0);
  if (failed !== undefined) {
    console.log(failed.stderr.split('\n').slice(-4).join('\n'));
    return null;
  }
  const sum = (of: (cost: readonly number[]) => number): number =>
    costs.reduce((total, cost) => total + of(cost), 0);
  return {
    wall,
    processor: sum(([user = 0, system = 0]) => user + system),
    memory: sum(([, , kilobytes = 0]) => kilobytes / 1024),
  };
}

/** Splits the training table as the peers read it: comma-separated, the class last, no header. */
async function writeTables(folder: string, source: string): Promise<void> {
  const lines = (await readFile(source, 'utf8'))
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '');
  const cut = Math.round(lines.length * 0.8);
  await writeFile(join(folder, 'train.csv'), `${lines.slice(0, cut).join('\n')}\n`);
  await writeFile(join(folder, 'validation.csv'), `${lines.slice(cut).join('\n')}\n`);
}

async function run(data: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-campaign-'));
  try {
    const source = join(data, 'optdigits.tra');
    await writeTables(folder, source);
    const config = {
      name: 'optdigits',
      seed: 1,
      data: { path: source, target: 'Class', split: { validation: 0.2, test: 0 } },
      parameters: {
        hidden: { values: [16, 32, 64, 128] },
        dropout: { values: [0, 0.2, 0.35, 0.5, 0.65] },
        learning_rate: 0.003,
        batch_size: 32,
        epochs,
      },
      repeats: 3,
      method: 'grid',
    };
    await writeFile(join(folder, 'optdigits.json'), JSON.stringify(config));
    const main = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
    const peers = fileURLToPath(new URL('./campaign-peers.py', import.meta.url));
    const own = [
      'node',
      main,
      'run',
      join(folder, 'optdigits.json'),
      '--view',
      'none',
      '--out',
      join(folder, 'out'),
    ];
    const { env, core } = await peerEnvironment(PYTHON);
    const peer = (kind: string): string[][] =>
      Array.from({ length: workers }, () => [
        PYTHON,
        peers,
        kind,
        join(folder, `${kind}.log`),
        join(folder, 'train.csv'),
        join(folder, 'validation.csv'),
        String(epochs),
      ]);
    console.log(
      `60 trials of ${epochs} epochs on optdigits, ${workers} at once (fitfirst trains the choice once more)\n` +
        `OpenBLAS runs ${core ?? 'its own choice of code'}`,
    );
    const rows = [
      ['fitfirst', await measure([own], oneThread())],
      ['Optuna, PyTorch', await measure(peer('torch'), env)],
      ['Optuna, scikit-learn', await measure(peer('sklearn'), env)],
    ] as const;
    const reference = rows[0][1];
    for (const [name, cost] of rows) {
      const ratio =
        cost && reference
          ? `  fitfirst/it: wall ${(reference.wall / cost.wall).toFixed(3)}, ` +
            `processor ${(reference.processor / cost.processor).toFixed(3)}`
          : '';
      console.log(
        cost === null
          ? `  ${name.padEnd(22)}could not run here; skipped`
          : `  ${name.padEnd(22)}wall ${cost.wall.toFixed(1)} s  processor ` +
              `${cost.processor.toFixed(1)} s  memory ${cost.memory.toFixed(0)} MiB${ratio}`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (sharedData === null)
  console.log('The real tables are not on this machine (FITFIRST_SHARED_DATA); skipped');
else await run(sharedData);
