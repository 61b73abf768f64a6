import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointFiles } from '../../src/app/checkpoint-files.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { checkpointName, checkpointsFolder } from '../../src/execution/checkpoint-path.js';
import { emptyFolder } from '../support/command-line.js';

const identity = 'files';
const spec = (epochs: number, repeat = 1): TrialSpec => ({
  parameters: { hidden: 4 },
  repeat,
  epochs,
  until: null,
  finish: null,
});
const checkpoint = (epochs: number, bytes = 8) => ({
  epochs,
  reportsUpTo: epochs,
  state: new Uint8Array(bytes).fill(epochs),
});

const names = async (folder: string): Promise<string[]> =>
  (await readdir(checkpointsFolder(folder)).catch(() => [])).sort();

describe('the checkpoints of a results folder', () => {
  it('are read as they were saved, also by a later run', async () => {
    await using folder = await emptyFolder();
    const files = new CheckpointFiles(folder.path, identity);
    await files.retain([spec(10)], 80);
    await files.save(spec(10), checkpoint(10));
    await files.save(spec(20), checkpoint(20));
    for (const one of [files, new CheckpointFiles(folder.path, identity)]) {
      await one.retain([spec(40)], 80);
      expect(await one.shorterThan(spec(40))).toEqual([20, 10]);
      expect(await one.shorterThan(spec(20))).toEqual([10]);
      expect(await one.read(spec(20))).toEqual(checkpoint(20));
    }
  });

  it('are kept for trials that may become longer, and for no others', async () => {
    await using folder = await emptyFolder();
    const files = new CheckpointFiles(folder.path, identity);
    await files.retain([spec(10)], 20);
    expect([spec(10), spec(20), spec(10, 2)].map((one) => files.wants(one))).toEqual([true, false, false]);
    await files.save(spec(10, 2), checkpoint(10));
    await files.save(spec(20), checkpoint(20));
    expect(await names(folder.path)).toEqual([]);
  });

  it('are deleted once no longer trial can follow, with the folders of programs', async () => {
    await using folder = await emptyFolder();
    const files = new CheckpointFiles(folder.path, identity);
    await files.retain([spec(10, 1), spec(10, 2)], 80);
    for (const repeat of [1, 2]) {
      await files.save(spec(10, repeat), checkpoint(10));
      await mkdir(join(checkpointsFolder(folder.path), checkpointName(identity, spec(10, repeat))));
    }
    const second = checkpointName(identity, spec(10, 2));
    const later = new CheckpointFiles(folder.path, identity);
    await later.retain([spec(20, 2)], 80);
    expect(await names(folder.path)).toEqual([second, `${second}.checkpoint`]);
    await later.retain([], null);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('count as missing if they are damaged, cut or gone', async () => {
    await using folder = await emptyFolder();
    const files = new CheckpointFiles(folder.path, identity);
    await files.retain([spec(10)], 80);
    await files.save(spec(10), checkpoint(10));
    const path = join(checkpointsFolder(folder.path), `${checkpointName(identity, spec(10))}.checkpoint`);
    const whole = await readFile(path);
    for (let place = 0; place < whole.length; place++) {
      const flipped = Uint8Array.from(whole);
      flipped[place] = (flipped[place] ?? 0) ^ 4;
      await writeFile(path, flipped);
      expect(await files.read(spec(10))).toBeNull();
      await writeFile(path, whole.subarray(0, place));
      expect(await files.read(spec(10))).toBeNull();
    }
    await writeFile(path, whole);
    expect(await files.read(spec(10))).toEqual(checkpoint(10));
    expect(await files.read(spec(30))).toBeNull();
  });

  it('take no more than the limit', async () => {
    await using folder = await emptyFolder();
    const files = new CheckpointFiles(folder.path, identity, 1_500);
    const all = [1, 2, 3].map((repeat) => spec(10, repeat));
    await files.retain(all, 80);
    for (const one of all) await files.save(one, checkpoint(10, 600));
    expect(await names(folder.path)).toHaveLength(2);
  });

  it('are no reason to fail if their folder cannot be written', async () => {
    await using folder = await emptyFolder();
    await writeFile(checkpointsFolder(folder.path), 'not a folder');
    const files = new CheckpointFiles(folder.path, identity);
    await files.retain([spec(10)], 80);
    await files.save(spec(10), checkpoint(10));
    expect(await files.shorterThan(spec(20))).toEqual([]);
    expect(await files.read(spec(10))).toBeNull();
  });
});
