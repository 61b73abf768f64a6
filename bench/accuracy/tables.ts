import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { GeneratedData } from '../../src/data/options.js';
import { generate } from '../../src/data/sources/generated/generate.js';
import { keyedStream, shuffle } from '../../src/numeric/keyed-stream.js';

/** A table that networks are compared on. */
export interface AccuracyTable {
  readonly name: string;
  /** The column to predict: its name, or its index from 0 as digits, as `fitfirst init --target` takes it. */
  readonly target: string;
  /** null where the file has no line of names. */
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
}

/** A part of a table as the text of a CSV file. */
export interface SplitTable {
  readonly training: string;
  readonly test: string;
}

interface TableFile {
  readonly file: string;
  readonly hasHeader: boolean;
  readonly target: string;
}

/** In the folder of real tables. */
const FILES: readonly TableFile[] = [
  { file: 'iris.csv', hasHeader: false, target: '4' },
  { file: 'wine.csv', hasHeader: false, target: '13' },
  { file: 'wisc_bc_data.csv', hasHeader: true, target: 'diagnosis' },
  { file: 'sonar.csv', hasHeader: false, target: '60' },
  { file: 'mpg.csv', hasHeader: true, target: 'mpg' },
  { file: 'concrete.csv', hasHeader: true, target: 'strength' },
  { file: 'titanic.csv', hasHeader: true, target: 'Survived' },
  { file: 'winequality-red.csv', hasHeader: false, target: '11' },
  { file: 'optdigits.tra', hasHeader: true, target: 'Class' },
];

/** Made from seed 1. */
const GENERATED: readonly GeneratedData[] = [
  { generate: 'moons', rows: 600, noise: 0.2 },
  { generate: 'circles', rows: 600, noise: 0.1 },
  { generate: 'spirals', rows: 800, classes: 2, noise: 0.1 },
  { generate: 'strokes', rows: 1500, classes: 10, size: 12, noise: 0.35 },
];

const TEST_SHARE = 0.25;

/** All tables; the real ones from this folder, or none of them where it is null. */
export function accuracyTables(folder: string | null): AccuracyTable[] {
  const real = folder === null ? [] : FILES.map((file) => readTable(folder, file));
  return [...real, ...GENERATED.map(generatedTable)];
}

function readTable(folder: string, { file, hasHeader, target }: TableFile): AccuracyTable {
  // One of the files has both kinds of line ends.
  const format = { skip_empty_lines: true, bom: true, record_delimiter: ['\r\n', '\n'] };
  const records: string[][] = parse(readFileSync(join(folder, file)), format);
  const header = hasHeader ? (records.shift() ?? null) : null;
  return { name: file.replace(/\.\w+$/, ''), target, header, rows: records };
}

function generatedTable(data: GeneratedData): AccuracyTable {
  const options = {
    source: { kind: 'generated', ...data },
    target: null,
    header: null,
    drop: [],
    missing: 'error',
    indicator: false,
    task: null,
    split: { kind: 'none' },
    standardize: true,
    unseen: 'error',
    columns: [],
  } as const;
  const { x, y, inputs, columns } = generate(data, options, 1);
  const rows = Array.from(y, (label, row) => [
    ...Array.from(x.subarray(row * inputs, (row + 1) * inputs), String),
    `class ${label}`,
  ]);
  const header = [...columns.map(({ name }) => name), 'y'];
  return { name: data.generate, target: 'y', header, rows };
}

/** A random split into 75 % to train on and 25 % for the test; equal numbers give equal splits. */
export function splitTable({ name, header, rows }: AccuracyTable, split: number): SplitTable {
  const order = Uint32Array.from(rows, (_, row) => row);
  shuffle(order, keyedStream(split, 'accuracy', name));
  const shuffled = Array.from(order, (row) => rows[row] ?? []);
  const cut = Math.round(rows.length * TEST_SHARE);
  const text = (part: readonly (readonly string[])[]): string =>
    stringify(header === null ? [...part] : [header, ...part]);
  return { training: text(shuffled.slice(cut)), test: text(shuffled.slice(0, cut)) };
}
