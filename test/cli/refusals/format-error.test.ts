import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { exitCodeOfError } from '../../../src/cli/exit-code.js';
import { formatError } from '../../../src/cli/format-error.js';
import { emptyFolder } from '../../support/command-line.js';

const thrownBy = async (act: () => unknown): Promise<unknown> => {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('what a command throws', () => {
  it('is an expected failure: its own words, code 2', () => {
    const error = new FitfirstError('DATA_INVALID', 't.csv:3:1  found "x", expected a number.');
    expect(formatError(error)).toBe('t.csv:3:1  found "x", expected a number.');
    expect(exitCodeOfError(error)).toBe(2);
  });

  it.each([
    ['no/such/file', 'no/such/file: no such file or directory (ENOENT). Check the path.'],
    ['/', '/: illegal operation on a directory (EISDIR). This is a folder, and a file was expected.'],
    [`/${'x'.repeat(300)}`, /^\/x+: name too long \(ENAMETOOLONG\)\. Use a shorter name or path\.$/],
  ])('is an answer of the operating system: where, what, and what to do, code 2: %s', async (path, words) => {
    const error = await thrownBy(() => open(path, 'r+'));
    expect(formatError(error)).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
    expect(exitCodeOfError(error)).toBe(2);
  });

  it('is a bug in a bundle: each frame names the file that its code comes from', async () => {
    await using folder = await emptyFolder();
    const bundle = join(folder.path, 'dist/program/chunk-run.js');
    await mkdir(dirname(bundle), { recursive: true });
    await writeFile(
      bundle,
      '// dist/text/list.js\nconst first = (list) => list();\n// dist/cli/commands/run.js\n' +
        'export function run() {\n  first(null);\n}\n',
    );
    const { run } = await import(pathToFileURL(bundle).href);
    const lines = formatError(await thrownBy(run)).split('\n');
    expect(lines.find((line) => line.includes('at first'))).toMatch(
      /chunk-run\.js:2:\d+ \[dist\/text\/list\.js\]\)$/,
    );
    expect(lines.find((line) => line.includes('at run'))).toMatch(
      /chunk-run\.js:5:3 \[dist\/cli\/commands\/run\.js\]\)$/,
    );
  });

  it('is a lack of open files: the limit, how many are needed, and what to do', () => {
    const error = Object.assign(new Error('EMFILE'), { code: 'EMFILE', syscall: 'open', path: '/opt/x.js' });
    expect(formatError(error)).toMatch(
      /^Too many open files \(EMFILE\)\. This process may open \d+ files at once\. fitfirst needs up to \d+, and /,
    );
    expect(formatError(error)).toContain('"ulimit -n 1024"');
    expect(formatError(error)).not.toContain('/opt/x.js');
    expect(exitCodeOfError(error)).toBe(2);
  });

  it('is a bug: named as one, with its stack, code 1', () => {
    const error = new TypeError('x is not a function');
    expect(formatError(error)).toMatch(
      /^Internal error \(a bug in fitfirst\)\. .*Please report .*\nTypeError: x is not a function\n +at /,
    );
    expect(exitCodeOfError(error)).toBe(1);
  });

  it('need not be an Error', () => {
    expect(formatError('gone')).toMatch(/^Internal error .*\ngone$/);
  });
});
