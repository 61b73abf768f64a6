/**
 * Signals at random moments on campaigns of the three kinds of trainers: SIGKILL, SIGSTOP with and without SIGCONT, and
 * SIGTERM twice, to the driver, its launcher and its programs. Each campaign has to end in the same files and networks
 * as one that nothing happened to, and nothing may be left: no process, no temporary file.
 * `npm run soak:chaos -- 20 1 2` sends 20 signals (the default), drawn with the seed 1, to 2 campaigns at a time. Linux
 * only. Ends with 1 if anything is wrong.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder, fitfirst, type Running, smallCampaign, start } from '../support/command-line.js';
import { type ChaosTarget, chaosTargets, processesOf, strike } from './strike.js';

const [count = 20, seed = 1, lanes = 2] = process.argv.slice(2).map(Number);

/** Lines of `--view json` up to the last moment for a signal. */
const LAST_LINE = 250;
/** Milliseconds after such a line, or from the start of the program, to the signal. */
const LAST_MOMENT = 800;
/** Runs of a campaign that are disturbed, and runs that it may take in all. */
const DISTURBED_RUNS = 6;
const MAX_RUNS = 50;
/** Looks at what is left, and milliseconds between them: a launcher ends shortly after its driver. */
const LOOKS = 100;
const BETWEEN_LOOKS = 100;

const search = `
parameters: {hidden: {values: [2, 4, 8]}, dropout: {values: [0, 0.2, 0.5]}, epochs: 5}
metric: {name: val_loss}
method: grid
repeats: 2
retries: 100
`;
const trainer = `
const lossOf = ({ hidden, dropout }, epoch) => (1 + dropout) / hidden / epoch;
export default async function* train(parameters) {
  for (let epoch = 1; epoch <= 5; epoch++) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    yield { epoch, val_loss: lossOf(parameters, epoch) };
  }
}
`;
const program = `
import train from './train.mjs';
for await (const report of train(JSON.parse(process.env.FITFIRST_PARAMS))) console.log(JSON.stringify(report));
`;
const node = JSON.stringify(process.execPath);
const configs: Readonly<Record<string, string>> = {
  mlp: smallCampaign.replace(/^name:.*$/m, 'name: mlp'),
  module: `name: module\ntrainer: {module: train.mjs}${search}`,
  command: `name: command\ntrainer: {command: [${node}, program.mjs], report: stdout}${search}`,
};
const kinds = Object.keys(configs);

await using folder = await emptyFolder();
const temporary = join(folder.path, 'tmp');
await mkdir(temporary);
process.env.TMPDIR = temporary;
await writeFile(join(folder.path, 'train.mjs'), trainer);
await writeFile(join(folder.path, 'program.mjs'), program);
const undisturbed = new Map<string, Record<string, string>>();
for (const kind of kinds) {
  await writeFile(join(folder.path, `${kind}.yaml`), configs[kind] ?? '');
  const words = ['run', `${kind}.yaml`, '--out', `whole-${kind}`, '--view', 'none', '--workers', '3'];
  await fitfirst(folder.path, ...words);
  undisturbed.set(kind, await filesOf(join(folder.path, `whole-${kind}`)));
}

/** The files whose bytes are promised, by name: tables, summary, and all networks. */
async function filesOf(results: string): Promise<Record<string, string>> {
  const names = await readdir(results, { recursive: true });
  const promised = names.filter((name) =>
    /^(?:trials\.csv|epochs\.csv|summary\.json|model\..*|.*\.network)$/.test(name),
  );
  const texts = await Promise.all(promised.map((name) => readFile(join(results, name), 'latin1')));
  return Object.fromEntries(promised.sort().map((name, i) => [name, texts[i] ?? '']));
}

const problems: string[] = [];
const sent = new Map<string, number>();
let signals = 0;
let campaigns = 0;

/** Waits for a random moment of a run and sends a signal then, if the run has not ended by then. */
async function disturb(run: Running, results: string, target: ChaosTarget, draw: Draw): Promise<boolean> {
  const lines = draw(LAST_LINE);
  const hasLines = run.says(new RegExp(`(?:[^\\n]*\\n){${lines}}`)).catch(() => {});
  if (draw(5) > 0) await Promise.race([hasLines, run.ended]);
  await pause(draw(LAST_MOMENT));
  if (run.child.exitCode !== null || run.child.signalCode !== null) return false;
  return strike(target, { driver: run.child.pid, results, draw });
}

type Draw = (below: number) => number;

/** Runs a campaign under signals to its end, and compares what it leaves. */
async function endure(campaign: number): Promise<void> {
  const stream = keyedStream('chaos', seed, campaign);
  const draw: Draw = (below) => stream.below(below);
  const kind = kinds[campaign % kinds.length] ?? 'mlp';
  const targets = chaosTargets.filter((target) => kind === 'command' || target.startsWith('driver'));
  const out = `${kind}-${campaign}`;
  const results = join(folder.path, out);
  const words = ['run', `${kind}.yaml`, '--out', out, '--view', 'json', '--workers', String(1 + draw(4))];
  let code: number | null = null;
  for (let runs = 0; code !== 0 && runs < MAX_RUNS; runs++) {
    const run = start(folder.path, words);
    const target = targets[draw(targets.length)] ?? 'driver-killed';
    const isStruck = runs < DISTURBED_RUNS && signals < count && (await disturb(run, results, target, draw));
    if (isStruck) {
      signals += 1;
      sent.set(`${kind} ${target}`, (sent.get(`${kind} ${target}`) ?? 0) + 1);
    }
    const ended = await run.ended;
    code = ended.code;
    if (code !== 0 && (!isStruck || /Internal error|^\s+at /m.test(ended.stderr)))
      problems.push(`${out}: exit code ${code}: ${ended.stderr.slice(0, 300)}`);
  }
  const files = await filesOf(results);
  for (const [name, text] of Object.entries(undisturbed.get(kind) ?? {}))
    if (files[name] !== text) problems.push(`${out}: ${name} is another one`);
  const left = (await readdir(results)).filter((name) => /\.\d+$|^processes\.jsonl$/.test(name));
  if (left.length > 0) problems.push(`${out}: files are left: ${left.join(', ')}`);
  const alive = await untilNone(() => processesOf(results));
  if (alive.length > 0) problems.push(`${out}: processes are left: ${alive.join(', ')}`);
  console.log(`${out}: ${signals} of ${count} signals, ${problems.length} problems`);
}

async function untilNone<Thing>(look: () => Promise<readonly Thing[]>): Promise<readonly Thing[]> {
  let found = await look();
  for (let looks = 1; found.length > 0 && looks < LOOKS; looks++) {
    await pause(BETWEEN_LOOKS);
    found = await look();
  }
  return found;
}

async function lane(): Promise<void> {
  while (signals < count) await endure(campaigns++);
}
await Promise.all(Array.from({ length: lanes }, lane));

const folders = await untilNone(async () =>
  (await readdir(temporary)).filter((name) => name.startsWith('fitfirst')),
);
if (folders.length > 0) problems.push(`temporary files are left: ${folders.join(', ')}`);
console.log([...sent].map(([what, times]) => `${what}: ${times}`).join('\n'));
console.log(`${signals} signals on ${campaigns} campaigns, ${problems.length} problems`);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
