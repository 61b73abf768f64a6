import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/data/load-dataset.js';
import { DEFAULTS, fileOf, folder, refusal, refusalOf } from './csv-file.js';

const numbers = (rows: number): string[] =>
  Array.from({ length: rows }, (_, i) => `${i},${i % 2 ? 'x' : 'y'}`);
const loadPath = (path: string): Promise<unknown> =>
  loadDataset({ ...DEFAULTS, source: { kind: 'table', paths: [path], test: null, delimiter: null } }, 7);
const withoutFolder = (message: string): string => message.replaceAll(folder, '');

describe('a file that cannot be read', () => {
  it('is missing', async () => {
    expect(withoutFolder(await refusalOf(loadPath(join(folder, 'none.csv'))))).toMatchInlineSnapshot(
      `"data.path: there is no file /none.csv. Paths are relative to the folder of this config."`,
    );
  });

  it('is a folder', async () => {
    expect(withoutFolder(await refusalOf(loadPath(folder)))).toMatchInlineSnapshot(
      `"  found a folder, expected a file of rows. Give the path of a file in it."`,
    );
  });

  it('is a device', async () => {
    expect(await refusalOf(loadPath('/dev/zero'))).toBe(
      '/dev/zero  found a device or pipe, expected a regular file: a campaign reads its data ' +
        'again when it is resumed. Save it to a file first.',
    );
  });

  it('has a name that would move the cursor', async () => {
    const path = join(folder, 'a\u001b[2Jb.csv');
    writeFileSync(path, '');
    expect(withoutFolder(await refusalOf(loadPath(path)))).toMatchInlineSnapshot(
      `"/a\\u001b[2Jb.csv:1:1  found an empty file, expected rows of comma-separated cells."`,
    );
  });
});

describe('a file that is not CSV', () => {
  it('is empty', async () => {
    expect(await refusal('')).toMatchInlineSnapshot(
      `"table.csv:1:1  found an empty file, expected rows of comma-separated cells."`,
    );
    expect(await refusal('\ufeff\n\n  \n')).toBe(await refusal(''));
  });

  it('is only a header', async () => {
    expect(await refusal('a,b,k\n', { header: true })).toMatchInlineSnapshot(
      `"table.csv:1:1  found only a header line, expected rows below it."`,
    );
    expect(await refusal('a,b,k\n', { target: 'k' })).toBe(await refusal('a,b,k\n', { header: true }));
    expect(await refusal('a,b,k\n')).toBe(await refusal('a,b,k\n', { header: true }));
  });

  it('has one column', async () => {
    expect(await refusal('1\n2\n')).toBe(
      'table.csv:1:1  found one column, "1", expected several separated by commas, tabs, ' +
        'semicolons or pipes. A table needs a target and at least one input. If this line is a title above the ' +
        'table, skip it: skip_lines: 1 in data.',
    );
  });

  it('has its cells separated by something else than the config says', async () => {
    const source = {
      kind: 'table',
      paths: [fileOf('1;2;3\n4;5;6\n')],
      test: null,
      delimiter: 'tab',
    } as const;
    expect(withoutFolder(await refusalOf(loadDataset({ ...DEFAULTS, source }, 7)))).toBe(
      'table.csv:1:1  found one column, "1;2;3", expected several separated by a tab. ' +
        'data.delimiter says so: remove it to detect the delimiter.',
    );
  });

  it('is UTF-16', async () => {
    const text = 'a,k\n1,x\n2,y\n';
    expect(await refusal(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(
      'table.csv:1:1  found UTF-16 text, expected a CSV file in UTF-8. Convert it: iconv -f ' +
        'UTF-16 -t UTF-8 old.csv > new.csv',
    );
    expect(await refusal(Buffer.from(text, 'utf16le'))).toBe(
      'table.csv:1:1  found UTF-16 text, expected a CSV file in UTF-8. Convert it: iconv -f ' +
        'UTF-16LE -t UTF-8 old.csv > new.csv',
    );
    expect(await refusal(Buffer.from(text, 'utf16le').swap16())).toBe(
      'table.csv:1:1  found UTF-16 text, expected a CSV file in UTF-8. Convert it: iconv -f ' +
        'UTF-16BE -t UTF-8 old.csv > new.csv',
    );
  });

  it('is Latin-1', async () => {
    expect(await refusal(Buffer.from('a,k\n1,x\n2,\u00e9\n', 'latin1'))).toBe(
      'table.csv:3:1  found bytes that are not UTF-8, expected a CSV file in UTF-8. If it is ' +
        'Latin-1, convert it: iconv -f ISO-8859-1 -t UTF-8 old.csv > new.csv',
    );
  });

  it('has NUL bytes', async () => {
    expect(await refusal('a,k\n1,x\n2,\u0000\u0000y\n')).toBe(
      'table.csv:3:1  found 2 NUL bytes, expected text. The file is damaged or not a CSV file. ' +
        'Where only stray bytes are wrong: tr -d "\\000" < old.csv > new.csv',
    );
  });

  it('is packed', async () => {
    expect(await refusal(Buffer.from([0x1f, 0x8b, 8, 0]))).toMatchInlineSnapshot(
      `"table.csv  found a gzip file that is cut off, expected its end. Fetch or pack it again; gzip -t checks it."`,
    );
    expect(await refusal(Buffer.from('PK\u0003\u0004...'))).toBe(
      'table.csv:1:1  found a zip file or a spreadsheet, expected a CSV file in UTF-8. Unpack ' +
        'it, or export the sheet as CSV.',
    );
    expect(await refusal('PAR1....')).toBe(
      'table.csv  cannot be read as a Parquet file (parquet file invalid (footer != PAR1)). It ' +
        'is damaged or of an unsupported kind; write it again, or export it as CSV.',
    );
  });

  it('has a quote that is never closed', async () => {
    expect(await refusal('a,k\n1,x\n2,"y\n3,x\n')).toBe(
      'table.csv:3:2  found a double quote that opens in the row on this line and is never ' +
        'closed, expected a second one after the cell. Close it; inside a quoted cell write "" ' +
        'for a quote.',
    );
  });

  it('has text after a closing quote', async () => {
    expect(await refusal('a,k\n\n1,"x"y\n')).toBe(
      'table.csv:3:2  found text after the closing quote of a cell in this row, expected a ' +
        'comma or the line\'s end. Inside a quoted cell write "" for a quote.',
    );
  });

  it('has a quote inside a cell', async () => {
    expect(await refusal('a,k\n1,"two\r\nlines"\n2,5" pipe\n')).toBe(
      'table.csv:4:2  found a double quote inside an unquoted cell of this row, expected ' +
        'quotes around the whole cell. Write "5"" pipe" for the cell 5" pipe.',
    );
  });
});

describe('rows that are wrong', () => {
  it('are ragged', async () => {
    expect(await refusal('a,b,k\n1,2,x\n1,x\n1,2,3,4,y\n')).toMatchInlineSnapshot(`
      "table.csv:3:2  found 2 cells, expected 3 as in line 1. Cells with a comma need quotes.
      table.csv:4:4  found 5 cells, expected 3 as in line 1. Cells with a comma need quotes."
    `);
  });

  it('are told with the line on which they start', async () => {
    expect(await refusal('a,k\r\n\r\n1,"x\r\n\r\nx"\r\n2\r\n3,y\r\n')).toMatchInlineSnapshot(
      `"table.csv:6:1  found 1 cell, expected 2 as in line 1. Cells with a comma need quotes."`,
    );
  });

  it('have a note below them, or a title above the header', async () => {
    expect(await refusal('a,b,k\n1,2,x\n3,4,y\nSource: a survey\n')).toBe(
      'table.csv:4:1  found 1 cell, expected 3 as in line 1. If this line is no row, skip it: skip_lines: [4] in ' +
        'data. Otherwise, cells with a comma need quotes.',
    );
    expect(await refusal('A survey,,\na,b,k\n1,2,x\n3,4,y\n', { target: 'k' })).toBe(
      'data.target is "k", but table.csv has no such column. Its first line has "A survey", "" and "". If that is ' +
        'a row and no header line, give the index, from 0 to 2. If that is a title above the table, skip the line ' +
        'with skip_lines in data.',
    );
  });

  it('have a text among numbers', async () => {
    const rows = numbers(999);
    rows[17] = 'abc,y';
    expect(await refusal(rows.join('\n'))).toBe(
      'table.csv:18:1  found "abc" in "column 0", expected a number as in 998 other cells of ' +
        'the column. Correct the cell, mark it missing (NA) or drop the column.',
    );
  });

  it('have many texts among numbers', async () => {
    const rows = numbers(200);
    for (let i = 20; i < 32; i++) rows[i] = `${i},5,y`.replace(',5', ' km');
    expect(await refusal(rows.join('\n'))).toBe(
      'table.csv:21:1  found "20 km" in "column 0", expected a number as in 188 other cells of ' +
        'the column. Correct the cell, mark it missing (NA) or drop the column.\n' +
        'table.csv:22:1  found "21 km" in "column 0", expected a number as in 188 other ' +
        'cells of the column. Correct the cell, mark it missing (NA) or drop the column.\n' +
        'table.csv:23:1  found "22 km" in "column 0", expected a number as in 188 other ' +
        'cells of the column. Correct the cell, mark it missing (NA) or drop the column.\n' +
        'table.csv:24:1  found "23 km" in "column 0", expected a number as in 188 other ' +
        'cells of the column. Correct the cell, mark it missing (NA) or drop the column.\n' +
        'table.csv:25:1  found "24 km" in "column 0", expected a number as in 188 other ' +
        'cells of the column. Correct the cell, mark it missing (NA) or drop the column.\n' +
        '... and 7 more like these',
    );
  });

  it('have a number that is too large', async () => {
    expect(await refusal('a,k\n1,x\n1e999,y\n-1e200,x\n')).toBe(
      'table.csv:3:1  found "1e999", expected a number between -1e150 and 1e150. Correct the ' +
        'cell or mark it missing (NA).\n' +
        'table.csv:4:1  found "-1e200", expected a number between -1e150 and 1e150. ' +
        'Correct the cell or mark it missing (NA).',
    );
  });

  it('have a text that would move the cursor', async () => {
    const rows = numbers(100);
    rows[3] = '"\u001b[31m\n\u202egnp",y';
    expect(await refusal(rows.join('\n'))).toBe(
      'table.csv:4:1  found "\\u001b[31m\\n\\u202egnp" in "column 0", expected a number as in ' +
        '99 other cells of the column. Correct the cell, mark it missing (NA) or drop the column.',
    );
  });

  it('have missing cells', async () => {
    expect(await refusal('a,b,k\n1,2,x\n,3,y\nNA,?,x\n5,6,y\n')).toBe(
      'table.csv:3:1  found a missing cell in "a" here and in 1 other row, expected a value. ' +
        'Set missing: median, mean, most_frequent or drop in data, or of this column in ' +
        'data.columns, or drop the column.\n' +
        'table.csv:4:2  found a missing cell in "b" here, expected a value. Set missing: ' +
        'median, mean, most_frequent or drop in data, or of this column in data.columns, or drop ' +
        'the column.',
    );
  });

  it('have a missing target, which nothing can stand in for', async () => {
    expect(await refusal('a,k\n1,x\n2,\n3,y\n', { missing: 'mean' })).toBe(
      'table.csv:3:2  found a missing cell in "k" here, expected a value. A missing target ' +
        'cannot be filled: remove the row, or drop such rows with columns: {"k": {missing: ' +
        'drop}} in data.',
    );
  });

  it('are all dropped', async () => {
    expect(await refusal('a,b,k\n1,,x\n,2,y\n', { missing: 'drop' })).toBe(
      'table.csv  found no row without a missing cell, expected some. Set missing: mean in ' +
        'data, or drop the columns with missing cells.',
    );
  });
});

describe('columns that are wrong', () => {
  it('are unknown', async () => {
    const content = 'Age,Sex,Class\n1,2,x\n3,4,y\n';
    expect(await refusal(content, { target: 'class' })).toMatchInlineSnapshot(
      `"data.target is "class", but table.csv has no such column. Did you mean "Class"?"`,
    );
    expect(await refusal(content, { target: 'Clas' })).toMatchInlineSnapshot(
      `"data.target is "Clas", but table.csv has no such column. Did you mean "Class"?"`,
    );
    expect(await refusal(content, { target: 'survived' })).toBe(
      'data.target is "survived", but table.csv has no such column. Its first line has "Age", ' +
        '"Sex" and "Class". If that is a row and no header line, give the index, from 0 to 2.',
    );
    expect(await refusal(content, { drop: ['Agee'] })).toMatchInlineSnapshot(
      `"data.drop[0] is "Agee", but table.csv has no such column. Did you mean "Age"?"`,
    );
    expect(await refusal(content, { target: 3 })).toMatchInlineSnapshot(
      `"data.target is 3, but table.csv has 3 columns: indices go from 0 to 2, or from -1 (the last) to -3."`,
    );
    expect(await refusal(content, { target: -4 })).toMatchInlineSnapshot(
      `"data.target is -4, but table.csv has 3 columns: indices go from 0 to 2, or from -1 (the last) to -3."`,
    );
  });

  it('are named without a header', async () => {
    expect(await refusal('1,2\n3,4\n', { header: false, target: 'Class' })).toMatchInlineSnapshot(
      `"data.target is "Class", but data.header is false, so columns have no names. Give the index, from 0 to 1."`,
    );
  });

  it('are named twice', async () => {
    expect(await refusal('a,a,k\n1,2,x\n3,4,y\n', { drop: ['a'] })).toMatchInlineSnapshot(
      `"data.drop[0] is "a", but table.csv has several columns of this name. Give the index of one: 0 or 1."`,
    );
  });

  it('are the target and dropped', async () => {
    expect(await refusal('a,k\n1,x\n2,y\n', { drop: [1] })).toMatchInlineSnapshot(
      `"data.drop[0] is 1, which is the target. Remove it from drop, or predict another column."`,
    );
  });

  it('are all dropped', async () => {
    expect(await refusal('a,k\n1,x\n2,y\n', { drop: [0] })).toMatchInlineSnapshot(
      `"data.drop leaves no column for the inputs, expected at least one besides the target."`,
    );
  });

  it('have no value', async () => {
    expect(await refusal('a,b,k\n1,,x\n2,NA,y\n', { missing: 'mean' })).toMatchInlineSnapshot(
      `"table.csv:2:2  found no value in any row of "b", expected some. Drop the column: drop: ["b"]"`,
    );
    expect(await refusal('a,k\n1,\n2,NA\n')).toMatchInlineSnapshot(
      `"table.csv:2:2  found no value in any row of the target "k", expected some."`,
    );
  });

  it('have a category in every row, and too many rows', async () => {
    const rows = Array.from({ length: 10_050 }, (_, i) => `name ${i},${i % 2}`);
    expect(await refusal(rows.join('\n'))).toBe(
      'table.csv:1:1  found more than 10,000 different texts in "column 0", expected a number ' +
        'or one of few categories. Drop the column: drop: [0]',
    );
  });

  it('are not named as the target', async () => {
    expect(await refusal('a,k\n1,x\n', { target: null })).toBe(
      'table.csv:1:1  found no target in the config, expected one. Give the column to predict: target: -1 is the last.',
    );
  });
});

describe('targets that are wrong', () => {
  it('are constant', async () => {
    expect(await refusal('a,k\n1,x\n2,x\n')).toBe(
      'table.csv:2:2  found the same target "x" in every row of "k", expected at least two ' +
        'different ones. Choose another column as the target.',
    );
    expect(await refusal('1,2.50\n2,2.5\n', { task: 'regression' })).toBe(
      'table.csv:1:2  found the same target "2.5" in every row of "column 1", expected at ' +
        'least two different ones. Choose another column as the target.',
    );
  });

  it('are texts for regression', async () => {
    expect(await refusal('a,k\n1,x\n2,y\n', { task: 'regression' })).toBe(
      'table.csv:2:2  found "x" in "k", expected a number. Correct the cell, mark it missing ' +
        '(NA) or set task: classification in data.\n' +
        'table.csv:3:2  found "y" in "k", expected a number. Correct the cell, mark it ' +
        'missing (NA) or set task: classification in data.',
    );
  });

  it('have fewer rows of a class than parts', async () => {
    const rows = [...numbers(20), '5,rare', '6,rare'];
    const split = { kind: 'shares', validation: 0.2, test: 0.2 } as const;
    expect(await refusal(rows.join('\n'), { split })).toBe(
      'table.csv  found too few rows of some classes of "column 1": class "rare" has 2 rows; ' +
        'expected at least 3 of each: one for each part of the split. Add rows of this class, or ' +
        'remove its rows, or set split: {test: 0}.',
    );
    const folds = { kind: 'folds', folds: 5, test: 0.2 } as const;
    expect(await refusal(rows.join('\n'), { split: folds })).toBe(
      'table.csv  found too few rows of some classes of "column 1": class "rare" has 2 rows; ' +
        'expected at least 6 of each: one for each of 5 folds and one for the test. Add rows of ' +
        'this class, or remove its rows.',
    );
  });

  it('have a class of few rows that may be another one with a misspelling', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},${i % 3 === 0 ? 'gold' : 'silver'}`);
    const split = { kind: 'shares', validation: 0.2, test: 0.2 } as const;
    const refused = (row: string) => refusal([...rows, row].join('\n'), { split });
    expect(await refused('5,sliver')).toMatch(
      / If "sliver" is a misspelling of "silver", correct it\. Add rows of this class, or remove its rows\.$/,
    );
    expect(await refused('5,Gold')).toContain('If "Gold" is a misspelling of "gold", correct it.');
    expect(await refused('5,gold2')).not.toContain('misspelling');
    expect(await refused('5,bronze')).not.toContain('misspelling');
  });

  it('are numbers that were taken for classes', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i * 1.5}`);
    const split = { kind: 'shares', validation: 0.2, test: 0.2 } as const;
    expect(await refusal(rows.join('\n'), { split, task: 'classification' })).toBe(
      'table.csv  found too few rows of some classes of "column 1": class "0" has 1 row, class ' +
        '"1.5" has 1 row, class "3" has 1 row, class "4.5" has 1 row, class "6" has 1 row, and ' +
        '35 more are as small; expected at least 3 of each: one for each part of the split. If ' +
        'the target is a number to predict, set task: regression in data.',
    );
  });

  it('are too few', async () => {
    const split = { kind: 'folds', folds: 5, test: 0.2 } as const;
    expect(await refusal('1,2.5\n2,3.5\n3,7.5\n', { split })).toMatchInlineSnapshot(
      `"table.csv  found 3 rows, expected at least 6: one for each of 5 folds and one for the test."`,
    );
  });
});

describe('a test file that is wrong', () => {
  const training = 'a,c,k\n1,red,x\n2,blue,y\n3,red,x\n';

  it('has fewer columns', async () => {
    expect(await refusal(training, {}, 'a,c\n1,red\n')).toBe(
      'test.csv:1:1  found 2 columns, expected 3 as in table.csv. Give the test file the same ' +
        'columns. Test rows need the target, too; use fitfirst predict for rows without one.',
    );
  });

  it('has other columns', async () => {
    expect(await refusal(training, {}, 'a,d,k\n1,red,x\n')).toMatchInlineSnapshot(
      `"test.csv:1:2  found the column "d", expected "c" as in table.csv. Give the test file the same header line."`,
    );
  });

  it('has no header where the training file has one', async () => {
    expect(await refusal(training, {}, '1,red,x\n')).toMatchInlineSnapshot(
      `"test.csv:1:1  found the column "1", expected "a" as in table.csv. Give the test file the same header line."`,
    );
  });

  it('has a text where the training file has numbers', async () => {
    expect(await refusal(training, {}, 'a,c,k\nred,red,x\n')).toBe(
      'test.csv:2:1  found "red" in "a", expected a number. Correct the cell, mark it missing (NA) or drop the column.',
    );
  });

  it('has a class that the training file does not have', async () => {
    expect(await refusal(training, {}, 'a,c,k\n1,red,z\n')).toBe(
      'test.csv:2:3  found the class "z" in "k", expected one of the 2 of table.csv. Add rows ' +
        'of it there, or remove it here.',
    );
  });

  it('has an unseen category, where that is to be an error', async () => {
    expect(await refusal(training, { unseen: 'error' }, 'a,c,k\n1,green,x\n')).toBe(
      'test.csv:2:2  found the category "green" in "c", expected one of the 2 categories of ' +
        'the training file. Set unseen: ignore in data to read it as none of them.',
    );
  });

  it('has missing cells', async () => {
    expect(await refusal(training, {}, 'a,c,k\n1,,x\n')).toBe(
      'test.csv:2:2  found a missing cell in "c" here, expected a value. Set missing: median, ' +
        'mean, most_frequent or drop in data, or of this column in data.columns, or drop the ' +
        'column.',
    );
  });

  it('is missing', async () => {
    const source = {
      kind: 'table',
      paths: [fileOf(training)],
      test: [join(folder, 'no-test.csv')],
      delimiter: null,
    } as const;
    expect(withoutFolder(await refusalOf(loadDataset({ ...DEFAULTS, source }, 7)))).toMatchInlineSnapshot(
      `"data.test: there is no file /no-test.csv. Paths are relative to the folder of this config."`,
    );
  });
});
