/**
 * What a dry run says beside what the run then comes to: trials, epochs, seconds, memory and disk, for the shipped
 * quickstart and tables for which `init` writes the config.
 *
 *     npm run bench:dry-run -- [folder with tables] [table...]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const quickstart = fileURLToPath(new URL('../configs/quickstart.yaml', import.meta.url));
const shared = fileURLToPath(new URL('../../shared/data', import.meta.url));
const [data = shared, ...named] = process.argv.slice(2);
const tables = named.length > 0 ? named : ['titanic.csv', 'concrete.csv', 'wine.csv'];
const time = '/usr/bin/time';

const folder = mkdtempSync(join(tmpdir(), 'fitfirst-bench-dry-run-'));

interface Ran {
  readonly seconds: number;
  readonly megabytes: number;
  readonly said: string;
}

function run(words: readonly string[]): Ran {
  const started = performance.now();
  const ended = spawnSync(time, ['-v', process.execPath, program, ...words], {
    encoding: 'utf8',
    cwd: folder,
  });
  const seconds = (performance.now() - started) / 1000;
  if (ended.status !== 0) throw new Error(`${words.join(' ')}: ${ended.stderr}`);
  const kilobytes = Number(/Maximum resident set size \(kbytes\): (\d+)/.exec(ended.stderr)?.[1]);
  return { seconds, megabytes: (kilobytes * 1024) / 1e6, said: ended.stdout };
}

/** The lines of a forecast, by their first word. */
function linesOf(said: string): Map<string, string> {
  return new Map([...said.matchAll(/^ {2}(\w+) +(.+)$/gm)].map(([, name = '', text = '']) => [name, text]));
}

function bytesIn(path: string): number {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(path, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

function compare(name: string, config: string): void {
  const out = join(folder, name);
  const dry = run(['run', '--dry-run', '--out', out, config]);
  if (existsSync(out)) throw new Error('the dry run left a results folder');
  const again = run(['run', '--dry-run', '--out', out, config]);
  const forecast = linesOf(dry.said);
  const real = run(['run', '--view', 'none', '--out', out, config]);
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
    trials: { finished?: number } | number;
    epochs_trained: number;
  };
  const rows = readFileSync(join(out, 'trials.csv'), 'utf8').trim().split('\n').length - 1;
  const counts = ['trials', 'epochs'].map((line) => linesOf(again.said).get(line) === forecast.get(line));
  console.log(
    `${name}: the dry run took ${dry.seconds.toFixed(1)} s; a second one says ` +
      `${counts.every(Boolean) ? 'the same counts' : 'OTHER COUNTS'}`,
  );
  const actual: Readonly<Record<string, string>> = {
    trials: String(rows),
    epochs: String(summary.epochs_trained),
    time: `${real.seconds.toFixed(1)} s`,
    memory: `${real.megabytes.toFixed(0)} MB`,
    disk: `${(bytesIn(out) / 1e6).toFixed(1)} MB`,
  };
  for (const [line, value] of Object.entries(actual)) {
    console.log(`  ${line.padEnd(7)} ${value.padStart(9)}   forecast: ${forecast.get(line) ?? 'nothing'}`);
  }
}

try {
  compare('quickstart', quickstart);
  for (const table of tables) {
    const config = join(folder, `${table}.yaml`);
    run(['init', join(data, table), '-o', config]);
    compare(table.replace(/\..*$/, ''), config);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
