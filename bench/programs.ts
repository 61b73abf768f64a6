/**
 * The PyTorch example by several methods and by Optuna's TPE with its pruners: epochs, processor time and wall time
 * until a trial reaches the best validation loss of a random search with 24 trials. Two trials run at a time. Needs
 * Debian's python3-torch and python3-optuna. Writes the table into docs/methods.md. SEEDS says how many seeds run.
 *
 * A run takes over ten minutes a seed. The file `programs.jsonl` in the folder that the first argument names keeps each
 * search that has ended, so a run that was interrupted goes on with the next one.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitFirst, hyperband, type MethodConfig, random, tpe } from '../src/index.js';
import { keyedStream } from '../src/numeric/keyed-stream.js';
import { markdownTable, quantile } from './methods/ranks.js';
import { type Effort, EPOCHS, HIDDEN, runToTarget } from './programs/run-to-target.js';

const RANDOM_TRIALS = 24;
const SEEDS = Number(process.env.SEEDS ?? 3);

const fit = fitFirst({
  grow: 'hidden',
  dropout: ['dropout'],
  fit: { metric: 'train_accuracy', reach: 0.99 },
  search: { method: 'sobol', trials: 3 },
});

const methods: readonly { name: string; method: MethodConfig; stopEarly: 'median' | 'off' | null }[] = [
  { name: '`random`, `stop_early: median`', method: random({ trials: RANDOM_TRIALS }), stopEarly: 'median' },
  { name: '`tpe`, `stop_early: median`', method: tpe({ trials: 60, window: 2 }), stopEarly: 'median' },
  { name: '`hyperband`', method: hyperband({ rounds: 2, window: 2 }), stopEarly: null },
  {
    name: '`hyperband`, `min_epochs: 9`',
    method: hyperband({ rounds: 2, window: 2, min_epochs: 9 }),
    stopEarly: null,
  },
  { name: '`fit_first`', method: fit, stopEarly: 'off' },
  { name: '`fit_first`, `stop_early: median`', method: fit, stopEarly: 'median' },
];

/** The seed that fitfirst gives a program on its first repeat. */
const programSeed = (seed: number): number => keyedStream('command', seed, 1).below(0x7fff_ffff);

function optuna(pruner: string, seed: number, target: number): Promise<Effort> {
  const file = (name: string): string => new URL(`programs/${name}`, import.meta.url).pathname;
  const task = { pruner, seed, target, epochs: EPOCHS, hidden: HIDDEN, trials: 200 };
  return new Promise((resolve, reject) => {
    const child = execFile('/usr/bin/python3', [file('optuna_side.py')], (error, stdout) =>
      error === null ? resolve(JSON.parse(stdout) as Effort) : reject(error),
    );
    child.stdin?.end(
      JSON.stringify({ ...task, program: file('timed_program.py'), program_seed: programSeed(seed) }),
    );
  });
}

type Best = Effort & { readonly best?: number };

const [kept = join(tmpdir(), 'fitfirst-bench-programs')] = process.argv.slice(2);
mkdirSync(kept, { recursive: true });
const file = join(kept, 'programs.jsonl');
const ended = new Map<string, Best>(
  (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { seed: number; name: string; effort: Best })
    .map(({ seed, name, effort }) => [`${seed} ${name}`, effort]),
);

/** What a search took, measured now unless an earlier run did. */
async function measured(seed: number, name: string, measure: () => Promise<Best>): Promise<Best> {
  const known = ended.get(`${seed} ${name}`);
  if (known !== undefined) return known;
  const effort = await measure();
  appendFileSync(file, `${JSON.stringify({ seed, name, effort })}\n`);
  return effort;
}

const efforts = new Map<string, Effort[]>();
function add(name: string, effort: Effort): void {
  const { epochs, processor, wall, reached } = effort;
  efforts.set(name, [...(efforts.get(name) ?? []), effort]);
  const seconds = `${processor.toFixed(1)} s processor, ${wall.toFixed(1)} s wall`;
  console.log(`  ${name}: ${epochs} epochs, ${seconds}${reached ? '' : ', not reached'}`);
}

const folder = await mkdtemp(join(tmpdir(), 'fitfirst-programs-'));
try {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const method = random({ trials: RANDOM_TRIALS });
    const whole = `\`random\`, ${RANDOM_TRIALS} trials to their end`;
    const baseline = await measured(seed, whole, () =>
      runToTarget({ seed, target: null, folder, method, stopEarly: 'off' }),
    );
    const target = baseline.best ?? 0;
    console.log(`seed ${seed}: target ${target}`);
    add(whole, { ...baseline, reached: true });
    for (const { name, ...search } of methods)
      add(name, await measured(seed, name, () => runToTarget({ seed, target, folder, ...search })));
    for (const pruner of ['hyperband', 'median']) {
      const name = `Optuna's TPE, ${pruner} pruner`;
      add(name, await measured(seed, name, () => optuna(pruner, seed, target)));
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const rows = [...efforts].map(([name, some]) => {
  const cell = (value: (effort: Effort) => number): string => {
    const values = some.map((effort) => (effort.reached ? value(effort) : Number.POSITIVE_INFINITY));
    const middle = quantile(values, 0.5);
    return Number.isFinite(middle) ? middle.toFixed(0) : 'not reached';
  };
  const reached = some.filter((effort) => effort.reached).length;
  const times = [cell(({ processor }) => processor), cell(({ wall }) => wall)];
  return [name, cell(({ epochs }) => epochs), ...times, `${reached} of ${SEEDS}`];
});
const table = markdownTable([
  ['search', 'epochs', 'processor (s)', 'wall (s)', 'seeds that reach it'],
  ...rows,
]);
console.log(`\n${table}`);
const page = new URL('../docs/methods.md', import.meta.url);
const section = /(?<=<!-- bench:programs -->\n).*(?=<!-- \/bench:programs -->)/s;
await writeFile(
  page,
  (await readFile(page, 'utf8')).replace(section, () => `\n${table}\n\n`),
);
