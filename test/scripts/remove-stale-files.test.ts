import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../support/command-line.js';

const script = fileURLToPath(new URL('../../scripts/remove-stale-files.mjs', import.meta.url));

describe('a build', () => {
  it('leaves nothing of files that were moved or deleted, and everything else', async () => {
    await using folder = await emptyFolder();
    const kept = [
      'src/main.ts',
      'src/views/page.tsx',
      'dist/.tsbuildinfo',
      'dist/main.js',
      'dist/main.js.map',
      'dist/main.d.ts',
      'dist/views/page.js',
      'dist/kernel/kernel.wasm',
      'dist/program/main.js',
      'dist/bundled/zod.d.ts',
    ];
    const stale = [
      'dist/page.js',
      'dist/page.js.map',
      'dist/page.d.ts',
      'dist/old/room/page.js',
      'dist/old/a.d.ts',
    ];
    for (const file of [...kept, ...stale]) {
      await mkdir(join(folder.path, dirname(file)), { recursive: true });
      await writeFile(join(folder.path, file), '');
    }
    await promisify(execFile)(process.execPath, [script, 'src', 'dist'], { cwd: folder.path });
    const left = (await readdir(folder.path, { recursive: true, withFileTypes: true })).map(
      ({ parentPath, name }) => join(parentPath, name).slice(folder.path.length + 1),
    );
    const folders = [...new Set(kept.map((file) => dirname(file)))];
    expect(left.sort()).toEqual([...kept, ...folders].sort());
  });
});
