/**
 * Signals at random moments on campaigns of the three kinds of trainers. Each campaign has to end in the same files as
 * one that nothing happened to, and nothing may be left: no process, no temporary file.
 * `npm run soak:chaos -- 20 1` sends 20 signals (the default), drawn with the seed 1. Linux only. Ends with 1 if
 * anything is wrong.
 */
import { readdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { campaignVariable } from '../../src/trainers/command/processes/marked-processes.js';
import { processesWithEnvironment } from '../../src/trainers/command/processes/process-table.js';
import { emptyFolder, fitfirst, promisedFiles, smallCampaign, start } from '../support/command-line.js';

const count = Number(process.argv[2] ?? 20);
const random = keyedStream('chaos', Number(process.argv[3] ?? 1));

/** Milliseconds from the start of a run to the last moment for a signal. */
const LAST_MOMENT = 6_000;
/** Runs that a campaign gets to end in. */
const MAX_RUNS = 50;

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
  mlp: smallCampaign
    .replace(/^name:.*$/m, 'name: mlp')
    .replace('epochs: {value: 30}', 'epochs: {value: 300}'),
  module: `name: module\ntrainer: {module: train.mjs}${search}`,
  command: `name: command\ntrainer: {command: [${node}, program.mjs], report: stdout}${search}`,
};
const targets = [
  'driver',
  'driver-stopped',
  'driver-asked',
  'launcher',
  'launcher-stopped',
  'child',
] as const;

/** The launcher and the commands of a results folder. */
async function processesOf(results: string): Promise<number[]> {
  const folder = await realpath(results).catch(() => results);
  return processesWithEnvironment(campaignVariable, folder).map(({ pid }) => pid);
}

function send(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

async function strike(
  target: (typeof targets)[number],
  driver: number | undefined,
  results: string,
): Promise<void> {
  const [launcher, ...children] = target.startsWith('driver') ? [] : await processesOf(results);
  switch (target) {
    case 'driver':
      return send(driver, 'SIGKILL');
    case 'driver-stopped':
      send(driver, 'SIGSTOP');
      await pause(random.below(3000));
      return send(driver, 'SIGCONT');
    case 'driver-asked':
      send(driver, 'SIGTERM');
      await pause(random.below(500));
      return send(driver, 'SIGTERM');
    case 'launcher':
      return send(launcher, 'SIGKILL');
    case 'launcher-stopped':
      return send(launcher, 'SIGSTOP');
    case 'child':
      return send(children[random.below(Math.max(1, children.length))], 'SIGKILL');
    default:
      return target satisfies never;
  }
}

await using folder = await emptyFolder();
await writeFile(join(folder.path, 'train.mjs'), trainer);
await writeFile(join(folder.path, 'program.mjs'), program);
const kinds = Object.keys(configs);
const whole = new Map<string, Record<string, string>>();
for (const kind of kinds) {
  await writeFile(join(folder.path, `${kind}.yaml`), configs[kind] ?? '');
  await fitfirst(folder.path, 'run', `${kind}.yaml`, '--out', `whole-${kind}`, '--view', 'none');
  whole.set(kind, await promisedFiles(join(folder.path, `whole-${kind}`)));
}

const problems: string[] = [];
const sent = new Map<string, number>();
for (let signals = 0, campaign = 0; signals < count; campaign++) {
  const kind = kinds[campaign % kinds.length] ?? 'mlp';
  const out = `${kind}-${campaign}`;
  const results = join(folder.path, out);
  const words = ['run', `${kind}.yaml`, '--out', out, '--view', 'none', '--workers', '3'];
  let code: number | null = null;
  for (let runs = 0; code !== 0 && runs < MAX_RUNS; runs++) {
    const run = start(folder.path, words);
    const isStruck = signals < count && runs < 5;
    if (isStruck) {
      const target = targets[random.below(kind === 'command' ? targets.length : 3)] ?? 'driver';
      await pause(random.below(LAST_MOMENT));
      await strike(target, run.child.pid, results);
      signals += 1;
      sent.set(`${kind} ${target}`, (sent.get(`${kind} ${target}`) ?? 0) + 1);
    }
    const ended = await run.ended;
    code = ended.code;
    if (code !== 0 && (!isStruck || /Internal error|^\s+at /m.test(ended.stderr)))
      problems.push(`${out}: exit code ${code}: ${ended.stderr.slice(0, 300)}`);
  }
  const files = await promisedFiles(results);
  for (const [name, text] of Object.entries(whole.get(kind) ?? {}))
    if (files[name] !== text) problems.push(`${out}: ${name} is another one`);
  const left = (await readdir(results)).filter((name) => /\.\d+$|^processes\.jsonl$/.test(name));
  if (left.length > 0) problems.push(`${out}: files are left: ${left.join(', ')}`);
  const alive = await processesOf(results);
  if (alive.length > 0) problems.push(`${out}: ${alive.length} processes are left`);
  console.log(`${out}: ${signals} of ${count} signals, ${problems.length} problems`);
}
console.log([...sent].map(([what, times]) => `${what}: ${times}`).join('\n'));
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
