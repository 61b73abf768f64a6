import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emptyFolder, promisedFiles, start } from '../../support/command-line.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Other versions of Node to try, as paths of their binaries between colons. */
const others = (process.env.FITFIRST_OTHER_NODES ?? '').split(':').filter((path) => path !== '');

describe('the shipped quickstart', () => {
  it('gives the bytes of the reference files in results/quickstart', async () => {
    await using folder = await emptyFolder();
    await expectReference(folder.path, process.execPath);
  });

  it.skipIf(others.length === 0)(
    'gives the same bytes on other versions of Node ' +
      `(${others.length === 0 ? 'FITFIRST_OTHER_NODES names none' : others.length})`,
    async () => {
      for (const node of others) {
        await using folder = await emptyFolder();
        await expectReference(folder.path, node);
      }
    },
    300_000,
  );
});

async function expectReference(folder: string, node: string): Promise<void> {
  const config = join(root, 'configs/quickstart.yaml');
  const { ended } = start(folder, ['run', config, '--out', 'results'], node);
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  const reference = join(root, 'results/quickstart');
  expect(await promisedFiles(join(folder, 'results'))).toEqual(await promisedFiles(reference));
  const model = await readFile(join(folder, 'results/model.onnx'));
  expect(model.equals(await readFile(join(reference, 'model.onnx')))).toBe(true);
}
