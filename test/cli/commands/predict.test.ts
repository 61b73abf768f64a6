import { spawn } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, start } from '../../support/command-line.js';

const program = fileURLToPath(new URL('../../../dist/program/main.js', import.meta.url));

/** A campaign of one setting on a table, done in seconds. */
function campaignOn(name: string, data: string): string {
  return (
    `name: ${name}\nseed: 5\ndata: ${data}\nparameters: {hidden: {value: 8}, dropout: ` +
    `{values: [0]}, learning_rate: {value: 0.05}, epochs: {value: 20}}\nmethod: ` +
    `grid\nrepeats: 1\n`
  );
}

const colours = ['red', 'green', 'blue'];

/** Thirty heavy and thirty light rows, with a missing length now and then. */
const rows = Array.from({ length: 60 }, (_, k) => {
  const isHeavy = k % 2 === 0;
  const length = k % 10 === 3 ? '' : String((isHeavy ? 20 : 10) + (k % 7) / 3);
  return { length, colour: colours[k % 3] ?? '', weight: isHeavy ? 'heavy, very' : 'light' };
});

const withHeader = [
  'id,length,colour,weight',
  ...rows.map(({ length, colour, weight }, k) => `${k},${length},${colour},"${weight}"`),
  '',
].join('\n');

/** The same inputs and a number to predict, without header line, the target in the middle. */
const bare = rows
  .map(({ length, colour }, k) => `${length || 15},${3 * Number(length || 15) + (k % 3)},${colour}\n`)
  .join('');

/** Prices with decimal commas and units, between two columns of no use, one of them without a name. */
const priced = [
  ';share;price;note',
  ...rows.map((_, k) => `${k};${k % 7},5 %;${100 + (k % 7)},25 €;n${k}`),
  'Sum;;6.345,00 €;',
  '',
].join('\n');

let folder: Awaited<ReturnType<typeof emptyFolder>>;
const at = (name: string): string => join(folder.path, name);
const predict = (...words: string[]) => fitfirstHere(folder.path, 'predict', ...words);

/** Predicts what comes on standard input. */
async function predictText(results: string, text: string, ...words: string[]) {
  const child = spawn(process.execPath, [program, 'predict', results, '-', ...words], { cwd: folder.path });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (some: string) => {
    stdout += some;
  });
  child.stderr.setEncoding('utf8').on('data', (some: string) => {
    stderr += some;
  });
  child.stdin.end(text);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}

beforeAll(async () => {
  folder = await emptyFolder();
  await writeFile(at('weights.csv'), withHeader);
  await writeFile(at('bare.csv'), bare);
  await writeFile(
    at('named.yaml'),
    campaignOn('named', '{path: weights.csv, target: weight, drop: [id], missing: mean}'),
  );
  await writeFile(at('bare.yaml'), campaignOn('bare', '{path: bare.csv, target: 1, unseen: error}'));
  await writeFile(at('titled.csv'), `Weights\n${withHeader.replaceAll(/^(\d+),,/gm, '$1,-,')}`);
  await writeFile(
    at('titled.yaml'),
    campaignOn(
      'titled',
      '{path: titled.csv, skip_lines: 1, target: weight, drop: [id], missing: mean, missing_values: ["-"]}',
    ),
  );
  await writeFile(at('prices.csv'), priced);
  await writeFile(
    at('prices.yaml'),
    campaignOn(
      'prices',
      '{path: prices.csv, skip_lines: [62], decimal: comma, thousands: point, target: price, drop: [0, 3], ' +
        'columns: {price: {unit: €}, share: {unit: "%"}}}',
    ),
  );
  for (const config of ['named.yaml', 'bare.yaml', 'titled.yaml', 'prices.yaml']) {
    const ended = await fitfirstHere(folder.path, 'run', config, '--view', 'none');
    expect(ended).toMatchObject({ code: 0 });
  }
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('a run', () => {
  it('ends with the network as ONNX and as JSON, the same bytes each time', async () => {
    const again = await fitfirstHere(folder.path, 'run', 'named.yaml', '--view', 'none', '--out', 'again');
    expect(again.code).toBe(0);
    for (const file of ['model.onnx', 'model.json']) {
      expect(await readFile(at(`again/${file}`))).toEqual(await readFile(at(`results/named/${file}`)));
    }
  });
});

describe('predict', () => {
  it('answers every row of the training table, with a probability a class and the accuracy', async () => {
    const { code, stdout, stderr } = await predict('results/named', 'weights.csv');
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe('prediction,"probability_heavy, very",probability_light');
    expect(lines).toHaveLength(61);
    expect(lines[1]).toMatch(/^"heavy, very",0\.\d+,[\d.e-]+$/);
    expect(stderr).toMatch(
      /^60 rows predicted\nfilled 6 missing cells as in training\naccuracy [\d.]+ \(\d+ of 60 rows\)\n$/,
    );
  });

  it('reads a table that is packed', async () => {
    await writeFile(at('weights.csv.gz'), gzipSync(withHeader));
    const packed = await predict('results/named', 'weights.csv.gz');
    expect(packed).toEqual(await predict('results/named', 'weights.csv'));
  });

  it('finds columns by their names, in any order, beside others, without the target', async () => {
    const { code, stdout, stderr } = await predictText(
      'results/named',
      'note,colour,length\na,red,20.5\nb,red,10.5\n',
    );
    expect(code).toBe(0);
    expect(stdout.match(/^("heavy, very"|light),/gm)).toEqual(['"heavy, very",', 'light,']);
    expect(stderr).toBe('2 rows predicted\nignored, as the network was not trained on them: "note"\n');
  });

  it('says which column is missing and which is nearest', async () => {
    const { code, stdout, stderr } = await predictText('results/named', 'id,lenght,colour\n1,20,red\n');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'standard input:1:1  found no column "length", expected it as in training. The nearest ' +
        'here is "lenght"; rename it if that is meant.\n',
    );
  });

  it('asks for the folder of its output, if there is none', async () => {
    await writeFile(join(folder.path, 'output.csv'), withHeader);
    const { code, stderr } = await predict('results/named', 'output.csv', '-o', 'no/such/folder/out.csv');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /cannot be written: .*ENOENT\)\. Make its folder first, or name another file with -o\.\n$/,
    );
  });

  it('asks for the header line that training had', async () => {
    const { code, stderr } = await predictText('results/named', '20,red\n');
    expect(code).toBe(2);
    expect(stderr).toContain('expected a header line that names "length" and "colour"');
  });

  it('skips lines and takes words for missing cells as training did', async () => {
    const plain = await predict('results/named', 'weights.csv');
    const titled = await predict('results/titled', 'titled.csv');
    expect(titled.stdout).toBe(plain.stdout);
    expect(titled.stderr).toBe(`skipped line 1, as in training (--skip-lines 0 skips none)\n${plain.stderr}`);
    expect((await predict('results/titled', 'weights.csv', '--skip-lines', '0')).stdout).toBe(plain.stdout);
  });

  it('skips the lines above the table that it is told to skip', async () => {
    const titled = 'New rows\nof today\nlength,colour\n20,red\n';
    const refused = await predictText('results/named', titled);
    expect(refused.stderr).toContain('skip the lines of the title (fitfirst predict --skip-lines 1)');
    const { code, stderr } = await predictText('results/named', titled, '--skip-lines', '2');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 row predicted\n' });
  });

  it('reads numbers as training did, or with the signs that its options name', async () => {
    const { stdout, stderr, code } = await predict('results/prices', 'prices.csv', '--skip-lines', '[62]');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^60 rows predicted\nrmse [\d.]+ /),
    });
    const plain = priced
      .replace(/Sum.*/, '')
      .replaceAll(',', '.')
      .replaceAll(';', '|')
      .replaceAll(/ [%€]/g, '');
    const flags = ['--decimal', 'point', '--delimiter', 'pipe'];
    expect((await predictText('results/prices', plain, ...flags)).stdout).toBe(stdout);
    const refused = await predictText('results/prices', plain);
    expect(refused.stderr).toContain('--decimal point reads a table with decimal points');
    const units = await predictText('results/prices', 'share;note\n0.5 %;a\n');
    expect(units.stderr).toContain('expected a number (fitfirst predict --decimal point reads');
  });

  it('says which signs would make numbers of a table readable', async () => {
    const table = 'length;colour\n20,5;red\n10,5;red\n';
    const refused = await predictText('results/named', table);
    expect(refused.stderr).toMatch(
      /^standard input:2:1 {2}found "20,5" in "length", expected a number \(fitfirst predict --decimal comma reads/,
    );
    const { code, stdout } = await predictText('results/named', table, '--decimal', 'comma');
    expect({ code, lines: stdout.match(/^("heavy, very"|light),/gm) }).toEqual({
      code: 0,
      lines: ['"heavy, very",', 'light,'],
    });
    const both = await predictText('results/named', table, '--decimal', 'comma', '--thousands', 'comma');
    expect(both).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--thousands is comma, which is'),
    });
  });

  it('does not skip lines below the rows of training, where a new table has rows', async () => {
    const rowsOfNew = Array.from({ length: 70 }, (_, k) => `${k % 7},5 %\n`).join('');
    const { stdout, stderr } = await predictText(
      'results/prices',
      `share;note\n${rowsOfNew.replaceAll('\n', ';\n')}`,
    );
    expect(stdout.trimEnd().split('\n')).toHaveLength(71);
    expect(stderr).toMatch(
      /^not skipped, as new tables have rows there: line 62 of training \(--skip-lines \[62\] skips it, too\)\n70 rows/,
    );
  });

  it('says so where a line that training skipped names the columns, or is no row', async () => {
    const untitled = await predictText('results/titled', 'length,colour\n20,red\n');
    expect(untitled.stderr).toContain('do not skip it (fitfirst predict --skip-lines 0)');
    const withSum = await predict('results/prices', 'prices.csv');
    expect(withSum).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('(--skip-lines [62] skips it, too)'),
    });
  });

  it('names ignored columns by their header, and by their index where that says too little', async () => {
    const { stderr } = await predictText('results/prices', 'share;x;;note;x\n1,5 %;1;2;3;4\n');
    expect(stderr).toBe(
      '1 row predicted\nignored, as the network was not trained on them: "x" at index 1, the unnamed column at ' +
        'index 2, "note" and "x" at index 4\n',
    );
  });

  it('counts categories that training did not have, where they are ignored', async () => {
    const { code, stderr } = await predictText('results/named', 'length,colour\n20,pink\n10,pink\n');
    expect(code).toBe(0);
    expect(stderr).toContain(
      '"colour" has a category that the network does not know in 2 rows; it counts as none of them',
    );
  });

  it('says where a category is that training did not have, where that is an error', async () => {
    const { code, stderr } = await predictText('results/bare', '20,red\n10,pink\n');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'standard input:2:2  found the category "pink" in "column 2", expected one of the 3 ' +
        'categories of the training data.\n',
    );
  });

  it('says where a missing cell or a text is that cannot be used', async () => {
    const { code, stderr } = await predictText('results/bare', '20,red\n,red\nlong,red\n20\n');
    expect(code).toBe(2);
    expect(stderr.split('\n').map((line) => line.slice(0, 50))).toEqual([
      'standard input:2:1  found a missing cell in "colum',
      'standard input:3:1  found "long" in "column 0", ex',
      'standard input:4:1  found 1 cell, expected 2 as in',
      '',
    ]);
  });

  it(
    'reads a table without header line as training did: with the target, without it, never ' +
      'with a header',
    async () => {
      const whole = await predict('results/bare', 'bare.csv');
      expect(whole.stderr).toMatch(/^60 rows predicted\nrmse [\d.]+ \(60 rows\)\n$/);
      const inputs = await predictText('results/bare', bare.replaceAll(/,[^,]+,/g, ','));
      expect(inputs.stdout).toBe(whole.stdout);
      expect(inputs.stderr).toBe('60 rows predicted\n');
      const named = await predictText('results/bare', `length,colour\n${bare}`);
      expect(named.code).toBe(2);
      expect(named.stderr).toContain('the training data had no header line');
    },
  );

  it('answers a header line without rows with a header line', async () => {
    const { code, stdout } = await predictText('results/named', 'length,colour\n');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'prediction,"probability_heavy, very",probability_light\n',
    });
  });

  it('writes a file whole or not at all, and never over the table', async () => {
    expect((await predict('results/named', 'weights.csv', '-o', 'out.csv')).code).toBe(0);
    expect((await stat(at('out.csv'))).size).toBeGreaterThan(1000);
    await writeFile(at('broken.csv'), 'length,colour\n20,red\nlong,red\n');
    expect((await predict('results/named', 'broken.csv', '-o', 'none.csv')).code).toBe(2);
    expect((await predict('results/named', 'weights.csv', '-o', 'weights.csv')).code).toBe(2);
    expect(await readFile(at('weights.csv'), 'utf8')).toBe(withHeader);
    const files = await readdir(folder.path);
    expect(files.filter((name) => name.startsWith('none.csv') || name.endsWith('.part'))).toEqual([]);
  });

  it('ends quietly when its reader goes away', async () => {
    const many = `length,colour\n${'20.25,red\n10.5,blue\n'.repeat(100_000)}`;
    await writeFile(at('many.csv'), many);
    const { child, ended } = start(folder.path, ['predict', 'results/named', 'many.csv']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('refuses a folder without campaign, and a table that is not there', async () => {
    expect(await predict('nothing', 'weights.csv')).toMatchObject({ code: 2, stdout: '' });
    const { code, stderr } = await predict('results/named', 'nothing.csv');
    expect(code).toBe(2);
    expect(stderr).toContain('nothing.csv: cannot be read');
    expect(stderr).not.toContain('    at ');
  });
});
