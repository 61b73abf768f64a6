import { describe, expect, it } from 'vitest';
import { longestMatch } from '../../../../src/trainers/command/reading/longest-match.js';
import { proposePattern } from '../../../../src/trainers/command/reading/proposal/propose-pattern.js';
import { patternReader } from '../../../../src/trainers/command/reading/report-pattern.js';

/** What the proposed pattern reads in the log's last line. */
const readsInLast = (...log: readonly string[]): unknown => {
  const proposal = proposePattern(log);
  if (proposal === null) return null;
  const reading = patternReader([proposal.pattern])(log.at(-1) ?? '');
  return reading.kind === 'reports' ? reading.reports[0] : reading;
};

describe('a proposed pattern', () => {
  it.each([
    ['epoch 3 loss 0.41 acc 0.88', { epoch: 3, loss: 0.41, acc: 0.88 }],
    ['Epoch [3/60], Step [100/600], Loss: -7.5e-05', { epoch: 3, loss: -7.5e-5 }],
    ['Epoch 3 - Train loss: 0.25, Test accuracy: 60.00 %', { epoch: 3, train_loss: 0.25, test_accuracy: 60 }],
    ['[3]\ttrain-rmse:0.40\tvalid-rmse:0.31', { epoch: 3, train_rmse: 0.4, valid_rmse: 0.31 }],
    ['3:\tlearn: 0.66\ttest: 0.65\tbest: 0.65 (0)\ttotal: 52ms', { epoch: 3, learn: 0.66, test: 0.65 }],
    ["{'eval_loss': 0.4, 'eval_runtime': 0.5, 'epoch': 3.0}", { eval_loss: 0.4, epoch: 3 }],
    ['10:00:00,123 INFO epoch=3 train/loss=nan time=12.3s', { epoch: 3, train_loss: Number.NaN }],
    ['10/10 ━━━━ 1s 5ms/step - loss: 0.69 - val_loss: 0.7', { loss: 0.69, val_loss: 0.7 }],
    [
      '10:00:00.123 | INFO | __main__:train:42 - Val [2/12]  mAP: 0.66  loss_val: 0.3',
      { map: 0.66, loss_val: 0.3 },
    ],
    ['\u001b[1mepoch 3\u001b[0m loss 0.5s', { epoch: 3, loss: 0.5 }],
  ])('reads %j', (line, numbers) => {
    expect(readsInLast(line)).toEqual(numbers);
  });

  it('takes the lines with what was measured on rows held out, and reads all of their kind', () => {
    const batches = ['Epoch 1 batch 1 loss 0.9', 'Epoch 1 batch 2 loss 0.8'];
    expect(readsInLast(...batches, 'Epoch 1 val_loss 0.95', 'Epoch 2 val_loss 12.5')).toEqual({
      epoch: 2,
      val_loss: 12.5,
    });
  });

  it('is none where no line tells of a loss or a score', () => {
    expect(proposePattern(['Loading 60000 rows', 'took 12.5 s', ''])).toBeNull();
  });
});

describe('a pattern that matches nothing', () => {
  it('is followed to where it leaves the line that it fits best', () => {
    const lines = ['Loading', 'epoch 1 loss 0.5', 'done'];
    expect(longestMatch('epoch (?<epoch>\\d+) Loss (?<loss>\\S+)', lines)).toEqual({
      pattern: 'epoch (?<epoch>\\d+) ',
      line: 'epoch 1 loss 0.5',
      place: 2,
    });
    expect(longestMatch('round (?<epoch>\\d+)', lines)).toBeNull();
  });
});
