import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../journal/temporary-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
const examples = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code ?? '');
const printed = [
  /results\/spirals/,
  /^interrupted\nconcluded$/m,
  /rate: 0.5/,
  /^$/,
  /rate: [01]\.[\s\S]* \d+$/m,
  /probabilities/,
  /role: 'search'[\s\S]*seed {2}seed is -1/,
  /^3 trials$/m,
  /x: (2.9|3.0)/,
];

test.each(examples.map((code, place) => ({ place, code })))(
  'example $place of the page runs',
  ({ place, code }) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/fitfirst'));
    writeFileSync(join(folder, 'example.mjs'), code);
    const output = execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(output).toMatch(printed[place] ?? 'what the example prints');
  },
);
