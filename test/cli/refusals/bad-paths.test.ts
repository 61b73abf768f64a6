import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { rawError } from '../../soak/fuzz/raw-error.js';
import { fitfirstHere } from '../../support/command-here.js';
import { smallCampaign } from '../../support/command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'fitfirst-paths-'));

beforeAll(() => {
  mkdirSync(join(folder, 'empty-folder'));
  writeFileSync(join(folder, 'file'), 'a,b\n1,2\n');
  writeFileSync(join(folder, 'nothing'), '');
  writeFileSync(join(folder, 'bytes'), Buffer.from([0x50, 0x41, 0x52, 0x31, 0, 255, 254, 10, 0x1f, 0x8b]));
  symlinkSync('loop', join(folder, 'loop'));
  writeFileSync(join(folder, 'small.yaml'), smallCampaign);
  writeFileSync(join(folder, 'sweep.yaml'), 'method: random\nparameters: {x: {min: 0.0, max: 1.0}}\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Paths at which no command finds what it looks for. */
const paths = {
  missing: 'no/such/file',
  'a folder': 'empty-folder',
  'below a file': 'file/inner',
  'too long': 'x'.repeat(300),
  'a circle of links': 'loop',
  'an empty name': '',
  'control characters': 'a\u001b[31mb',
  'an empty file': 'nothing',
  'bytes of no format': 'bytes',
};
type Place = keyof typeof paths;

const trainer = (yaml: string): string =>
  `trainer: ${yaml}\nparameters: {hidden: {values: [2]}, epochs: 1}\nmetric: {name: val_loss}\nmethod: grid\n`;
const data = (yaml: string): string =>
  `data: ${yaml}\nparameters: {hidden: {values: [2]}, epochs: 1}\nmethod: grid\n`;

/** Every way in: the words of a command, or a config that `validate` checks; and where such a path is no mistake. */
const ways: Readonly<Record<string, [(path: string) => string[] | string, ...Place[]]>> = {
  run: [(path) => ['run', path]],
  'run --dry-run': [(path) => ['run', path, '--dry-run']],
  'run --out': [
    (path) => ['run', 'small.yaml', '--view', 'none', '--out', path],
    ...(['missing', 'a folder', 'control characters'] as const),
  ],
  worker: [(path) => ['worker', path, '--redis', 'redis://127.0.0.1:1']],
  init: [(path) => ['init', path, '-o', '-']],
  'init -o': [(path) => ['init', 'file', '-t', 'b', '-o', path], 'control characters'],
  import: [(path) => ['import', path, '-o', '-']],
  'import -o': [(path) => ['import', 'sweep.yaml', '-o', path], 'control characters'],
  validate: [(path) => ['validate', path]],
  status: [(path) => ['status', path]],
  list: [(path) => ['list', path], 'a folder'],
  watch: [(path) => ['watch', path]],
  export: [(path) => ['export', path]],
  report: [(path) => ['report', path]],
  predict: [(path) => ['predict', path, 'file']],
  'test-report': [(path) => ['test-report', path]],
  'test-report -c': [(path) => ['test-report', 'file', '-c', path]],
  data: [(path) => data(JSON.stringify({ path, target: 'b' }))],
  'data, a list': [(path) => data(JSON.stringify({ path: ['file', path], target: 'b' }))],
  module: [(path) => trainer(JSON.stringify({ module: path })), 'an empty file', 'bytes of no format'],
  command: [
    (path) => trainer(JSON.stringify({ command: [path], report: 'stdout' })),
    'an empty file',
    'bytes of no format',
  ],
  config_files: [
    (path) =>
      trainer(
        JSON.stringify({ command: ['true'], config_files: { 'c.json': { template: path, set: { a: 1 } } } }),
      ),
  ],
};

test.each(Object.keys(ways))('%s: what a path does not hold is said in words', async (way) => {
  const [words, ...fine] = ways[way] ?? [() => []];
  for (const [place, path] of Object.entries(paths)) {
    if (fine.some((one) => one === place)) continue;
    const asked = words(path);
    if (typeof asked === 'string') writeFileSync(join(folder, 'c.yaml'), asked);
    const { code, stderr } = await fitfirstHere(
      folder,
      ...(typeof asked === 'string' ? ['validate', 'c.yaml'] : asked),
    );
    const raw = rawError(stderr.replaceAll(/\(E[A-Z0-9]+\)/g, ''));
    expect({ place, code, raw, stderr }).toEqual({ place, code: 2, raw: null, stderr });
  }
});
