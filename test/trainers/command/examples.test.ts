import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst } from '../../support/command-line.js';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));

/** A Python that has these modules; null where there is none, and tests that need it skip visibly. */
function pythonWith(...modules: readonly string[]): string | null {
  const script = ['import sys', ...modules.map((name) => `import ${name}`)].join('\n');
  const found = ['python3', 'python', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', script]).status === 0,
  );
  return found ?? null;
}

/** Runs an example with few epochs, and with this Python for its interpreter. */
async function run(folder: string, example: string, epochs: number, python: string | null): Promise<unknown> {
  const [place = '', file = ''] = example.split('/');
  cpSync(join(examples, place), join(folder, place), { recursive: true });
  const config = join(folder, place, file);
  const text = readFileSync(config, 'utf8').replace(/epochs: \d+/, `epochs: ${epochs}`);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: macros are written so
  writeFileSync(config, text.replace('${interpreter}', python ?? ''));
  const end = await fitfirst(folder, 'run', config, '--out', join(folder, 'out'), '--view', 'none');
  expect(end).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(readFileSync(join(folder, 'out/summary.json'), 'utf8'));
}

const plain = pythonWith();
const numpy = pythonWith('numpy');
const torch = pythonWith('torch');

const kept = (folder: string): string[] =>
  readdirSync(join(folder, 'out/trials'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /network\./.test(name),
  );

describe('the examples', () => {
  it.skipIf(plain === null)('tune a Python program that was not touched', async () => {
    await using folder = await emptyFolder();
    const summary = await run(folder.path, 'unmodified/rings.yaml', 25, plain);
    expect(summary).toMatchObject({ chosen: { hidden: expect.any(Number) }, test: null });
  });

  it.skipIf(numpy === null)('tune a NumPy program, which keeps its network at the finish', async () => {
    await using folder = await emptyFolder();
    const summary = await run(folder.path, 'numpy/xor.yaml', 6, numpy);
    expect(summary).toMatchObject({ fitted: { hidden: expect.any(Number) }, test: null });
    expect(kept(folder.path).length).toBeGreaterThan(0);
  });

  it.skipIf(torch === null)('tune a PyTorch program', async () => {
    await using folder = await emptyFolder();
    const summary = await run(folder.path, 'pytorch/spirals.yaml', 4, torch);
    expect(summary).toMatchObject({ chosen: { dropout: expect.any(Number) }, test: null });
    expect(kept(folder.path).length).toBeGreaterThan(0);
  });

  it('tune a module in JavaScript', async () => {
    await using folder = await emptyFolder();
    const summary = await run(folder.path, 'module/waves.yaml', 60, null);
    expect(summary).toMatchObject({ chosen: { hidden: expect.any(Number) }, test: null });
    expect(kept(folder.path).length).toBeGreaterThan(0);
  });
});
