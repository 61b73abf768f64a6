import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../src/text/shell-word.js';

describe('a path in a command to copy', () => {
  it.each([
    'titanic.yaml',
    'results/größe_2.yaml',
    'my data 🎉.yaml',
    'it\'s; $HOME `id` & "more".yaml',
    'two\nlines\u001b[31m.yaml',
    "both ' and \\n and\ttab.yaml",
    '👨‍👩‍👧.yaml',
  ])('reaches the program unchanged: %j', (path) => {
    expect(execFileSync('bash', ['-c', `printf %s ${shellWord(path)}`], { encoding: 'utf8' })).toBe(path);
  });

  it('stays as it is if no shell changes it', () => {
    expect(['configs/a-b_1.yaml', 'größe.yaml'].map(shellWord)).toEqual(['configs/a-b_1.yaml', 'größe.yaml']);
  });

  it('is safe to print', () => {
    expect(shellWord('a\u001b[31m\n')).toBe("$'a\\u001b[31m\\n'");
  });
});
