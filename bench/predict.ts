/**
 * What it costs to predict a million rows of a table: `fitfirst predict` beside ONNX Runtime on the same file, each a
 * process of its own from start to end. Both read the file with the same CSV reader and write the same answers.
 * Prints microseconds a row and the most memory, for a tenth of the rows too: it does not grow with them.
 *
 *     npm run bench:predict -- [rows]
 *
 * ONNXRUNTIME names another runtime with the same interface, such as an installed onnxruntime-node.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { keyedStream } from '../src/numeric/keyed-stream.js';

const rows = Number(process.argv[2] ?? 1_000_000);
const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const rival = fileURLToPath(new URL('predict-onnxruntime.js', import.meta.url));

/** Sixty-four numbers are a picture of eight by eight; a narrow table has six, a text and missing cells. */
const tables = { narrow: { numbers: 6, text: true }, wide: { numbers: 64, text: false } } as const;

function* tableText(
  count: number,
  { numbers, text }: (typeof tables)[keyof typeof tables],
): Generator<string> {
  const stream = keyedStream('bench predict', numbers);
  const colours = ['red', 'green', 'blue', ''];
  const names = Array.from({ length: numbers }, (_, k) => `x${k}`);
  yield `${[...names, ...(text ? ['colour'] : []), 'y'].join(',')}\n`;
  // The same thousand rows again and again, so that making the file takes no time worth mention.
  const block = Array.from({ length: 1000 }, () => {
    const x = names.map(() => Math.round(stream.normal() * 1000) / 100);
    const cells: (number | string)[] = text ? [...x, colours[Math.floor(stream.uniform() * 4)] ?? ''] : x;
    const label = (x[0] ?? 0) + (x[1] ?? 0) * (x[2] ?? 0) > 0 ? 'yes' : 'no';
    return `${[...cells, label].join(',')}\n`;
  });
  for (let from = 0; from < count; from += block.length) yield block.slice(0, count - from).join('');
}

/** What a process costs. */
interface Cost {
  readonly seconds: number;
  /** Of all its threads, to a twentieth of a second. */
  readonly processorSeconds: number;
  /** The most memory, in MiB. */
  readonly peak: number;
}

/** Runs a process whose words go nowhere. */
async function measured(words: readonly string[]): Promise<Cost> {
  const start = performance.now();
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  let peak = 0;
  let ticks = 0;
  const look = async (): Promise<void> => {
    const times = (await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => ''))
      .split(' ')
      .slice(13, 15);
    ticks = Math.max(
      ticks,
      times.reduce((sum, time) => sum + Number(time), 0),
    );
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  };
  const timer = setInterval(() => void look(), 50);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${complaint}`);
  return { seconds: (performance.now() - start) / 1000, processorSeconds: ticks / 100, peak };
}

const folder = await mkdtemp(join(tmpdir(), 'fitfirst-predict-'));
try {
  for (const [name, shape] of Object.entries(tables)) {
    const write = (path: string, count: number): Promise<void> =>
      pipeline(Readable.from(tableText(count, shape)), createWriteStream(path));
    const results = join(folder, `${name}-results`);
    const [sample, tenth, all] = ['sample', 'tenth', 'all'].map((part) =>
      join(folder, `${name}-${part}.csv`),
    );
    if (sample === undefined || tenth === undefined || all === undefined) throw new Error('three tables');
    await write(sample, 1000);
    await write(tenth, Math.round(rows / 10));
    await write(all, rows);
    const config = join(folder, `${name}.yaml`);
    await writeFile(
      config,
      `name: ${name}\ndata: {path: ${sample}, target: y, missing: mean}\nparameters: {hidden: ` +
        `{values: [64]}, dropout: {value: 0}, epochs: {value: 2}}\nmethod: grid\nrepeats: 1\n`,
    );
    await measured([program, 'run', config, '--out', results, '--view', 'none']);

    const tell = async (who: string, words: (table: string) => string[]): Promise<void> => {
      const few = await measured(words(tenth));
      const { seconds, processorSeconds, peak } = await measured(words(all));
      const each = ((seconds / rows) * 1e6).toFixed(2);
      console.log(
        `${name}, ${who}: ${each} microseconds a row, ${seconds.toFixed(1)} s, ` +
          `${processorSeconds.toFixed(1)} s of processors; most memory ${peak.toFixed(0)} MiB, ` +
          `${few.peak.toFixed(0)} MiB for a tenth`,
      );
    };
    await tell('fitfirst predict', (table) => [program, 'predict', results, table, '-o', '/dev/null']);
    await tell('ONNX Runtime', (table) => [rival, join(results, 'model.onnx'), table]);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
