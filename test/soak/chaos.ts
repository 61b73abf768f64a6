/**
 * Signals at random moments on campaigns of the three kinds of trainers: SIGKILL, SIGSTOP with and without SIGCONT, and
 * SIGTERM twice, to the driver, its launcher and its programs, several in a run. Each campaign has to end in the same
 * files and networks as one that nothing happened to, and nothing may be left: no process, no temporary file.
 * `npm run soak:chaos -- 20 1 2` sends 20 signals (the default), drawn with the seed 1, to 2 campaigns at a time. Its
 * last line names the number of the next campaign: `npm run soak:chaos -- 100 1 2 14` goes on from campaign 14, so a
 * long soak can be run in parts. Linux only. Ends with 1 if anything is wrong.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder, fitfirst, type Running, smallCampaign, start } from '../support/command-line.js';
import { type ChaosTarget, chaosTargets, endsDriver, endsLauncher, processesOf, strike } from './strike.js';

const [count = 20, seed = 1, lanes = 2, firstCampaign = 0] = process.argv.slice(2).map(Number);

/** Lines of `--view json` up to the first signal of a run, at most. */
const LAST_LINE = 80;
/** Milliseconds to a signal at most: after such a line, from the start of the program, or after the signal before. */
const LAST_MOMENT = 600;
/** Signals in a run at most, runs of a campaign that are disturbed, and runs that it may take in all. */
const SIGNALS_IN_RUN = 16;
const DISTURBED_RUNS = 12;
const MAX_RUNS = 50;
/** A trial that loses its launcher three times in a run counts as the one to blame. */
const LOST_LAUNCHERS = 2;
/** Looks at what is left, and milliseconds between them: a launcher ends shortly after its driver. */
const LOOKS = 100;
const BETWEEN_LOOKS = 100;

const search = `
parameters: {hidden: {values: [2, 4, 8]}, dropout: {values: [0, 0.2, 0.5]}, epochs: 5}
metric: {name: val_loss}
method: grid
repeats: 4
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
let runs = 0;

type Draw = (below: number) => number;

interface Victim {
  readonly kind: string;
  readonly results: string;
  readonly draw: Draw;
}

/** Sends signals at random moments of a run, until it ends or has got its share. Returns what was struck. */
async function disturb(run: Running, { kind, results, draw }: Victim): Promise<readonly ChaosTarget[]> {
  const targets = chaosTargets.filter((target) => kind === 'command' || target.startsWith('driver'));
  const struck: ChaosTarget[] = [];
  const lines = draw(LAST_LINE);
  const hasLines = run.says(new RegExp(`(?:[^\\n]*\\n){${lines}}`)).catch(() => {});
  if (draw(5) > 0) await Promise.race([hasLines, run.ended]);
  for (let left = 1 + draw(SIGNALS_IN_RUN); left > 0 && signals < count; left--) {
    await Promise.race([pause(draw(LAST_MOMENT)), run.ended]);
    if (run.child.exitCode !== null || run.child.signalCode !== null) break;
    const lost = struck.filter(endsLauncher).length;
    const allowed = targets.filter((target) => lost < LOST_LAUNCHERS || !endsLauncher(target));
    const target = allowed[draw(allowed.length)] ?? 'driver-killed';
    if (!(await strike(target, { driver: run.child.pid, results, draw }))) continue;
    struck.push(target);
    signals += 1;
    sent.set(`${kind} ${target}`, (sent.get(`${kind} ${target}`) ?? 0) + 1);
  }
  return struck;
}

/** Runs a campaign under signals to its end, and compares what it leaves. */
async function endure(campaign: number): Promise<void> {
  const stream = keyedStream('chaos', seed, campaign);
  const draw: Draw = (below) => stream.below(below);
  const kind = kinds[campaign % kinds.length] ?? 'mlp';
  const out = `${kind}-${campaign}`;
  const results = join(folder.path, out);
  const words = ['run', `${kind}.yaml`, '--out', out, '--view', 'json', '--workers', String(1 + draw(4))];
  let code: number | null = null;
  for (let number = 0; code !== 0 && number < MAX_RUNS; number++) {
    runs += 1;
    const run = start(folder.path, words);
    const struck = number < DISTURBED_RUNS ? await disturb(run, { kind, results, draw }) : [];
    const ended = await run.ended;
    code = ended.code;
    if ((code !== 0 && !struck.some(endsDriver)) || /Internal error|^\s+at /m.test(ended.stderr))
      problems.push(`${out}: exit code ${code} after ${struck}: ${ended.stderr.slice(0, 300)}`);
  }
  if (code !== 0) problems.push(`${out}: not concluded after ${MAX_RUNS} runs`);
  const files = await filesOf(results);
  for (const [name, text] of Object.entries(undisturbed.get(kind) ?? {}))
    if (files[name] !== text) problems.push(`${out}: ${name} is another one`);
  const left = (await readdir(results)).filter((name) => /\.\d+$|^processes\.jsonl$/.test(name));
  if (left.length > 0) problems.push(`${out}: files are left: ${left.join(', ')}`);
  const alive = await untilNone(() => processesOf(results));
  if (alive.length > 0) problems.push(`${out}: processes are left: ${alive.join(', ')}`);
  console.log(`${out}: ${signals} of ${count} signals, ${problems.length} problems`);
  if (problems.length === 0) await rm(results, { recursive: true });
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
  while (signals < count) await endure(firstCampaign + campaigns++);
}
await Promise.all(Array.from({ length: lanes }, lane));

const folders = await untilNone(async () =>
  (await readdir(temporary)).filter((name) => name.startsWith('fitfirst')),
);
if (folders.length > 0) problems.push(`temporary files are left: ${folders.join(', ')}`);
console.log([...sent].map(([what, times]) => `${what}: ${times}`).join('\n'));
for (const problem of problems) console.log(problem);
console.log(
  `${signals} signals in ${runs} runs of ${campaigns} campaigns, ${problems.length} problems; ` +
    `the next campaign is number ${firstCampaign + campaigns}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
