import { describe, expect, it } from 'vitest';
import { RunListener } from '../../../src/contracts/executor/run-listener.js';
import { scripted } from '../../../src/contracts/executor/scripted-trials.js';
import type { CommandOptions } from '../../../src/execution/command-options.js';
import { createCommandExecutor } from '../../../src/trainers/command/command-executor.js';
import { scriptedSetup } from '../../execution/scripted-setup.js';
import { emptyFolder } from '../../support/command-line.js';

/** A program that reports the training loss in lines and the validation loss in a CSV file, and a test score. */
const PROGRAM = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const folder = process.env.FITFIRST_TRIAL_DIR;
mkdirSync(folder + '/out', { recursive: true });
appendFileSync(folder + '/out/log.csv', 'epoch,val_loss\\n');
for (const n of [0, 1, 2]) {
  console.log('step ' + n + '/9 loss 9.0');
  console.log('epoch ' + (n + 1) + ': train loss ' + (3 - n) + ' correct 90/100');
  appendFileSync(folder + '/out/log.csv', n + ',' + (2 / (n + 1)) + '\\n');
}
console.log('test accuracy: 0.91');
writeFileSync(folder + '/model.txt', '7');
`;

const options: CommandOptions = {
  command: [process.execPath, '-e', PROGRAM],
  program: null,
  report: {
    kind: 'several',
    sources: [
      {
        kind: 'pattern',
        patterns: ['epoch (?<epoch>\\d+): train loss (?<train_loss>\\S+) correct (?<train_acc>\\S+)'],
      },
      { kind: 'pattern', patterns: ['test accuracy: (?<test_acc>\\S+)'], once: true },
      { kind: 'log', path: 'out/log.csv', format: 'csv' },
    ],
  },
  evaluate: {
    command: [
      process.execPath,
      '-p',
      "'size ' + require('node:fs').readFileSync(process.argv[1] + '/model.txt', 'utf8')",
      `\${trial_dir}`,
    ],
    patterns: ['size (?<size>\\d+)'],
  },
  cwd: '/',
  env: {},
  timeout: null,
  maxRss: null,
  grace: 1000,
  resources: {},
};

describe('a program whose reports are in several places', () => {
  it('is read in all of them, also on another attempt, and its final scores are of the whole trial', async () => {
    await using folder = await emptyFolder();
    await using executor = await createCommandExecutor({
      slots: 1,
      options,
      places: { folder: folder.path, identity: 'several', varied: [] },
      seed: scriptedSetup.seed,
      metric: { name: 'val_loss', goal: 'minimize' },
    });
    for (let attempt = 1; attempt <= 2; attempt++) {
      const listener = new RunListener();
      const outcome = await executor.run(scripted('reports', { epochs: 3 }), listener);
      expect(outcome).toEqual({
        kind: 'finished',
        reason: 'complete',
        network: null,
        final: { test_acc: 0.91, size: 7 },
      });
      expect(listener.values('train_loss')).toEqual([3, 2, 1]);
      expect(listener.values('train_acc')).toEqual([0.9, 0.9, 0.9]);
      expect(listener.values('val_loss')).toEqual([2, 1, 2 / 3]);
    }
  });
});
