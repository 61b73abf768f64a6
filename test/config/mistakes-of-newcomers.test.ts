import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readWithData } from '../../src/config/load-config.js';
import { emptyFolder } from '../support/command-line.js';

/** Forty rows of two numbers and a class; `cell` may change what stands in them. */
function table(cell: (row: number) => string = (row) => `${row},${(row * 7) % 13},${row % 2 ? 'y' : 'x'}`) {
  return `a,b,kind\n${Array.from({ length: 40 }, (_, row) => `${cell(row)}\n`).join('')}`;
}

/** The lines that a config with this section `data` is refused with beside a table `t.csv`; empty where it is sound. */
async function refusal(data: string, content: string | Buffer = table()): Promise<string[]> {
  await using folder = await emptyFolder();
  await writeFile(join(folder.path, 't.csv'), content);
  const text = `data: ${data}\nparameters: {hidden: 4}\nmethod: grid\n`;
  try {
    await readWithData(text, join(folder.path, 'c.yaml'));
    return [];
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    return error.message.replaceAll(`${folder.path}/`, '').split('\n');
  }
}

describe('a table as people have them', () => {
  it.each([
    ['with a byte order mark', `\ufeff${table()}`],
    ['with lines that end in CRLF', table().replaceAll('\n', '\r\n')],
    ['with lines that end in CR', table().replaceAll('\n', '\r')],
    ['with white space around names', table().replace('a,b,kind', ' a , b , kind ')],
    ['with quoted names', table().replace('a,b,kind', '"a","b","kind"')],
    ['with an unnamed column', table().replace('a,b,kind', ',b,kind')],
  ])('is read %s', async (_, content) => {
    expect(await refusal('{path: t.csv, target: kind}', content)).toEqual([]);
  });

  const insteadUnit = (index: number, unit: string): string =>
    `If "${unit}" is the unit of all numbers of the column, set columns: {${index}: {unit: "${unit}"}} in data. ` +
    'Otherwise write them plainly, as in 1234.5.';
  const insteadSet = (keys: string): string =>
    `If the file writes its numbers so, set ${keys} in data. Otherwise write them plainly, as in 1234.5.`;
  it.each([
    [
      'the header line again, as joined files have it',
      table() + table(),
      [
        't.csv:42:1  found "a" in "a", expected a number as in 80 other cells of the column. ' +
          'This looks like the header line again, as in joined files: remove the line.',
        't.csv:42:2  found "b" in "b", expected a number as in 80 other cells of the column. ' +
          'This looks like the header line again, as in joined files: remove the line.',
      ],
    ],
    [
      'decimal commas',
      table((row) => `${row},5;2;${row % 2}`).replace('a,b,kind', 'a;b;kind'),
      [
        `t.csv:2:1  found formatted numbers in "a" ("0,5"), expected plain ones. ${insteadSet('decimal: comma')} ` +
          'Rewrite the column; or, if these are names, set columns: {"a": {as: one_hot}}; or drop ' +
          'it: drop: ["a"]',
      ],
    ],
    [
      'percent signs and separated thousands',
      table((row) => `${row} %,"1,${100 + row}.50",${row % 2}`),
      [
        `t.csv:2:1  found formatted numbers in "a" ("0 %"), expected plain ones. ${insteadUnit(0, '%')} ` +
          'Rewrite the column; or, if these are names, set columns: {"a": {as: one_hot}}; or drop ' +
          'it: drop: ["a"]',
        `t.csv:2:2  found formatted numbers in "b" ("1,100.50"), expected plain ones. ` +
          `${insteadSet('thousands: comma')} ` +
          'Rewrite the column; or, if these are names, set columns: {"b": {as: one_hot}}; or drop ' +
          'it: drop: ["b"]',
      ],
    ],
    [
      'prices as target',
      table((row) => `${row},${row % 5},$${row}.50`),
      [
        't.csv:2:3  found formatted numbers in the target "kind" ("$0.50"), expected plain ones. ' +
          `${insteadUnit(2, '$')} Rewrite the column; or, if these are classes, set task: classification ` +
          'in data.',
      ],
    ],
    [
      'one price among numbers',
      table((row) => `${row === 3 ? '$3' : row},${row % 5},${row % 2}`),
      [
        't.csv:5:1  found "$3" in "a", expected a number as in 39 other cells of the column. ' +
          `${insteadUnit(0, '$')} Correct the cell, mark it missing (NA) or drop the column.`,
      ],
    ],
    [
      'infinities, and cells that are missing beside them',
      table((row) => `${['nan', 'inf'][row] ?? row},${row % 5},${row % 2}`),
      [
        't.csv:3:1  found "inf" in "a", expected a number as in 38 other cells of the column. ' +
          'Correct the cell, mark it missing (NA) or drop the column.',
        't.csv:2:1  found a missing cell in "a" here, expected a value. Set missing: median, ' +
          'mean, most_frequent or drop in data, or of this column in data.columns, or drop the ' +
          'column.',
      ],
    ],
    [
      'a column without any value, of which is said no more',
      table((row) => `${row},,${row % 2}`),
      ['t.csv:2:2  found no value in any row of "b", expected some. Drop the column: drop: ["b"]'],
    ],
    [
      'a comment above',
      `# by hand\n${table()}`,
      [
        't.csv:1:1  found one column, "# by hand", expected several separated by commas, tabs, ' +
          'semicolons or pipes. Lines that begin with # are not skipped: remove them, or skip this line: ' +
          'skip_lines: 1 in data.',
      ],
    ],
    [
      'a class of one row',
      `${table()}5,5,z\n`,
      [
        't.csv  found too few rows of some classes of "kind": class "z" has 1 row; expected at ' +
          'least 3 of each: one for each part of the split. Add rows of this class, or remove its ' +
          'rows.',
      ],
    ],
    [
      'a class of two rows',
      `${table()}5,5,z\n6,6,z\n`,
      [
        't.csv  found too few rows of some classes of "kind": class "z" has 2 rows; expected at ' +
          'least 3 of each: one for each part of the split. Add rows of this class, or remove its ' +
          'rows, or set split: {test: 0}.',
      ],
    ],
    [
      'a name a row as target',
      table((row) => `${row},${row % 5},n${row}`),
      [
        't.csv  found too few rows of some classes of "kind": class "n0" has 1 row, class "n1" ' +
          'has 1 row, class "n10" has 1 row, class "n11" has 1 row, class "n12" has 1 row, and 35 ' +
          'more are as small; expected at least 3 of each: one for each part of the split. If ' +
          'these are names or free texts, predict another column.',
      ],
    ],
    [
      'bytes at random',
      Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + 13 * (i >> 3)) % 256)),
      [expect.stringMatching(/^t\.csv:1:1 {2}found \d+ NUL bytes, expected text\./)],
    ],
  ])('is refused with %s', async (_, content, lines) => {
    expect(await refusal('{path: t.csv, target: kind}', content)).toEqual(lines);
  });
});

describe('a section data as newcomers write it', () => {
  it.each([
    [
      'a column that is called by a number, read as an index',
      '{path: t.csv, target: "2"}',
      '29  data.target is "2", but t.csv has no such column. For the column with this index, ' +
        'write it without quotes: 2.',
    ],
    [
      'a true that was to be a name',
      '{path: t.csv, target: true}',
      '29  data.target is true; expected a text, or a whole number. Put quotes around it: "true".',
    ],
    [
      'one column where a list is due',
      '{path: t.csv, target: kind, drop: a}',
      '41  data.drop is "a" (a text); expected a list, each entry a text, or a whole number. Write a list: [a].',
    ],
    [
      'a list of columns where a mapping is due',
      '{path: t.csv, target: kind, columns: [a]}',
      '44  data.columns is a list; expected a mapping of names.',
    ],
    [
      'an order of one',
      '{path: t.csv, target: kind, columns: {b: {as: ordinal, order: [low]}}}',
      '69  data.columns.b.order is a list; expected a list of at least 2 entries, each entry a ' +
        'text, a number or true or false.',
    ],
    [
      'a single fold',
      '{path: t.csv, target: kind, split: {folds: 1}}',
      '50  data.split.folds is 1; expected a whole number from 2 to 1000.',
    ],
    [
      'a number of folds in quotes',
      '{path: t.csv, target: kind, split: {folds: "5"}}',
      '50  data.split.folds is "5" (a text); expected a whole number from 2 to 1000. Write it without quotes.',
    ],
    [
      'a list of groups',
      '{path: t.csv, target: kind, split: {group: [a]}}',
      '50  data.split.group is a list; expected a text, or a whole number.',
    ],
    [
      'a share misspelt',
      '{path: t.csv, target: kind, split: {validaton: 0.3}}',
      '43  unknown key "validaton" in data.split. Did you mean "validation"?',
    ],
    [
      'folds and shares',
      '{path: t.csv, target: kind, split: {folds: 3, validation: 0.2}}',
      '43  key "folds" does not go with "validation" in data.split. Take one or the other out.',
    ],
    [
      'shares of more than the whole',
      '{path: t.csv, target: kind, split: {validation: 0.6, test: 0.6}}',
      '42  the shares of data.split leave nothing to train on: validation 0.6 and test 0.6; expected a sum below 1.',
    ],
    [
      'an address',
      '{path: "https://example.org/t.csv", target: kind}',
      '14  data.path: addresses are not downloaded. Save the file, and give its path.',
    ],
    [
      'a home folder',
      '{path: ~/t.csv, target: kind}',
      '14  data.path: ~ does not stand for the home folder here. Write the full path.',
    ],
  ])('is refused with %s', async (_, data, line) => {
    expect(await refusal(data)).toEqual([`c.yaml:1:${line}`]);
  });
});
