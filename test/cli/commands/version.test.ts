import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { version } from '../../../src/platform/version.js';

const program = fileURLToPath(new URL('../../../dist/program/main.js', import.meta.url));

function fitfirst(kernel: string, ...args: string[]) {
  const env = { ...process.env, FITFIRST_KERNEL: kernel };
  return spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
}

it('says which engine computes', () => {
  const { stdout, status } = fitfirst('wasm', '--version', '--verbose');
  expect(stdout).toContain(`fitfirst ${version}\nkernel   WebAssembly\nnode     ${process.version}`);
  expect(status).toBe(0);
});

it('uses WebAssembly where the address space is limited, since the proof of a native engine needs much of it', () => {
  const { FITFIRST_KERNEL: _, ...env } = process.env;
  const words = [process.execPath, program, '--version', '--verbose'];
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -v 40000000; exec "$0" "$@"', ...words], {
    env,
    encoding: 'utf8',
  });
  expect(stdout).toContain('kernel   WebAssembly (the address space of this process is limited)');
});

it('refuses an engine that nobody knows', () => {
  const { stderr, status } = fitfirst('fast', '--version', '--verbose');
  expect(stderr).toBe('FITFIRST_KERNEL is "fast"; expected wasm, native, avx512, avx2 or neon.\n');
  expect(status).toBe(2);
});
