import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import type { DataOptions, DataSource } from '../../src/data/options.js';
import { type DamagedFile, damagedFile, soundLabels } from './damage.js';

/** What became of a damaged file: loaded, refused with one clear message, or something that must not be. */
export type ProbeTrial =
  | { readonly outcome: 'loaded' }
  | { readonly outcome: 'refused'; readonly message: string }
  | { readonly outcome: 'wrong'; readonly what: string };

const options: Omit<DataOptions, 'source'> = {
  target: -1,
  header: null,
  drop: [],
  missing: 'median',
  task: null,
  split: { kind: 'none' },
  standardize: true,
  unseen: 'ignore',
  indicator: false,
  columns: [],
};

const LONGEST_MESSAGE = 2500;

/** Every other file is prepared with all that can be said of a whole table. */
const otherwise = { ...options, missing: 'most_frequent', indicator: true } as const;

/** Loads the damaged file of a number from a folder of its own. */
export async function tryDamagedFile(number: number, folder: string): Promise<ProbeTrial> {
  const file = damagedFile(number);
  const path = join(folder, `damaged.${file.format}`);
  writeFileSync(path, file.bytes);
  try {
    const said = number % 2 === 0 ? options : otherwise;
    const dataset = await loadDataset({ ...said, source: sourceOf(file, path, folder) }, 7);
    const isWhole =
      dataset.rows > 0 &&
      dataset.x.length === dataset.rows * dataset.inputs &&
      dataset.y.every((value) => Math.abs(value) <= 1e150);
    return isWhole ? { outcome: 'loaded' } : { outcome: 'wrong', what: 'a data set that is not whole' };
  } catch (error) {
    if (error instanceof FitfirstError && error.code === 'DATA_INVALID') return judged(error.message);
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: 'wrong', what };
  }
}

function sourceOf({ format }: DamagedFile, path: string, folder: string): DataSource {
  if (format !== 'idx') return { kind: 'table', paths: [path], test: null, delimiter: null };
  const labels = join(folder, 'labels');
  writeFileSync(labels, soundLabels);
  return { kind: 'arrays', images: path, labels, test: null };
}

/** A message is short, safe to print, and says what was found or what failed. */
function judged(message: string): ProbeTrial {
  const problems = [
    ...(message.length > LONGEST_MESSAGE ? [`${message.length} characters`] : []),
    ...(/\p{Cc}|\p{Cf}/u.test(message.replaceAll('\n', '')) ? ['unprintable characters'] : []),
    ...(/^\s+at .*:\d+:\d+/m.test(message) ? ['a stack'] : []),
    ...(/\bfound\b|cannot be read|is not CSV/.test(message) ? [] : ['no word on what was found']),
  ];
  if (problems.length > 0) {
    return { outcome: 'wrong', what: `a message with ${problems.join(' and ')}: ${JSON.stringify(message)}` };
  }
  return { outcome: 'refused', message };
}
