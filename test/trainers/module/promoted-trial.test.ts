import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, promisedFiles } from '../../support/command-line.js';

/** A regression by noisy steps with momentum: its state has weights, momentum and the state of the random numbers. */
const trainer = (restore: string): string => `
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default async function* train({ rate, momentum }, context) {
  const { seed, repeat, epochs, directory, checkpoint } = context;
  let state = {
    random: (seed * 31 + repeat) >>> 0,
    weights: Float64Array.of(0.1, -0.2, 0.3),
    velocity: new Float64Array(3),
    losses: new Map(),
  };
  const random = () => {
    state.random = (Math.imul(state.random, 1664525) + 1013904223) >>> 0;
    return state.random / 4294967296;
  };
  const before = ${restore};
  if (before !== null) state = before.state;
  const first = (before?.epoch ?? 0) + 1;
  for (let epoch = first; epoch <= epochs; epoch++) {
    let loss = 0;
    for (let step = 0; step < 8; step++) {
      const x = [1, random(), random()];
      const y = 0.5 * x[1] - 2 * x[2] + 0.1 * random();
      const error = state.weights.reduce((sum, weight, i) => sum + weight * x[i], 0) - y;
      loss += error * error;
      state.weights.forEach((_, i) => {
        state.velocity[i] = momentum * state.velocity[i] - rate * error * x[i];
        state.weights[i] += state.velocity[i];
      });
    }
    state.losses.set(epoch, loss);
    yield { val_loss: loss / 8, sum: [...state.losses.values()].reduce((sum, one) => sum + one) };
  }
  checkpoint.save(state);
  const { weights, velocity } = state;
  const trial = { rate, momentum, repeat, epochs, stage: context.stage };
  writeFileSync(join(directory, 'weights.json'), JSON.stringify([trial, [...weights], [...velocity]]));
  writeFileSync(join(directory, 'first-epoch'), String(first));
}
`;

const config = `
name: promoted
trainer: {module: trainer.mjs}
parameters:
  rate: {min: 0.001, max: 0.3, distribution: log_uniform_values}
  momentum: {values: [0, 0.5, 0.9]}
  epochs: 9
method: {halving: {trials: 9}}
repeats: 1
confirm: 0
`;

/** What each trial wrote, in the order of the text. */
async function trialFiles(results: string, name: string): Promise<string[]> {
  const folders = await readdir(join(results, 'trials'));
  const texts = await Promise.all(
    folders.map((folder) => readFile(join(results, 'trials', folder, name), 'utf8')),
  );
  return texts.sort();
}

describe('a promoted trial of a module', () => {
  it('has the weights of one that was trained in one go', async () => {
    await using folder = await emptyFolder();
    const run = async (name: string, restore: string): Promise<string> => {
      await writeFile(join(folder.path, 'trainer.mjs'), trainer(restore));
      await writeFile(join(folder.path, 'campaign.yaml'), config);
      const words = ['run', 'campaign.yaml', '--out', name, '--workers', '2', '--view', 'none'];
      expect(await fitfirstHere(folder.path, ...words)).toMatchObject({ code: 0, stderr: '' });
      return join(folder.path, name);
    };
    const whole = await run('whole', 'null');
    const promoted = await run('promoted', 'checkpoint.load()');

    expect(new Set(await trialFiles(whole, 'first-epoch'))).toEqual(new Set(['1']));
    const firsts = await trialFiles(promoted, 'first-epoch');
    // After 1 epoch the best three of nine settings go on, after 3 epochs the best one.
    expect(firsts.filter((epoch) => epoch !== '1')).toEqual(['2', '2', '2', '4']);
    expect(await trialFiles(promoted, 'weights.json')).toEqual(await trialFiles(whole, 'weights.json'));
    expect(await promisedFiles(promoted)).toEqual(await promisedFiles(whole));
  });
});
