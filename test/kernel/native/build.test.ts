import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../../native', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fitfirst-build-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the native folder, which is built in place. */
function copy(name: string): string {
  const target = join(folder, name);
  cpSync(source, target, { recursive: true, filter: (file) => !/\/build(\/|$)/.test(file) });
  return target;
}

function build(native: string, env: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(native, 'build.mjs'), ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const silent = { status: 0, stdout: '', stderr: '' };

it('installs without a word if there is no compiler, and says why if it is asked to build', () => {
  const native = copy('none');
  const env = { PATH: join(folder, 'nothing') };
  expect(build(native, env, '--optional')).toEqual(silent);
  const { status, stderr } = build(native, env);
  expect(status).toBe(1);
  expect(stderr).toBe(
    'The native kernel was not built: there is no C++ compiler (looked for c++, g++, clang++)\n' +
      'fitfirst uses WebAssembly.\n',
  );
});

it('installs without a word if the compiler is broken or the folder cannot be written', () => {
  const native = copy('broken');
  const compiler = join(folder, 'broken-compiler');
  writeFileSync(compiler, '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "out of order" >&2\nexit 1\n');
  chmodSync(compiler, 0o755);
  const env = { ...process.env, CXX: compiler };
  expect(build(native, env, '--optional')).toEqual(silent);
  expect(build(native, env)).toMatchObject({ status: 1 });

  const blocked = copy('blocked');
  mkdirSync(blocked, { recursive: true });
  writeFileSync(join(blocked, 'build'), '');
  expect(build(blocked, { ...process.env, CXX: compiler }, '--optional')).toEqual(silent);
});
