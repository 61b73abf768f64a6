import { expect, test } from 'vitest';
import {
  needsAsciiFallback,
  withAsciiFallback,
} from '../../../../src/views/screen/terminal/ascii-fallback.js';

test('signs become one character each that every terminal can show', () => {
  const text = '╭─ ● grow ── ◐ dropout ─╮ ├──●──┤ ✔ 3/3 █▇▆▅▄▃▂▁ 0.2 ± 0.1 · ≥ 00:01 … ↑↓';
  const plain = withAsciiFallback(text);
  expect(plain).toMatch(/^[ -~]+$/);
  expect(plain).toHaveLength(text.length);
});

test('a locale of another character set and the console of Linux need them, a locale that nobody set does not', () => {
  expect(needsAsciiFallback({ LANG: 'C' })).toBe(true);
  expect(needsAsciiFallback({ LANG: 'de_DE.ISO-8859-1' })).toBe(true);
  expect(needsAsciiFallback({ LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' })).toBe(true);
  expect(needsAsciiFallback({ LANG: 'en_GB.UTF-8', TERM: 'linux' })).toBe(true);
  expect(needsAsciiFallback({ LANG: 'C', LC_ALL: 'C.UTF-8' })).toBe(false);
  expect(needsAsciiFallback({ LANG: 'en_GB.utf8' })).toBe(false);
  expect(needsAsciiFallback({ TERM: 'xterm-256color' })).toBe(false);
});
