// The C++ compiler of this machine, and what it is given.
import { spawnSync } from 'node:child_process';

/** Engines by architecture of Node: vector width in bytes, and flags of the compiler. */
export const enginesByArch = {
  x64: {
    avx512: ['-DVECTOR_BYTES=64', ...['f', 'bw', 'cd', 'dq', 'vl'].map((part) => `-mavx512${part}`)],
    avx2: ['-DVECTOR_BYTES=32', '-mavx2'],
  },
  arm64: { neon: ['-DVECTOR_BYTES=16'] },
};

/** No fused multiplication and addition: each operation rounds by itself, as in WebAssembly. */
export const flags = [
  '-std=c++17',
  '-O3',
  '-ffp-contract=off',
  '-fno-math-errno',
  '-fno-exceptions',
  '-fno-rtti',
];
export const sharedFlags = ['-fPIC', '-fvisibility=hidden', '-fno-asynchronous-unwind-tables'];
export const linkFlags = {
  linux: ['-shared', '-Wl,-s'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup'],
};

/** Runs a command to its end. Throws an Error with what it wrote if it fails. */
export function run(command, args) {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} failed:\n${stderr.trim()}`);
}

/** $CXX, else the first of the usual compilers that is there. Throws an Error if there is none. */
export function findCompiler() {
  const names = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
  for (const name of names) if (spawnSync(name, ['--version']).status === 0) return name;
  throw new Error(`there is no C++ compiler (looked for ${names.join(', ')})`);
}
