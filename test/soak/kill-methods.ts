/**
 * Kills campaigns of every method at random moments and holds their tables and summaries against those of whole ones,
 * which have to be the same for 1, 2 and 4 workers. `npm run soak:methods`: 50 kills a method, or as many as
 * FITFIRST_KILLS says; further words name methods. The world is made up, so a campaign takes a second.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { runWindowed } from '../support/windowed-campaign.js';
import { soakedMethods } from './soaked-methods.js';

const KILLS = Number(process.env.FITFIRST_KILLS ?? 50);
/** Events between the start of a process and its kill: from the first on. */
const MAX_EVENTS = 60;

const [, , first = '', ...rest] = process.argv;
if (first === 'run') {
  // The process that is killed: it prints a line for every event that is durable.
  const [name = '', folder = '', slots = '1', order = '1'] = rest;
  await run(name, folder, Number(slots), Number(order), ({ type }) => {
    process.stdout.write(`${type}\n`);
  });
} else {
  const names = [first, ...rest].filter((name) => name !== '');
  for (const name of names.length > 0 ? names : Object.keys(soakedMethods)) await soak(name);
}

async function run(
  name: string,
  folder: string,
  slots: number,
  order: number,
  onEvent?: Parameters<typeof runWindowed>[3],
): Promise<string> {
  const create = soakedMethods[name];
  if (create === undefined)
    throw new Error(`there is no method ${name}; expected ${Object.keys(soakedMethods).join(', ')}`);
  return runWindowed(folder, slots, order, onEvent, undefined, create());
}

async function soak(name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-kills-'));
  try {
    const want = await run(name, join(folder, 'whole'), 1, 1);
    for (const slots of [2, 4])
      same(want, await run(name, join(folder, `slots-${slots}`), slots, slots), name);
    const after = keyedStream('kills of methods', name);
    let killed = 0;
    let rounds = 0;
    for (; killed < KILLS; rounds++) {
      const path = join(folder, `round-${rounds}`);
      const slots = [1, 2, 4][rounds % 3] ?? 1;
      while (killed < KILLS && (await runAndKill(name, path, slots, killed, 1 + after.below(MAX_EVENTS))))
        killed += 1;
      same(want, await run(name, path, 4, 9), name);
    }
    console.log(
      `${name}: the same bytes for 1, 2 and 4 workers, and after ${killed} kills in ${rounds} campaigns`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function same(want: string, found: string, name: string): void {
  if (found !== want) throw new Error(`${name}: the results differ`);
}

/** Runs a campaign in a process that is killed after this number of events; false if it had ended before. */
async function runAndKill(
  name: string,
  folder: string,
  slots: number,
  order: number,
  after: number,
): Promise<boolean> {
  const words = [
    '--import',
    'tsx',
    fileURLToPath(import.meta.url),
    'run',
    name,
    folder,
    String(slots),
    String(order),
  ];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let events = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    events += 1;
    if (events === after) child.kill('SIGKILL');
  }
  const [code, signal] = await exit;
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`${name} ended with exit code ${code}`);
  return signal === 'SIGKILL';
}
