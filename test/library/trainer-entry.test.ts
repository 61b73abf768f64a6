import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadedFiles } from '../support/loaded-packages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = new URL('../../dist/', import.meta.url).href;

it('fitfirst/trainer loads two files and no library', async () => {
  const code = "import { defineTrainer } from 'fitfirst/trainer'; if (!defineTrainer) process.exit(1);";
  const files = await loadedFiles(root, '--input-type=module', '--eval', code);
  const own = files.filter((file) => !file.includes('[eval'));
  expect(own).toEqual(['trainer.js', join('trainers', 'train-function.js')].map((name) => `${dist}${name}`));
});
