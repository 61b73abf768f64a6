/**
 * How fast commands start, as ratios over bare `node -e 0` in the same run: the median of the wall time and of the
 * processor time over rounds in which all commands take turns. Then what dominates: packages by the number of files
 * that a command loads, and by the time that V8's profiler finds in their code while `validate` runs.
 *
 *     npm run bench:startup -- [rounds]
 *
 * Goals: --version and --help at most 2 times bare Node, validate at most 4 times, the first frame of run at most 6
 * times.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 11);
const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const trainerEntry = new URL('../dist/trainer.js', import.meta.url).href;
const folder = await mkdtemp(join(tmpdir(), 'fitfirst-bench-startup-'));

const table = Array.from(
  { length: 150 },
  (_, row) => `${row % 7},${(row * 3) % 11},${row % 2 ? 'y' : 'x'}\n`,
);
await writeFile(join(folder, 't.csv'), `a,b,kind\n${table.join('')}`);
await writeFile(
  join(folder, 'c.yaml'),
  'data: {path: t.csv, target: kind}\nparameters: {hidden: {values: [4, 8]}, dropout: ' +
    '{values: [0, 0.5]}, epochs: 2}\nfit_first: {grow: hidden, dropout: [dropout]}\n',
);

interface Case {
  readonly name: string;
  readonly words: readonly string[];
  /** Times bare Node that it should take at most. */
  readonly goal: number | null;
  /** Whether the time ends with the first output instead of the end of the process. */
  readonly untilOutput?: boolean;
}

const cases: readonly Case[] = [
  { name: 'node -e 0', words: ['-e', '0'], goal: null },
  {
    name: "import 'fitfirst/trainer'",
    words: ['--input-type=module', '-e', `import ${JSON.stringify(trainerEntry)}`],
    goal: null,
  },
  { name: '--version', words: [program, '--version'], goal: 2 },
  { name: '--help', words: [program, '--help'], goal: 2 },
  { name: 'validate', words: [program, 'validate', 'c.yaml'], goal: 4 },
  // script(1) lends a terminal, so that the screen is drawn.
  {
    name: 'run, first frame',
    words: [program, 'run', 'c.yaml', '--view', 'tui'],
    goal: 6,
    untilOutput: true,
  },
];

/** Milliseconds until a command ends, or until it says something. */
function wallTime({ words, untilOutput }: Case): Promise<number> {
  const began = performance.now();
  const [command, options]: [string, readonly string[]] = untilOutput
    ? ['script', ['-qec', [process.execPath, ...words].map((word) => `'${word}'`).join(' '), '/dev/null']]
    : [process.execPath, words];
  const { CI: _, ...env } = process.env;
  const child = spawn(command, options, { cwd: folder, env: { ...env, TERM: 'xterm-256color' } });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    let took: number | null = null;
    let said = '';
    child.stdout.on('data', (bytes) => {
      if (took !== null || !untilOutput) return;
      said += String(bytes);
      // The first frame names the campaign.
      if (!said.includes('c: ') && !said.includes('fit first')) return;
      took = performance.now() - began;
      child.kill('SIGTERM');
    });
    child.on('close', async () => {
      await rm(join(folder, 'results'), { recursive: true, force: true });
      resolve(took ?? performance.now() - began);
    });
  });
}

const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const one of cases) times.get(one.name)?.push(await wallTime(one));

const median = (name: string): number =>
  (times.get(name) ?? []).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
const bare = median('node -e 0');
console.log(`Node ${process.version}, ${rounds} rounds, medians of wall time`);
for (const { name, goal } of cases) {
  const ratio = median(name) / bare;
  const held = goal === null ? '' : `  goal ${goal}: ${ratio <= goal ? 'reached' : 'missed'}`;
  console.log(
    `${name.padEnd(28)}${median(name).toFixed(0).padStart(6)} ms ${ratio.toFixed(2).padStart(6)} x${held}`,
  );
}

const added = median("import 'fitfirst/trainer'") - bare;
console.log(
  `\nimport 'fitfirst/trainer' adds ${added.toFixed(0)} ms to bare Node; goal 20: ` +
    `${added <= 20 ? 'reached' : 'missed'}`,
);

/** The package, or the room of fitfirst, that a file belongs to. */
function ownerOf(url: string): string {
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(url)?.[1];
  if (library !== undefined) return library;
  const bundled = /\/dist\/bundled\/([^/]+)\.js$/.exec(url)?.[1];
  if (bundled !== undefined) return `${bundled} (bundled)`;
  const part = /\/dist\/program\/([^/]+)\.js$/.exec(url)?.[1];
  if (part !== undefined) return `program/${part}`;
  const room = /\/dist\/([^/]+)\//.exec(url)?.[1];
  return room === undefined ? 'Node itself' : `fitfirst/${room}`;
}

/** A number for each owner, the largest first, as a line. */
function largest(numbers: ReadonlyMap<string, number>, unit: string): string {
  const sorted = [...numbers].sort(([, a], [, b]) => b - a).slice(0, 12);
  return sorted.map(([name, value]) => `${name} ${value.toFixed(0)}${unit}`).join(', ');
}

async function filesIn(path: string): Promise<string[]> {
  return Promise.all((await readdir(path)).map((name) => readFile(join(path, name), 'utf8')));
}

async function run(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const child = spawn(process.execPath, words, { cwd: folder, env, stdio: 'ignore' });
  await new Promise((resolve) => child.on('close', resolve));
}

for (const { name, words } of cases.filter(({ goal, untilOutput }) => goal !== null && !untilOutput)) {
  const coverage = await mkdtemp(join(folder, 'coverage-'));
  await run(words, { ...process.env, NODE_V8_COVERAGE: coverage });
  const counts = new Map<string, number>();
  for (const text of await filesIn(coverage)) {
    const { result }: { result: { url: string }[] } = JSON.parse(text);
    for (const { url } of result) counts.set(ownerOf(url), (counts.get(ownerOf(url)) ?? 0) + 1);
  }
  console.log(`\nfiles that ${name} loads: ${largest(counts, '')}`);
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly url: string } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const profiles = join(folder, 'profiles');
await run(['--cpu-prof', '--cpu-prof-dir', profiles, program, 'validate', 'c.yaml']);
for (const text of await filesIn(profiles)) {
  const { nodes, samples, timeDeltas }: Profile = JSON.parse(text);
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame.url)]));
  const spent = new Map<string, number>();
  samples.forEach((id, place) => {
    const owner = owners.get(id) ?? 'Node itself';
    spent.set(owner, (spent.get(owner) ?? 0) + (timeDeltas[place] ?? 0) / 1000);
  });
  console.log(`\ntime in validate, profiled: ${largest(spent, ' ms')}`);
}
await rm(folder, { recursive: true, force: true });
