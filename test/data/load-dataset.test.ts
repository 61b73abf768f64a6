import { describe, expect, it } from 'vitest';
import { inputNames, load, rowsOf, targetsOf } from './csv-file.js';

const numberedClasses = (classes: number, rows: number): string =>
  Array.from({ length: rows }, (_, i) => `${i * 0.5},${i % classes}\n`).join('');

describe('a CSV file', () => {
  it('becomes inputs and targets in the order of its rows', async () => {
    const dataset = await load('a,b,kind\n1,2,x\n3,4,y\n5,6,x\n');
    expect(rowsOf(dataset)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(targetsOf(dataset)).toEqual(['x', 'y', 'x']);
    expect(dataset).toMatchObject({
      task: 'classification',
      rows: 3,
      inputs: 2,
      classes: ['x', 'y'],
      target: 'kind',
      testFrom: 3,
    });
  });

  it.each([
    ['LF', 'a,k\n1,x\n2,y\n'],
    ['CRLF', 'a,k\r\n1,x\r\n2,y\r\n'],
    ['CR', 'a,k\r1,x\r2,y\r'],
    ['mixed line ends', 'a,k\r\n1,x\n2,y\r'],
    ['no last newline', 'a,k\n1,x\n2,y'],
    ['a byte order mark', '\ufeffa,k\n1,x\n2,y\n'],
    ['blank lines', '\n\na,k\n\n1,x\n   \n2,y\n\n\n'],
    ['spaces around cells', ' a , k \n 1 ,\tx\n2  , y \n'],
    ['quotes', '"a","k"\n"1","x"\n"2", "y" \n'],
  ])('is read with %s', async (_, content) => {
    const dataset = await load(content);
    expect(rowsOf(dataset)).toEqual([[1], [2]]);
    expect(targetsOf(dataset)).toEqual(['x', 'y']);
    expect(dataset.columns[0]?.name).toBe('a');
  });

  it('keeps commas, line ends and doubled quotes of quoted cells', async () => {
    const dataset = await load('a,k\n1,"x, ""the"" first"\n2,"two\r\nlines"\n');
    expect(targetsOf(dataset)).toEqual(['x, "the" first', 'two\r\nlines']);
  });

  it('reads numbers in all their forms', async () => {
    const dataset = await load('a,k\n.28,1.5\n1e5,2.25\n+3,3.75\n-0,4.125\n5.,5\n-1.5E-3,6.5\n');
    expect(rowsOf(dataset).flat()).toEqual([0.28, 100000, 3, 0, 5, -0.0015]);
    expect(targetsOf(dataset)).toEqual([1.5, 2.25, 3.75, 4.125, 5, 6.5]);
  });

  it('turns text columns into one input a category, sorted', async () => {
    const dataset = await load('size,colour,k\n1,red,x\n2,blue,y\n3,red,x\n');
    expect(inputNames(dataset)).toEqual(['size', 'colour=blue', 'colour=red']);
    expect(rowsOf(dataset)).toEqual([
      [1, 0, 1],
      [2, 1, 0],
      [3, 0, 1],
    ]);
  });

  it('takes numbers among texts as categories, equal numbers as one', async () => {
    const dataset = await load('code,k\n1,x\n1.0,y\nA,x\n10,y\nB,x\n');
    expect(inputNames(dataset)).toEqual(['code=1', 'code=10', 'code=A', 'code=B']);
    expect(rowsOf(dataset)[1]).toEqual([1, 0, 0, 0]);
  });

  it('takes any column as the target, and leaves columns out', async () => {
    const content = 'id,k,a,b\n7,x,1,2\n8,y,3,4\n';
    const byName = await load(content, { target: 'k', drop: ['id'] });
    const byIndex = await load(content, { target: 1, drop: [0] });
    const fromTheEnd = await load(content, { target: -3, drop: [-4] });
    expect(rowsOf(byName)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(byIndex).toEqual(byName);
    expect(fromTheEnd).toEqual(byName);
  });

  it('does not look at the cells of columns that are left out', async () => {
    const dataset = await load('id,a,k\n,1,x\n1e999,2,y\n', { drop: ['id'] });
    expect(rowsOf(dataset)).toEqual([[1], [2]]);
  });

  it('gives columns with the same name, or none, different names', async () => {
    const dataset = await load(',a,a,k\n1,2,3,x\n4,5,6,y\n', { header: true });
    expect(dataset.columns.map((column) => column.name)).toEqual(['column 0', 'a', 'a (column 2)']);
  });

  it('is read over pieces of any size', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `${i},"é ${i % 7}",${i % 2 === 0 ? 'even' : 'odd'}`,
    );
    const dataset = await load(`${rows.join('\r\n')}\r\n`);
    expect(dataset).toMatchObject({ rows: 60_000, inputs: 8 });
    expect(rowsOf(dataset).every((row, i) => row[0] === i && row[1 + (i % 7)] === 1)).toBe(true);
  });

  it('shares its memory with other threads', async () => {
    const dataset = await load('1,x\n2,y\n');
    const copy = structuredClone(dataset);
    dataset.x[0] = 42;
    expect(copy.x[0]).toBe(42);
    expect(dataset.y.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(dataset.groups.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe('a header line', () => {
  it.each([
    ['texts over numbers', 'a,b,k\n1,2,x\n3,4,y\n', true],
    ['numbers over numbers', '9,8,x\n1,2,x\n3,4,y\n', false],
    ['a text that never comes again over classes', 'colour,kind\nblue,x\nred,x\nblue,y\nred,y\n', true],
    ['classes over classes', 'a,x\nb,x\na,y\nb,y\na,x\n', false],
    ['whole numbers that count up', '0,1,2,3,4,k\n.1,.2,.3,.4,.5,x\n.2,.3,.4,.5,.6,y\n', true],
    ['years', '2019,2020,2021,2022,2023,2024\n1,2,3,4,5,6\n1,1,1,1,1,7\n', true],
    ['few numbers that count up', '1,2,x\n4,5,x\n7,8,y\n', false],
    ['names and two counts', '150,4,setosa,versicolor,virginica\n1,2,3,4,0\n1,2,3,5,1\n', true],
    ['one bad cell over numbers', 'oops,2,3,4,1\n1,2,3,4,0\n1,2,3,5,1\n', false],
    ['an unnamed column', ',a,k\n0,5,x\n1,6,y\n', true],
  ])('is told by its cells: %s', async (_, content, isHeader) => {
    const lines = content.trim().split('\n').length;
    const rows = await load(content).then(
      (dataset) => dataset.rows,
      // A first line with a bad cell that was taken for a row.
      () => lines,
    );
    expect(rows).toBe(isHeader ? lines - 1 : lines);
  });

  it('is there where a column is referred to by name', async () => {
    const dataset = await load('u,v\nx,y\ny,x\n', { target: 'v' });
    expect(dataset).toMatchObject({ rows: 2, target: 'v' });
  });

  it('is what the config says', async () => {
    expect((await load('1,2\n3,4\n5,6\n', { header: true })).rows).toBe(2);
    expect((await load('a,b\nc,d\ne,f\n', { header: false })).rows).toBe(3);
  });
});

describe('the task', () => {
  it.each([
    ['text is classification', 'a,k\n1,x\n2,y\n', 'classification'],
    ['two distinct numbers are classification', '1,0\n2,1\n3,1\n', 'classification'],
    ['three whole numbers in thirty rows are classification', numberedClasses(3, 30), 'classification'],
    ['twenty whole numbers in 200 rows are classification', numberedClasses(20, 200), 'classification'],
    ['21 whole numbers are regression', numberedClasses(21, 2100), 'regression'],
    ['three whole numbers in 29 rows are regression', numberedClasses(3, 29), 'regression'],
    ['fractions are regression', numberedClasses(3, 30).replaceAll(/,(\d)/g, ',$1.5'), 'regression'],
  ])('is inferred: %s', async (_, content, task) => {
    expect((await load(content)).task).toBe(task);
  });

  it('is what the config says', async () => {
    expect(await load(numberedClasses(3, 30), { task: 'regression' })).toMatchObject({
      task: 'regression',
      classes: null,
    });
    expect(await load(numberedClasses(21, 42), { task: 'classification' })).toMatchObject({
      task: 'classification',
    });
  });

  it('sorts classes that are numbers by value, others as text', async () => {
    expect((await load('1,10\n2,9\n3,1.0\n4,1\n', { task: 'classification' })).classes).toEqual([
      '1',
      '9',
      '10',
    ]);
    expect((await load('1,b\n2,a\n3,10\n4,9\n')).classes).toEqual(['10', '9', 'a', 'b']);
  });
});

describe('missing cells', () => {
  const content = 'a,colour,k\n1,red,x\n,blue,y\n3,NA,x\n4,red,y\n?,null,x\nNaN,N/A,y\n';

  it('stay open to be filled from the training part', async () => {
    const dataset = await load(content, { missing: 'mean' });
    expect(rowsOf(dataset)[1]).toEqual([Number.NaN, 1, 0]);
    expect(rowsOf(dataset)[2]).toEqual([3, Number.NaN, Number.NaN]);
    expect(dataset.missingCells).toEqual({ a: 3, colour: 3 });
  });

  it('leave their rows out with `drop`', async () => {
    const dataset = await load(content, { missing: 'drop' });
    expect(rowsOf(dataset)).toEqual([
      [1, 0, 1],
      [4, 0, 1],
    ]);
    expect(dataset).toMatchObject({ droppedRows: 4, missingCells: {} });
  });

  it('leave the row out where it is the target', async () => {
    expect(await load('1,x\n2,\n3,y\n', { missing: 'drop' })).toMatchObject({ rows: 2, droppedRows: 1 });
  });
});

describe('a test file', () => {
  it('follows the rows of the training file', async () => {
    const dataset = await load('a,k\n1,x\n2,y\n', {}, 'a,k\n3,y\n4,x\n');
    expect(dataset).toMatchObject({ rows: 4, testFrom: 2 });
    expect(rowsOf(dataset).flat()).toEqual([1, 2, 3, 4]);
    expect(targetsOf(dataset)).toEqual(['x', 'y', 'y', 'x']);
  });

  it('has all inputs of a column 0 where its category is not in the training file', async () => {
    const dataset = await load('c,k\nred,x\nblue,y\n', { target: 'k' }, 'c,k\ngreen,x\n');
    expect(rowsOf(dataset)[2]).toEqual([0, 0]);
  });

  it('does not need the header that the training file does not have', async () => {
    expect(await load('1,x\n2,y\n', {}, '3,x\n')).toMatchObject({ rows: 3, testFrom: 2 });
  });

  it('has the same columns left out', async () => {
    const dataset = await load('a,id,k\n1,p,x\n2,q,y\n', { drop: ['id'] }, 'a,id,k\n3,,y\n');
    expect(rowsOf(dataset).flat()).toEqual([1, 2, 3]);
    const fromTheEnd = await load('1,p,x\n2,q,y\n', { drop: [-2] }, '3,,y\n');
    expect(rowsOf(fromTheEnd).flat()).toEqual([1, 2, 3]);
  });
});

describe('the hash', () => {
  const content = 'a,c,k\n1,red,x\n2,,y\n3,blue,x\n';
  const options = { missing: 'mean' } as const;

  it('is of the contents and not of the path or the way they are written', async () => {
    const { hash } = await load(content, options);
    expect(hash).toBe('ba11475fa3a34d02bab99a62924cd1d1a0e5d4c04d5a92a074412b6956fea8a6');
    expect((await load('"a", c ,k\r\n1.0,"red",x\r\n\r\n2e0,NA,y\r\n3,blue,x', options)).hash).toBe(hash);
  });

  it.each([
    ['a number', content.replace('3', '3.5')],
    ['a category', content.replace('red', 'green')],
    ['a missing cell', content.replace('1', '')],
    ['a target', content.replace('y', 'x').replace(',x', ',y')],
    ['a class', content.replaceAll('x', 'z')],
    ['a name', content.replace('a', 'b')],
    ['the order of rows', 'a,c,k\n2,,y\n1,red,x\n3,blue,x\n'],
  ])('changes with %s', async (_, changed) => {
    expect((await load(changed, options)).hash).not.toBe((await load(content, options)).hash);
  });

  it('tells rows of a test file from others', async () => {
    const whole = await load('a,k\n1,x\n2,y\n3,x\n');
    const inTwo = await load('a,k\n1,x\n2,y\n', {}, 'a,k\n3,x\n');
    expect(whole.hash).not.toBe(inTwo.hash);
  });
});

describe('rows with identical inputs', () => {
  it('have the same group, numbered in order', async () => {
    const dataset = await load('1,2,p\n3,,q\n1.0,2,q\n3,NA,q\n0,2,p\n-0,2,p\n', { missing: 'mean' });
    expect([...dataset.groups]).toEqual([0, 1, 0, 1, 2, 2]);
  });
});
