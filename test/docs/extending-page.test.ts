import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exportFormats, tableFormats } from '../../src/cli/options.js';
import { executorKinds } from '../../src/config/executor-kinds.js';
import { trainerKinds } from '../../src/config/trainer-kinds.js';
import { TABLE_FORMATS } from '../../src/data/sources/formats.js';
import * as extend from '../../src/extend.js';
import { methodKinds } from '../../src/methods/registry.js';
import { mlpParameters } from '../../src/mlp/mlp-parameters.js';
import { builtInOutlets } from '../../src/outlets/built-in-outlets.js';
import { outletKinds } from '../../src/outlets/kinds/outlet-kinds.js';
import { UNKNOWN_FILES } from '../outlets/unknown-files.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/extending.md`, 'utf8');
const chapters = readFileSync(`${root}src/views/report/chapters.ts`, 'utf8');

/** The rows of the table below a heading, as their cells. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| (an? .+) \|$/gm)].map(([, row = '']) => row.split(' | '));
}

const wordsIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

/** What each registry holds, by its file. */
const registries: Readonly<Record<string, readonly string[]>> = {
  'src/methods/registry.ts': methodKinds.map(({ name }) => name),
  'src/config/executor-kinds.ts': executorKinds.map(({ name }) => name),
  'src/config/trainer-kinds.ts': trainerKinds.map(({ kind }) => kind),
  'src/mlp/mlp-parameters.ts': Object.keys(mlpParameters.shape),
  'src/data/sources/formats.ts': TABLE_FORMATS.split(/\W+/),
  'src/views/report/chapters.ts': [...chapters.matchAll(/\{ id: '([\w-]+)'/g)].map(([, id = '']) => id),
  'src/outlets/kinds/outlet-kinds.ts': outletKinds.map(({ name }) => name),
  'src/outlets/built-in-outlets.ts': builtInOutlets.map((create) => {
    const context = { folder: '', config: null, giveUp: new AbortController().signal, onBehind() {} };
    return create({
      ...context,
      files: UNKNOWN_FILES,
      snapshot: () => {
        throw new Error('no run');
      },
    }).name;
  }),
};

describe('the page about extensions', () => {
  it.each(rowsBelow('Where each extension goes'))('names a registry for %s, and what it holds', (...row) => {
    const [, , file = '', held = ''] = row;
    const [registry = ''] = wordsIn(file);
    expect(registries[registry]).toEqual(expect.arrayContaining(wordsIn(held)));
  });

  it.each(rowsBelow('How each extension is tested'))(
    'names suites, tests and examples that exist for %s',
    (...row) => {
      for (const word of row.slice(1).flatMap(wordsIn)) {
        if (word.includes('/')) expect(existsSync(`${root}${word}`), word).toBe(true);
        else if (word.endsWith('Contract')) expect(Object.keys(extend)).toContain(word);
      }
    },
  );

  it('offers each outlet that a config can name as a format of export', () => {
    expect(exportFormats).toEqual([...tableFormats, ...outletKinds.map(({ name }) => name)]);
  });

  it('has a row for each extension in both tables', () => {
    const names = (heading: string): (string | undefined)[] => rowsBelow(heading).map(([name]) => name);
    expect(names('How each extension is tested')).toEqual(names('Where each extension goes'));
    expect(names('How each extension is tested')).toHaveLength(Object.keys(registries).length);
  });

  it('names only registries and new files among the files that its example changed', () => {
    const changed = [...page.matchAll(/^ {4}(src\/\S+) +2 lines$/gm)].map(([, file = '']) => file);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((file) => !(file in registries))).toEqual([]);
  });
});
