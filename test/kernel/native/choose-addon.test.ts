import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { compileKernel } from '../../../src/kernel/kernel-module.js';
import { chooseAddon } from '../../../src/kernel/native/choose-addon.js';

const { module } = compileKernel();
const folder = mkdtempSync(join(tmpdir(), 'fitfirst-addon-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

it('uses WebAssembly if no addon was built', () => {
  expect(chooseAddon(module, undefined, null)).toEqual({
    addon: null,
    because: 'no native kernel was built for this platform',
    isRefused: false,
  });
});

it('uses WebAssembly if it is asked to', () => {
  const file = fileOf('unused.cjs', 'throw new Error("loaded")');
  expect(chooseAddon(module, 'wasm', file)).toEqual({ addon: null, because: null, isRefused: false });
});

it('refuses a binary of another platform, and says so in one line', () => {
  const choice = chooseAddon(module, undefined, fileOf('kernel.node', 'not a binary'));
  expect(choice).toMatchObject({ addon: null, isRefused: true });
  expect(choice.because).toMatch(/^the native kernel cannot be loaded: [^\n]+$/);
});

it('refuses a binary that needs instructions which this processor does not have', () => {
  const file = fileOf('old.cjs', 'module.exports = { engines: () => [], bind: () => {} };');
  expect(chooseAddon(module, undefined, file)).toEqual({
    addon: null,
    because: 'this processor does not have the instructions of the native kernel',
    isRefused: true,
  });
});

it('refuses a binary that gives other bits', () => {
  const file = fileOf('wrong.cjs', 'module.exports = { engines: () => ["avx2"], bind: () => () => {} };');
  expect(chooseAddon(module, undefined, file)).toEqual({
    addon: null,
    because: 'the native kernel (avx2) does not give the same bits as WebAssembly',
    isRefused: true,
  });
});

it('throws an error if it is asked for an engine that it cannot have', () => {
  expect(() => chooseAddon(module, 'native', null)).toThrow(
    'FITFIRST_KERNEL is "native", but no native kernel was built for this platform',
  );
  const old = fileOf('only.cjs', 'module.exports = { engines: () => ["avx2"], bind: () => {} };');
  expect(() => chooseAddon(module, 'neon', old)).toThrow(
    'FITFIRST_KERNEL is "neon", but this processor does not have the instructions of neon',
  );
  expect(() => chooseAddon(module, 'fast', null)).toThrow(
    'FITFIRST_KERNEL is "fast"; expected wasm, native, avx512, avx2 or neon',
  );
});
