import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../journal/temporary-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = join(root, 'examples/extend');

test('a package that knows the packed tarball alone extends fitfirst, and passes the shipped contracts', () => {
  const folder = temporaryFolder();
  const run = (program: string, ...words: readonly string[]): string =>
    execFileSync(program, words, { cwd: folder, encoding: 'utf8' });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const installed = join(folder, 'node_modules/fitfirst');
  mkdirSync(installed, { recursive: true });
  run('tar', '-xzf', tarball, '-C', installed, '--strip-components=1');
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
  cpSync(example, folder, { recursive: true });
  const output = run(process.execPath, '--test');
  expect(output).toMatch(/^# fail 0$/m);
  expect(output).toContain('child processes, as an executor');
});

test('each extension is short', () => {
  for (const name of readdirSync(example).filter((file) => file.endsWith('.js')))
    expect(readFileSync(join(example, name), 'utf8').split('\n').length, name).toBeLessThan(100);
});
