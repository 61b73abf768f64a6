import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { dump } from 'npyjs';
import { z } from 'zod';

const program = fileURLToPath(new URL('../../dist/program/main.js', import.meta.url));
/** It stays, so that the campaign goes on where it stopped. */
const folder = join(tmpdir(), 'fitfirst-papers-campaign');
const PIXELS = 784;
const HEADER_BYTES = { images: 16, labels: 8 };
/** The time that `init` plans the campaign for. */
const BUDGET = '1h';
const WORKERS = 2;

const setting = z.looseObject({
  hidden: z.number(),
  dropout: z.number(),
  input_dropout: z.number(),
  learning_rate: z.number(),
  epochs: z.number(),
});
const scores = z.record(z.string(), z.number());
const interval = z.object({ mean: z.number(), low: z.number().nullable(), high: z.number().nullable() });

/** What is kept of the campaign: a part of its summary.json, and the minutes that each of two workers was busy. */
export const paperCampaignSchema = z.object({
  fitted: setting.nullable(),
  grown: setting.nullable(),
  strict: setting.nullable(),
  chosen: setting,
  baseline: setting.nullable(),
  gain: interval.extend({ repeats: z.number() }).nullable(),
  test: scores,
  baseline_test: scores.nullable(),
  committee: z.object({ networks: z.number(), single_test: scores }).optional(),
  decisions: z.array(z.string()),
  trials: z.number(),
  epochs_trained: z.number(),
  busy_minutes: z.number(),
});

export type PaperCampaign = z.output<typeof paperCampaignSchema>;

/** Runs `init` and `run` on MNIST as a person does who has the images as a table and an hour. */
export async function runCampaign(mnist: string): Promise<PaperCampaign> {
  await mkdir(folder, { recursive: true });
  await writeTable(mnist, 'train', 'mnist-train.npy');
  await writeTable(mnist, 't10k', 'mnist-test.npy');
  if (!existsSync(join(folder, 'mnist-train.yaml')))
    command('init', 'mnist-train.npy', '--target', String(PIXELS), '--budget', BUDGET);
  command('run', 'mnist-train.yaml', '--workers', String(WORKERS), '--view', 'plain');
  const results = join(folder, 'results/mnist-train');
  const summary = JSON.parse(await readFile(join(results, 'summary.json'), 'utf8'));
  const timings = await readFile(join(results, 'timings.csv'), 'utf8');
  return paperCampaignSchema.parse({ ...summary, busy_minutes: busyMinutes(timings) });
}

/** The minutes that each worker was busy, on the mean, from the text of `timings.csv`. */
function busyMinutes(timings: string): number {
  const attempts: { seconds: string }[] = parse(timings, { columns: true });
  return attempts.reduce((sum, { seconds }) => sum + Number(seconds), 0) / 60 / WORKERS;
}

/** The images and labels of two IDX files as a table of bytes, the label last. */
async function writeTable(mnist: string, part: string, name: string): Promise<void> {
  const read = async (kind: 'images' | 'labels'): Promise<Buffer> => {
    const packed = await readFile(join(mnist, `${part}-${kind}-idx${kind === 'images' ? 3 : 1}-ubyte.gz`));
    return (await promisify(gunzip)(packed)).subarray(HEADER_BYTES[kind]);
  };
  const [images, labels] = [await read('images'), await read('labels')];
  const table = new Uint8Array(labels.length * (PIXELS + 1));
  for (const [row, label] of labels.entries()) {
    table.set(images.subarray(row * PIXELS, (row + 1) * PIXELS), row * (PIXELS + 1));
    table[row * (PIXELS + 1) + PIXELS] = label;
  }
  await writeFile(join(folder, name), new Uint8Array(dump(table, [labels.length, PIXELS + 1])));
}

/** Runs fitfirst and shows what it says as it goes. */
function command(...words: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [program, ...words], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`fitfirst ${words.join(' ')} ended with code ${status}`);
}
