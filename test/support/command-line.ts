import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program; `npm test` builds it first. */
export const program = fileURLToPath(new URL('../../dist/program/main.js', import.meta.url));

/** What a command came to. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output holds the text; rejects if the command ends before. */
  says(text: string | RegExp): Promise<void>;
}

/** An empty folder to work in, gone afterwards. */
export async function emptyFolder(below = tmpdir()): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(below, 'fitfirst-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/**
 * Starts `fitfirst` with these words in a folder, as a process of its own, away from any terminal: by Node, or by
 * another program, such as a shell that sets limits first.
 */
export function start(
  folder: string,
  words: readonly string[],
  node = process.execPath,
  before: readonly string[] = [],
): Running {
  const { CI: _, ...env } = process.env;
  const child = spawn(node, [...before, program, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (typeof text === 'string' ? !stdout.includes(text) : !text.test(stdout)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then((end) => reject(new Error(`ended before it said ${text}: ${end.stdout}${end.stderr}`)));
    });
  return { child, ended, says };
}

/** Runs `fitfirst` to its end. */
export function fitfirst(folder: string, ...words: readonly string[]): Promise<Ended> {
  return start(folder, words).ended;
}

/** The files whose bytes are promised, by name. */
export async function promisedFiles(results: string): Promise<Record<string, string>> {
  const names = ['trials.csv', 'epochs.csv', 'summary.json'];
  const texts = await Promise.all(names.map((name) => readFile(join(results, name), 'utf8')));
  return Object.fromEntries(names.map((name, i) => [name, texts[i] ?? '']));
}

/** A small campaign on generated data: every stage, seconds at most. */
export const smallCampaign = `
name: small
seed: 3
data: {generate: spirals, rows: 160, classes: 2, noise: 0.05}
parameters:
  hidden: {values: [2, 4, 16, 32]}
  dropout: {values: [0, 0.2, 0.5]}
  learning_rate: {values: [0.01, 0.05]}
  epochs: {value: 30}
  batch_size: {value: 16}
repeats: {first: 1, most: 4}
method: fit_first
fit_first:
  grow: hidden
  dropout: [dropout]
  fit: {reach: 0.95, repeats: 3}
  search: {method: grid}
  confirm: 2
`;

/** Writes the small campaign, or another one, into a folder as `campaign.yaml`. */
export async function writeCampaign(folder: string, text = smallCampaign): Promise<string> {
  await writeFile(join(folder, 'campaign.yaml'), text);
  return 'campaign.yaml';
}
