import { expect, test } from 'vitest';
import { LineSigns } from '../../../../src/views/screen/widgets/line-signs.js';

const [bold, plain] = ['\u001b[1m', '\u001b[22m'];

test('lines take the place of their signs, and the columns that Ink left for them', () => {
  const signs = new LineSigns();
  const left = signs.add(
    [
      ['strong', 'left'],
      ['plain', ' side'],
    ],
    true,
  );
  const right = signs.add([['plain', 'right']], true);
  expect(signs.expand(`│ ${left}           │ ${right}\nnothing`, 40)).toBe(
    `│ ${bold}left${plain} side   │ right\nnothing`,
  );
});

test('a line is cut where something else begins, and at the edge of the terminal', () => {
  const signs = new LineSigns();
  const long = signs.add(
    [
      ['strong', 'abcdef'],
      ['plain', 'ghijkl'],
    ],
    true,
  );
  expect(signs.expand(`│${long}       │`, 40)).toBe(`│${bold}abcdef${plain}g…│`);
  expect(signs.expand(`│${long}   │`, 40)).toBe(`│${bold}abc…${plain}│`);
  expect(signs.expand(`│${long}`, 6)).toBe(`│${bold}abcd…${plain}`);
});

test('a terminal that has become smaller than its frame shows what there is room for', () => {
  const signs = new LineSigns();
  const line = signs.add([['plain', 'abc']], true);
  expect(signs.expand(`│${line}`, 2)).toBe('│…');
  expect(signs.expand(`│${line}`, 1)).toBe('│');
  expect(signs.expand(`││${line}`, 1)).toBe('││');
});

test('wide characters count with their columns', () => {
  const signs = new LineSigns();
  const wide = signs.add([['plain', '学習率']], true);
  expect(signs.expand(`${wide}       │`, 40)).toBe('学習率  │');
  expect(signs.expand(`${wide}    │`, 40)).toBe('学習…│');
});

test('the codes of colours take no column, and a line may be empty', () => {
  const signs = new LineSigns();
  const [empty, last] = [signs.add([], true), signs.add([['good', 'x'.repeat(9)]], false)];
  expect(signs.expand(`${bold}│${plain}${empty} ${bold}│${plain}${last}`, 8)).toBe(
    `${bold}│${plain}  ${bold}│${plain}${bold}xxx…${plain}`,
  );
});

test('a text may contain the characters that are used as signs', () => {
  const signs = new LineSigns();
  const first = signs.add([['plain', '\ue000\ue001']], true);
  expect(signs.expand(signs.add([['plain', first]], true), 10)).toBe(first);
});

test('a sign that is released is used again once all others have been', () => {
  const signs = new LineSigns();
  const seen = new Set<string>();
  for (let i = 0; i < 7000; i++) {
    const sign = signs.add([['plain', `${i}`]], true);
    expect(signs.expand(sign, 10)).toBe(`${i}`);
    seen.add(sign);
    signs.release(sign);
  }
  expect(seen.size).toBe(6400);
});
