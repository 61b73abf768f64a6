import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runConfig } from '../../src/app/run-config.js';
import { emptyFolder } from '../support/command-line.js';

const config = (executor: string): string => `name: refused
trainer: {module: ./train.js}
metric: {name: val_loss, goal: minimize}
parameters: {rate: {values: [0.1, 0.2]}}
method: grid
executor: ${executor}
`;

describe('a campaign that cannot begin from this process', () => {
  it.each([
    ['outside a job of Slurm', '{slurm: {}}', 'not part of a job'],
    ['without the address of Redis', '{bullmq: {}}', 'its address is missing'],
  ])('leaves no results folder: %s', async (_, executor, message) => {
    await using folder = await emptyFolder();
    const path = join(folder.path, 'refused.yaml');
    await writeFile(path, config(executor));
    await writeFile(join(folder.path, 'train.js'), 'export default async function* train() {}\n');
    const out = join(folder.path, 'results');

    await expect(runConfig(path, { out })).rejects.toMatchObject({
      code: 'USAGE_INVALID',
      message: expect.stringContaining(message),
    });
    expect(existsSync(out)).toBe(false);
  });
});
