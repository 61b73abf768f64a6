import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointFiles } from '../../../src/app/checkpoints/checkpoint-files.js';
import type { TrialSpec } from '../../../src/campaign/trial.js';
import { checkpointName, checkpointsFolder } from '../../../src/execution/checkpoint-path.js';
import { emptyFolder } from '../../support/command-line.js';

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
    const files = new CheckpointFiles(folder.path, identity, { which: 'none', limit: 1_500 });
    const all = [1, 2, 3].map((repeat) => spec(10, repeat));
    await files.retain(all, 80);
    for (const one of all) await files.save(one, checkpoint(10, 600));
    expect(await names(folder.path)).toHaveLength(2);
  });

  it('stay when the campaign has ended if they are to, with an index, and within the limit', async () => {
    await using folder = await emptyFolder();
    const final: TrialSpec = { ...spec(10, 0), finish: { on: 'training', checkpoint: 'best' } };
    const all = [spec(10, 1), spec(10, 2), spec(10, 3), final];
    const leave = async (files: CheckpointFiles, one: TrialSpec): Promise<void> => {
      expect(files.wants(one)).toBe(true);
      const path = join(checkpointsFolder(folder.path), checkpointName(identity, one));
      await mkdir(path, { recursive: true });
      await writeFile(join(path, 'weights.bin'), Buffer.alloc(1_000));
      await files.save(one, checkpoint(10));
    };
    const files = new CheckpointFiles(folder.path, identity, { which: 'all', limit: 3_900 });
    await files.retain([], null);
    for (const one of all) await leave(files, one);
    await files.conclude(final);
    const [first, second, third] = all.map((one) => checkpointName(identity, one));
    const three = [first, second, third].flatMap((name) => [name, `${name}.checkpoint`]);
    expect(await names(folder.path)).toEqual([...three, 'index.jsonl'].sort());
    const index = await readFile(join(checkpointsFolder(folder.path), 'index.jsonl'), 'utf8');
    expect(JSON.parse(index.split('\n')[1] ?? '')).toEqual({
      checkpoint: second,
      parameters: { hidden: 4 },
      repeat: 2,
      epochs: 10,
      stage: 'search',
    });

    const best = new CheckpointFiles(folder.path, identity, { which: 'best', limit: 10_000 });
    await best.retain([], null);
    expect(best.wants(spec(10, 1))).toBe(false);
    await leave(best, final);
    await best.retain([], null);
    await best.conclude(final);
    const last = checkpointName(identity, final);
    expect(await names(folder.path)).toEqual([last, `${last}.checkpoint`, 'index.jsonl'].sort());

    await new CheckpointFiles(folder.path, identity).retain([], null);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('do not lose the folder of a program that runs', async () => {
    await using folder = await emptyFolder();
    const files = new CheckpointFiles(folder.path, identity, { which: 'all', limit: 10_000 });
    await files.retain([spec(10)], 80);
    const running = join(checkpointsFolder(folder.path), checkpointName(identity, spec(10, 2)));
    await mkdir(running, { recursive: true });
    await files.retain([], null);
    expect(await readdir(running)).toEqual([]);
    await files.discard(spec(10, 2));
    expect(await names(folder.path)).toEqual([]);
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
