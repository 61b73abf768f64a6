import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareCampaign } from '../../../src/app/prepare-campaign.js';
import { readConfig } from '../../../src/config/load-config.js';
import { STARTER_SEED, starterConfig } from '../../../src/config/starter/starter-config.js';
import { STARTER_EFFORTS } from '../../../src/config/starter/starter-plan.js';
import {
  columnNamed,
  inspectTable,
  propose,
  readTestTable,
} from '../../../src/data/inspect/inspect-table.js';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder } from '../../support/command-line.js';

/** Flowers of two kinds with an identifier; the second measure tells them apart. */
const flowers = `id,length,width,kind\n${Array.from({ length: 60 }, (_, i) => {
  const isTall = i % 2 === 0;
  return `${i + 1},${(i * 7919) % 13},${isTall ? 5 + (i % 5) / 4 : 2 + (i % 7) / 5},${isTall ? 'tall' : 'low'}`;
}).join('\n')}\n`;

describe('fitfirst init', () => {
  it('writes a config that says what was guessed and why, and that runs without an edit', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const written = await fitfirstHere(folder.path, 'init', 'flowers.csv');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toBe(
      'flowers.yaml: written. The target is kind (a guess: it is the last column, and it is ' +
        'the only column of text; --target NAME takes another).\n' +
        'The test part has only 12 rows, so its score says little about new rows.\n' +
        'Next: fitfirst run flowers.yaml\n',
    );
    const text = await readFile(join(folder.path, 'flowers.yaml'), 'utf8');
    expect(text).toContain('  # id: each row has its own number, as identifiers do.\n  drop: [id]\n');
    expect(text).toContain('  # A guess: it is the last column, and it is the only column of text.');
    expect(text).toContain('# Fit ceiling: a training accuracy of 1 is possible');
    expect((await fitfirstHere(folder.path, 'validate', 'flowers.yaml')).code).toBe(0);
    const ran = await fitfirstHere(folder.path, 'run', 'flowers.yaml', '--view', 'none');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
  });

  it('names the config in the next command so that a shell reads the name as one word', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'my flowers 🌷.csv'), flowers);
    const { stdout } = await fitfirstHere(folder.path, 'init', 'my flowers 🌷.csv', '-t', 'kind');
    expect(stdout).toContain("Next: fitfirst run 'my flowers 🌷.yaml'\n");
    const text = await readFile(join(folder.path, 'my flowers 🌷.yaml'), 'utf8');
    expect(text).toContain("Then: fitfirst run 'my flowers 🌷.yaml'\n");
  });

  it('says in the config, too, which input may reveal the target', async () => {
    await using folder = await emptyFolder();
    const leaked = flowers
      .trim()
      .split('\n')
      .map((row, i) => {
        const kind = row.split(',').at(-1);
        return `${i === 0 ? 'state' : kind === 'tall' ? (i % 4 === 1 ? 'cut' : 'sold') : 'stock'},${row}`;
      });
    await writeFile(join(folder.path, 'flowers.csv'), leaked.join('\n'));
    const { stdout } = await fitfirstHere(folder.path, 'init', 'flowers.csv', '-t', 'kind');
    const leak =
      'Possible leak: "state" alone predicts the target "kind" in 100 % of the rows. Drop such columns if new rows ' +
      'do not have them.\n';
    expect(stdout).toContain(`\n${leak}`);
    const text = await readFile(join(folder.path, 'flowers.yaml'), 'utf8');
    expect(text).toContain(`\n# ${leak}data:\n`);
  });

  it('chooses how much to search for the time that there is, says so, and refuses what is no time', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const { code, stdout } = await fitfirstHere(
      folder.path,
      'init',
      'flowers.csv',
      '--budget',
      '5h',
      '-o',
      'a.yaml',
    );
    expect(code).toBe(0);
    const sentence = /^A (minimal|quick|standard|thorough) search.* 5.0 h on .*$/m.exec(stdout)?.[0];
    expect(sentence).toBeDefined();
    expect(await readFile(join(folder.path, 'a.yaml'), 'utf8')).toContain(`# ${sentence}\n`);
    expect((await fitfirstHere(folder.path, 'validate', 'a.yaml')).code).toBe(0);
    const refused = await fitfirstHere(folder.path, 'init', 'flowers.csv', '--budget', 'soon');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('Expected a time such as 30s, 5m or 1h.');
  });

  it('writes a sound config for each amount of search', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const inspected = await inspectTable(join(folder.path, 'flowers.csv'), () => {});
    const proposal = propose(inspected, columnNamed(inspected, 'kind'), null, STARTER_SEED);
    for (const effort of STARTER_EFFORTS) {
      const text = starterConfig({
        name: 'flowers',
        inspected,
        proposal,
        chosen: { by: 'person' },
        path: 'flowers.csv',
        test: null,
        command: 'fitfirst run flowers.yaml',
        effort,
        time: null,
      });
      expect(readConfig(text, join(folder.path, 'flowers.yaml')).findings).toEqual([]);
    }
  });

  it(
    'says of columns with missing cells, texts and many categories what becomes of them, and ' +
      'of a target that is missing',
    async () => {
      await using folder = await emptyFolder();
      const rows = Array.from({ length: 400 }, (_, row) => {
        const town = `town ${((row * row) % 397) % 61}`;
        const age = row % 9 === 0 ? '' : (row * 7919) % 83;
        const kind = row === 5 || row === 77 ? '' : (row * row) % 7 < 3 ? 'yes' : 'no';
        return `${age},${row % 13 === 0 ? '?' : ['low', 'high'][row % 2]},${town},${90_000 + (row % 40)},${kind}`;
      });
      await writeFile(join(folder.path, 'people.csv'), ['age,income,town,zip,kind', ...rows].join('\n'));
      const { code, stdout } = await fitfirstHere(folder.path, 'init', 'people.csv', '-t', 'kind', '-o', '-');
      expect(code).toBe(0);
      const data = stdout.slice(stdout.indexOf('  header:'), stdout.indexOf('\n# Fit ceiling'));
      // Two comments are longer than a line of this file.
      expect(data.replace(/ (?=have an input|34 more)/g, '\n    # ')).toMatchInlineSnapshot(`
      "  header: true
        # 76 cells are missing. They are filled with the median of the training part, or its most frequent text.
        missing: median
        # 2 classes, with their numbers of rows: yes (285) and no (113).
        task: classification
        # 238 training rows, 80 validation rows, 80 test rows.
        split: {validation: 0.2, test: 0.2}

        # one_hot: one input per category. ordinal: one input, the index of the category in \`order: [low, mid, high]\`.
        # indicator: true adds an input that is 1 if the cell is missing.
        columns:
          # kind: the target is missing in 2 rows of 400, which cannot be filled: these rows are dropped.
          kind: {missing: drop}
          # age: 45 of 400 cells are missing.
          age: {missing: median, indicator: false}
          # income: 2 categories (high and low); 31 of 400 cells are missing.
          income: {as: one_hot, missing: most_frequent, indicator: false}
          # town: 61 categories (town 9, town 49, town 22, town 47, town 12, town 45 and 55 more); the 20 most frequent
          # have an input, the others count as none.
          town: {as: one_hot, most_categories: 20}
          # zip: numbers that look like codes, not amounts; 40 categories (90000, 90001, 90002, 90003, 90004, 90005 and
          # 34 more).
          zip: {as: one_hot}
      "
    `);
      await writeFile(join(folder.path, 'people.yaml'), stdout);
      const sound = await fitfirstHere(folder.path, 'validate', 'people.yaml');
      expect(sound).toMatchObject({ code: 0, stderr: '' });
      expect(sound.stdout).toContain('2 rows of 400 have a missing cell and are dropped.');
    },
  );

  it('says that few test rows say little', async () => {
    await using folder = await emptyFolder();
    const rows = Array.from(
      { length: 30 },
      (_, row) => `${(row * row) % 17},${row % 7},${row % 2 === 0 ? 'a' : 'b'}`,
    );
    await writeFile(join(folder.path, 'rows-30.csv'), ['x,y,kind', ...rows].join('\n'));
    const few = 'The test part has only 6 rows, so its score says little about new rows.';
    const { stdout } = await fitfirstHere(folder.path, 'init', 'rows-30.csv');
    expect(stdout).toContain(`\n${few}\n`);
    expect(await readFile(join(folder.path, 'rows-30.yaml'), 'utf8')).toContain(`  # ${few}\n  split: `);
  });

  it('keeps the common scale of pixels, and says once of all blank pixels that they are left out', async () => {
    await using folder = await emptyFolder();
    const pixel = (row: number, i: number): number => (i < 30 ? 0 : ((row + 1) * 7919 * (i + 1)) % 256);
    const rows = Array.from({ length: 120 }, (_, row) =>
      [...Array.from({ length: 64 }, (_, i) => pixel(row, i)), `digit ${row % 2}`].join(','),
    );
    await writeFile(join(folder.path, 'digits.csv'), `${rows.join('\n')}\n`);
    const { code, stdout } = await fitfirstHere(folder.path, 'init', 'digits.csv', '-o', '-');
    expect(code).toBe(0);
    expect(stdout).toContain(
      '\n  # Each of 30 columns, such as column 0: it is the same in every row.\n  drop: [0, 1,',
    );
    expect(stdout).toContain(
      '\n  # All inputs are whole numbers up to about the same largest one, as pixels are: they keep their common ' +
        'scale.\n  standardize: together\n',
    );
    await writeFile(join(folder.path, 'digits.yaml'), stdout);
    expect(await fitfirstHere(folder.path, 'validate', 'digits.yaml')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(['', 'test'])(
    'counts duplicates, contradictions and the fit ceiling as validate does, missing cells filled (%s)',
    async (name) => {
      await using folder = await emptyFolder();
      // Few different rows, some of them equal only once their missing cell is filled.
      const rowAt = (i: number): string =>
        `${(i * i) % 5},${i % 6 === 0 ? '' : (i * 7919) % 3},${['a', 'b', ''][i % 3]},${(i * i) % 11 < 5 ? 'p' : 'q'}`;
      const table = (from: number, rows: number): string =>
        `x,z,c,kind\n${Array.from({ length: rows }, (_, i) => rowAt(from + i)).join('\n')}\n`;
      const path = join(folder.path, 'train.csv');
      await writeFile(path, table(0, 200));
      const test = join(folder.path, 'test.csv');
      if (name === 'test') await writeFile(test, table(190, 40));

      const inspected = await inspectTable(path, () => {});
      const target = columnNamed(inspected, 'kind');
      const testTable = name === 'test' ? await readTestTable(inspected, test) : null;
      const proposal = propose(inspected, target, testTable, STARTER_SEED);
      expect(proposal.facts.contradictingRows).toBeGreaterThan(0);
      expect(proposal.duplicates).toBeGreaterThan(0);

      await fitfirstHere(folder.path, 'init', 'train.csv', '-t', 'kind', '-o', 'it.yaml');
      const { facts } = await prepareCampaign(join(folder.path, 'it.yaml'));
      expect(facts.data).toEqual({ ...proposal.facts, dropped: [] });
      expect(facts.findings).toEqual(proposal.findings);
      const text = await readFile(join(folder.path, 'it.yaml'), 'utf8');
      for (const { kind, because, ...finding } of facts.findings) {
        if (kind === 'warning' && 'code' in finding && finding.code !== 'missing-filled')
          expect(text).toContain(`# ${because}`);
      }
    },
  );

  it('prints the config where that is asked for', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const { code, stdout } = await fitfirstHere(folder.path, 'init', 'flowers.csv', '-o', '-', '-t', 'width');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# For flowers\.csv: 60 rows of 4 columns, with a header line\.\n/);
    expect(stdout).toContain('\n  target: width\n');
    expect(stdout).toContain('task: regression');
  });

  it('overwrites nothing', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    await writeFile(join(folder.path, 'mine.yaml'), 'name: mine\n');
    const { code, stderr } = await fitfirstHere(folder.path, 'init', 'flowers.csv', '-o', 'mine.yaml');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'mine.yaml: this file exists already and is not overwritten. Name another with -o FILE, ' +
        'or print the config with -o -.\n',
    );
    expect(await readFile(join(folder.path, 'mine.yaml'), 'utf8')).toBe('name: mine\n');
  });

  it('takes a file beside the table that is named as its test part', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'train.csv'), flowers);
    await writeFile(join(folder.path, 'test.csv'), flowers);
    const { stdout } = await fitfirstHere(folder.path, 'init', 'train.csv', '-o', '-');
    expect(stdout).toContain('\n  test: test.csv\n');
    expect(stdout).toContain('split: {validation: 0.2}');
  });

  it('refuses what run would refuse, in the same words', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'ragged.csv'), 'a,b\n1,2\n3\n');
    const ragged = await fitfirstHere(folder.path, 'init', 'ragged.csv');
    expect(ragged).toMatchObject({ code: 2, stdout: '' });
    expect(ragged.stderr).toMatch(/ragged\.csv:3:1 {2}found 1 cell, expected 2/);
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const unknown = await fitfirstHere(folder.path, 'init', 'flowers.csv', '--target', 'knid');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('Did you mean "kind"?');
  });
});
