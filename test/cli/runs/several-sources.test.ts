import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst } from '../../support/command-line.js';

/** Takes its options from a JSON file, and reports in lines, a CSV file and a score at its end. */
const PROGRAM = `
const fs = require('node:fs');
const [path, folder] = process.argv.slice(2);
const { model: { rate }, seed, epochs } = JSON.parse(fs.readFileSync(path, 'utf8'));
fs.writeFileSync(folder + '/log.csv', 'epoch,val_loss\\n');
for (let n = 1; n <= epochs; n++) {
  console.log('epoch ' + n + ': loss ' + rate / n);
  fs.appendFileSync(folder + '/log.csv', n + ',' + (rate * rate - rate + (seed % 7) / 100 + 1 / n) + '\\n');
}
console.log('test accuracy ' + (900 + seed % 50) + '/1000');
`;

const CONFIG = `
trainer:
  command: [node, train.cjs, "\${trial_dir}/options.json", "\${trial_dir}"]
  config_files:
    options.json: {set: {model.rate: "\${param:rate}", seed: "\${seed}", epochs: "\${epochs}"}}
  report:
    - {pattern: 'epoch (?<epoch>\\d+): loss (?<train_loss>\\S+)'}
    - {pattern: 'test accuracy (?<test_accuracy>\\S+)', once: true}
    - {file: log.csv}
metric: {name: val_loss}
parameters: {rate: {values: [0.0, 0.5, 1.0]}, epochs: 3}
method: grid
repeats: 2
`;

describe('a campaign over a program with config files, several sources and scores of the whole trial', () => {
  it('gives the same bytes with 1, 2 and 4 workers', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'train.cjs'), PROGRAM);
    await writeFile(join(folder.path, 'rates.yaml'), CONFIG);
    const files = ['trials.csv', 'epochs.csv', 'summary.json'];
    const results: string[][] = [];
    for (const workers of ['1', '2', '4']) {
      const ended = await fitfirst(folder.path, 'run', 'rates.yaml', '--out', workers, '--workers', workers);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      results.push(
        await Promise.all(files.map((name) => readFile(join(folder.path, workers, name), 'utf8'))),
      );
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    const [trials = '', , summary = ''] = results[0] ?? [];
    expect(trials.split('\n')[0]).toMatch(/,train_loss,val_loss,test_accuracy,reason$/);
    expect(JSON.parse(summary)).toMatchObject({
      chosen: { rate: 0.5 },
      final: { test_accuracy: expect.any(Number) },
      warnings: [],
    });
  });
});
