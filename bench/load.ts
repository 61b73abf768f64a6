/**
 * What it takes to load tables of 300 MB: `fitfirst validate`, which reads a table and looks through it as `run` does,
 * in a process of its own under `/usr/bin/time`; the like in an NPY and a Parquet file, which a further process
 * decodes. Prints seconds, MB/s and the most memory of a process, and beside it the memory that the data take as
 * numbers and that a table of a few rows takes: what the data add should be hardly more than themselves.
 *
 *     npm run bench:load -- [megabytes] [program]
 *
 * `program` is another build's `dist/program/main.js`, to compare with. The tables stay in the temporary folder.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { dump } from 'npyjs';
import { keyedStream, type RandomStream } from '../src/numeric/keyed-stream.js';

const megabytes = Number(process.argv[2] ?? 300);
const program = resolve(
  process.argv[3] ?? fileURLToPath(new URL('../dist/program/main.js', import.meta.url)),
);
const folder = join(tmpdir(), `fitfirst-bench-load-${megabytes}`);
const time = '/usr/bin/time';

const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa'];

interface Kind {
  readonly numbers: number;
  readonly texts: number;
  readonly classes: readonly [string, string];
  /** Share of the cells that are missing. */
  readonly missing: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  'numbers alone': { numbers: 20, texts: 0, classes: ['0', '1'], missing: 0 },
  'numbers, a text as target': { numbers: 20, texts: 0, classes: ['no', 'yes'], missing: 0 },
  'numbers, some missing': { numbers: 20, texts: 0, classes: ['0', '1'], missing: 0.01 },
  '16 numbers, 3 texts': { numbers: 16, texts: 3, classes: ['no', 'yes'], missing: 0 },
};

function rowOf({ numbers, texts, classes, missing }: Kind, stream: RandomStream): string {
  const cells: string[] = [];
  for (let i = 0; i < numbers; i++) {
    cells.push(stream.uniform() < missing ? '' : (stream.uniform() * 20 - 10).toFixed(5));
  }
  for (let i = 0; i < texts; i++) cells.push(words[stream.below(words.length)] ?? '');
  cells.push(classes[stream.below(2)] ?? '');
  return `${cells.join(',')}\n`;
}

async function writeTable(path: string, kind: Kind, bytes: number): Promise<number> {
  const out = createWriteStream(path);
  const stream = keyedStream('bench load', path);
  const names = Array.from({ length: kind.numbers + kind.texts }, (_, i) => `x${i}`);
  out.write(`${names.join(',')},y\n`);
  let rows = 0;
  for (let written = 0; written < bytes; ) {
    let text = '';
    for (let i = 0; i < 1000; i++) text += rowOf(kind, stream);
    written += text.length;
    rows += 1000;
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rows;
}

/** Columns of numbers, the last of them the target. */
function columnsOf(rows: number): Float64Array[] {
  const stream = keyedStream('bench load', 'columns');
  return Array.from({ length: 21 }, (_, column) =>
    Float64Array.from({ length: rows }, () =>
      column === 20 ? stream.below(2) : Math.round(stream.uniform() * 2e6 - 1e6) / 1e5,
    ),
  );
}

async function writeNpy(path: string, bytes: number): Promise<void> {
  const rows = Math.floor(bytes / (8 * 21));
  const all = new Float64Array(21 * rows);
  columnsOf(rows).forEach((numbers, column) => {
    for (const [row, number] of numbers.entries()) all[21 * row + column] = number;
  });
  await writeFile(path, new Uint8Array(dump(all, [rows, 21])));
}

/** One row group, as others write up to a million rows. */
async function writeParquet(path: string, bytes: number): Promise<void> {
  const rows = Math.floor(bytes / 300);
  const columnData = columnsOf(rows).map((data, column) => ({
    name: column === 20 ? 'y' : `x${column}`,
    type: 'DOUBLE' as const,
    data,
  }));
  await writeFile(path, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: rows })));
}

interface Cost {
  readonly seconds: number;
  /** The most resident memory, in MiB. */
  readonly peak: number;
  readonly said: string;
}

function measured(config: string): Cost {
  const started = performance.now();
  const run = spawnSync(time, ['-v', process.execPath, program, 'validate', config], { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  const kilobytes = /Maximum resident set size \(kbytes\): (\d+)/.exec(run.stderr)?.[1];
  if (run.status !== 0 || kilobytes === undefined) throw new Error(`${config}: ${run.stderr}`);
  return { seconds, peak: Number(kilobytes) / 1024, said: run.stdout };
}

async function writeConfig(name: string, table: string, target: string, missing: string): Promise<string> {
  const path = join(folder, `${name}.yaml`);
  const config = [
    `data: {path: ${table}, target: ${target}, missing: ${missing}}`,
    'parameters: {hidden: {values: [4, 8]}, dropout: {values: [0, 0.5]}, epochs: 5}',
    'fit_first: {grow: hidden, dropout: [dropout]}',
  ];
  await writeFile(path, `${config.join('\n')}\n`);
  return path;
}

if (!existsSync(time)) throw new Error(`${time} is missing: apt-get install time`);
await mkdir(folder, { recursive: true });
console.log(
  'table                        MB      rows  inputs  data MiB  peak MiB  beside it  seconds   MB/s',
);
let base = 0;

async function bench(
  name: string,
  ending: string,
  target: string,
  missing: string,
  wanted: number,
  write: (path: string, bytes: number) => Promise<unknown>,
): Promise<void> {
  const stem = name.replaceAll(/[^a-zA-Z0-9]+/g, '-');
  const file = `${stem}.${ending}`;
  const path = join(folder, file);
  if (!existsSync(path)) await write(path, wanted);
  const { size } = await stat(path);
  const { seconds, peak, said } = measured(await writeConfig(stem, file, target, missing));
  const [, rows = '0', inputs = '0'] = /(\d+) rows?, (\d+) inputs?/.exec(said) ?? [];
  const data = (8 * Number(rows) * (Number(inputs) + 1)) / 2 ** 20;
  if (base === 0) base = peak;
  console.log(
    `${name.padEnd(26)} ${(size / 1e6).toFixed(0).padStart(4)}  ${rows.padStart(8)}  ` +
      `${inputs.padStart(6)}  ${data.toFixed(0).padStart(8)}  ` +
      `${peak.toFixed(0).padStart(8)}  ${(peak - base - data).toFixed(0).padStart(9)}  ` +
      `${seconds.toFixed(1).padStart(7)}  ${(size / 1e6 / seconds).toFixed(0).padStart(5)}`,
  );
}

const fewRows = kinds['numbers alone'] as Kind;
await bench('of a few rows', 'csv', 'y', 'error', 100_000, (path, bytes) => writeTable(path, fewRows, bytes));
const bytes = megabytes * 1e6;
for (const [name, kind] of Object.entries(kinds)) {
  const missing = kind.missing > 0 ? 'mean' : 'error';
  await bench(name, 'csv', 'y', missing, bytes, (path) => writeTable(path, kind, bytes));
}
await bench('an NPY file', 'npy', '-1', 'error', bytes, writeNpy);
await bench('a Parquet file', 'parquet', 'y', 'error', bytes, writeParquet);
