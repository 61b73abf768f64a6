/**
 * Trains the same networks in fitfirst, PyTorch, scikit-learn (without dropout, which it does not have) and NumPy,
 * each on one thread, one after another in every round. Prints medians of the rounds: seconds, speed as if
 * nothing were skipped, its share of what one large product of matrices reaches here, and fitfirst's time over
 * that of each other engine.
 *
 * Times are processor time, so that others who use the machine do not count; they still cost cache and clock.
 *
 *     npm run bench:training                   all cases, five rounds
 *     npm run bench:training -- 64-256 3       cases whose name has this text, three rounds
 *
 * The Python with these engines: FITFIRST_PYTHON, else /usr/bin/python3 (Debian: python3-torch, python3-sklearn). They
 * run with the code of OpenBLAS that multiplies fastest on this machine.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneThread, peerEnvironment } from './peer-environment.js';
import { operations, type TrainingCase, trainingCases } from './training-case.js';
import { TrainingEngine } from './training-engine.js';

const only = process.argv[2] ?? '';
const rounds = Number(process.argv[3] ?? 5);
const python = process.env.FITFIRST_PYTHON ?? '/usr/bin/python3';
const peerNames = ['torch', 'sklearn', 'numpy', 'sgemm'] as const;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function startPeers(env: NodeJS.ProcessEnv): Promise<TrainingEngine[]> {
  const peers: TrainingEngine[] = [];
  for (const name of peerNames) {
    const engine = new TrainingEngine(name, [python, here('training-peers.py'), name], env);
    if ((await engine.answer()) === null) {
      console.log(`${name} cannot be had from ${python}: it is left out.`);
      await engine[Symbol.asyncDispose]();
    } else peers.push(engine);
  }
  return peers;
}

/** Processor seconds of every engine in every round, and the density of active units. */
async function measure(
  task: TrainingCase | { readonly name: 'tutorial' },
  engines: readonly TrainingEngine[],
): Promise<{ seconds: Map<string, number[]>; density: number }> {
  const seconds = new Map(engines.map(({ name }) => [name, [] as number[]]));
  let density = Number.NaN;
  for (let round = 0; round < rounds; round++) {
    for (const engine of engines) {
      const cost = await engine.ask(task);
      if (cost === null) throw new Error(`${engine.name} ended in the middle of "${task.name}"`);
      seconds.get(engine.name)?.push(cost.processor ?? Number.NaN);
      density = cost.density ?? density;
    }
  }
  return { seconds, density };
}

function ratios(seconds: ReadonlyMap<string, readonly number[]>): string {
  const own = seconds.get('fitfirst') ?? [];
  return [...seconds]
    .filter(([name]) => name !== 'fitfirst')
    .map(([name, others]) => {
      const shares = own.map((value, round) => value / (others[round] ?? Number.NaN));
      const range = `${Math.min(...shares).toFixed(3)} to ${Math.max(...shares).toFixed(3)}`;
      return `    time / ${name.padEnd(8)} ${median(shares).toFixed(3)}   (${range})`;
    })
    .join('\n');
}

const folder = await mkdtemp(join(tmpdir(), 'fitfirst-training-'));
const { env, core, peak } = await peerEnvironment(python);
const fitfirst = new TrainingEngine(
  'fitfirst',
  [process.execPath, '--import', 'tsx', here('training-fitfirst.ts')],
  oneThread(),
);
const peers = await startPeers(env);
try {
  const sgemm = peers.find(({ name }) => name === 'sgemm');
  console.log(`node ${process.version}, ${rounds} rounds, medians`);
  if (sgemm !== undefined) {
    const code = core ?? 'its own choice of code';
    console.log(`sgemm peak of one thread: ${peak.toFixed(1)} GFLOP/s (OpenBLAS, ${code})\n`);
  }
  for (const task of await trainingCases(folder)) {
    if (!task.name.includes(only)) continue;
    const { seconds, density } = await measure(task, [fitfirst, ...peers]);
    const own = median(seconds.get('fitfirst') ?? []);
    const speed = operations(task) / own / 1e9;
    const share = sgemm === undefined ? '' : ` (${((100 * speed) / peak).toFixed(0)} % of the peak)`;
    console.log(
      `${task.name}\n    ${(own * 1000).toFixed(1)} ms for ${task.epochs} epoch(s), ` +
        `${speed.toFixed(1)} GFLOP/s${share}, ` +
        `${(100 * density).toFixed(0)} % of hidden values not zero`,
    );
    console.log(ratios(seconds));
  }
  if ('tutorial'.includes(only)) {
    const numpy = peers.filter(({ name }) => name === 'numpy');
    const { seconds } = await measure({ name: 'tutorial' }, [fitfirst, ...numpy]);
    const own = median(seconds.get('fitfirst') ?? []);
    console.log(
      `the tutorial's network, 60,000 updates, double precision\n    ${(own * 1000).toFixed(1)} ms`,
    );
    console.log(ratios(seconds));
  }
} finally {
  await fitfirst[Symbol.asyncDispose]();
  for (const peer of peers) await peer[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
}
