import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EpochCount } from '../../../../src/execution/epoch-count.js';
import { LineSplitter } from '../../../../src/trainers/command/reading/line-splitter.js';
import { patternReader } from '../../../../src/trainers/command/reading/report-pattern.js';
import { ReportMerger } from '../../../../src/trainers/command/sources/report-merger.js';

/** What a trial would report that prints this, an epoch and its numbers a row. */
function reportsOf(patterns: readonly string[], printed: string): unknown[] {
  const splitter = new LineSplitter();
  const read = patternReader(patterns);
  const rule = { options: {}, completion: 'eager', mayRestart: false, label: 'the pattern' } as const;
  const merger = new ReportMerger([rule], Number.POSITIVE_INFINITY, new EpochCount());
  const rest = (): readonly { text: string }[] => [splitter.rest() ?? []].flat();
  const lines = [...splitter.add(Buffer.from(printed)), ...rest()];
  const reports = lines.flatMap(({ text }) => {
    const reading = read(text);
    if (reading.kind === 'bad') throw new Error(reading.message);
    return reading.kind === 'reports' ? reading.reports.flatMap((one) => merger.take(0, one)) : [];
  });
  const left = read.finish?.().reports.flatMap((one) => merger.take(0, one)) ?? [];
  return [...reports, ...left, ...merger.finish()].map(({ epoch, metrics }) => [
    epoch,
    ...Object.values(metrics),
  ]);
}

/** The patterns of the table's rows, as the documentation has them. */
const documented = readFileSync(
  fileURLToPath(new URL('../../../../docs/report-patterns.md', import.meta.url)),
  'utf8',
)
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('(?<'))
  .map((line) => {
    const cells = line.split(/(?<!\\)\|/);
    const patterns = [...(cells[2] ?? '').matchAll(/`([^`]+)`/g)];
    return patterns.map((pattern) => (pattern[1] ?? '').replaceAll('\\|', '|'));
  });

/** What the tools print, and what is to be read of it. */
const tools: Readonly<Record<string, { readonly printed: string; readonly reports: unknown[] }>> = {
  'plain words': {
    printed: 'Loading data\nepoch 1 loss 7.5e-05 acc 0.88\nepoch 2 loss nan acc 0.9\n',
    reports: [
      [1, 7.5e-5, 0.88],
      [2, Number.NaN, 0.9],
    ],
  },
  "PyTorch's tutorials": {
    printed:
      'Epoch [1/60], Step [100/600], Loss: 0.9\nEpoch [1/60], Loss: 0.4100, Val Loss: ' +
      '0.5\nEpoch [2/60], Loss: 0.3, Val Loss: 0.45',
    reports: [
      [1, 0.41, 0.5],
      [2, 0.3, 0.45],
    ],
  },
  "PyTorch's MNIST example": {
    printed:
      'Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.300039\nTrain Epoch: 1 [640/60000 (1%)]\tLoss: ' +
      '1.2\n\nTest set: Average loss: 0.0576, Accuracy: 9810/10000 (98%)\n\n' +
      'Train Epoch: 2 [0/60000 (0%)]\tLoss: 0.1\n\nTest set: Average loss: 0.0401, Accuracy: 9870/10000 (99%)\n\n',
    reports: [
      [1, 0.0576, 98],
      [2, 0.0401, 99],
    ],
  },
  'Keras 2': {
    printed:
      'Epoch 1/2\n\n 1/10 [==>...........................] - ETA: 3s - loss: 0.7012 - accuracy: 0.4000\n' +
      '10/10 [==============================] - 1s 5ms/step - loss: 0.6921 - accuracy: 0.5000 ' +
      '- val_loss: 0.6900 - val_accuracy: 0.5200\n' +
      'Epoch 2/2\n10/10 [==============================] - 0s 5ms/step - loss: 5.1e-04 - ' +
      'accuracy: 1.0000 - val_loss: nan - val_accuracy: 0.5300\n',
    reports: [
      [1, 0.6921, 0.69],
      [2, 5.1e-4, Number.NaN],
    ],
  },
  'Keras 3': {
    printed:
      'Epoch 1/2\n\u001b[1m 1/10\u001b[0m \u001b[32m━━\u001b[0m\u001b[37m━━━━\u001b[0m ' +
      '\u001b[1m3s\u001b[0m 400ms/step - accuracy: 0.4000 - loss: 0.7012\n' +
      '\u001b[1m10/10\u001b[0m \u001b[32m━━━━━━\u001b[0m\u001b[37m\u001b[0m ' +
      '\u001b[1m1s\u001b[0m 5ms/step - accuracy: 0.5000 - loss: 0.6921 - val_accuracy: 0.5200 ' +
      '- val_loss: 0.6900\n',
    reports: [[1, 0.5, 0.52]],
  },
  'PyTorch Lightning': {
    // The bar of a new epoch still has the numbers of the one before; validation draws a bar of its own below.
    printed:
      '\rTraining: |          | 0/? [00:00<?, ?it/s]\rEpoch 0:   0%|          | 0/2 [00:00<?, ' +
      '?it/s]\rEpoch 0: 100%|██████████| 2/2 [00:00<00:00, 96.50it/s, v_num=0, ' +
      'train_loss=0.900]' +
      '\n\rValidation: |          | 0/? [00:00<?, ?it/s]\u001b[A\rEpoch 0: 100%|██████████| ' +
      '2/2 [00:00<00:00, 80.1it/s, v_num=0, train_loss=0.900, val_loss=0.951]' +
      '\rEpoch 1:   0%|          | 0/2 [00:00<?, ?it/s, v_num=0, train_loss=0.900, ' +
      'val_loss=0.951]\rEpoch 1: 100%|██████████| 2/2 [00:00<00:00, 80.1it/s, v_num=0, ' +
      'train_loss=0.500, val_loss=0.951]' +
      '\rEpoch 1: 100%|██████████| 2/2 [00:00<00:00, 80.1it/s, v_num=0, train_loss=0.500, val_loss=0.602]\n',
    reports: [
      [1, 0.9, 0.951],
      [2, 0.5, 0.602],
    ],
  },
  "Hugging Face's Trainer": {
    printed:
      "{'loss': 0.5, 'grad_norm': 1.25, 'learning_rate': 5e-05, 'epoch': 1.0}\n{'eval_loss': " +
      "0.4, 'eval_accuracy': 0.81, 'eval_runtime': 0.5, 'epoch': 1.0}\n" +
      "{'eval_loss': '0.3', 'eval_runtime': '0.5', 'epoch': '2'}\n{'train_runtime': 12.5, " +
      "'train_loss': 0.45, 'epoch': 2.0}\n",
    reports: [
      [1, 0.4],
      [2, 0.3],
    ],
  },
  "Hugging Face's Trainer, both losses": {
    printed:
      "{'loss': 0.5, 'grad_norm': 1.25, 'epoch': 1.0}\n{'eval_loss': 0.4, 'epoch': " +
      "1.0}\n{'loss': 0.2, 'epoch': 2.0}\n{'eval_loss': 0.3, 'epoch': 2.0}\n{'train_runtime': " +
      "1.5, 'train_loss': 0.35, 'epoch': 2.0}\n",
    reports: [
      [1, 0.5, 0.4],
      [2, 0.2, 0.3],
    ],
  },
  'a tqdm bar over epochs': {
    // set_postfix draws the numbers of an epoch before the bar counts it.
    printed:
      '\r  0%|          | 0/2 [00:00<?, ?it/s]\r  0%|          | 0/2 [00:00<?, ?it/s, ' +
      'loss=0.9]\r 50%|█████     | 1/2 [00:00<00:00,  2.50it/s, loss=0.9]' +
      '\r 50%|█████     | 1/2 [00:00<00:00,  2.50it/s, loss=1.5e-3]\r100%|██████████| 2/2 ' +
      '[00:00<00:00,  2.50it/s, loss=1.5e-3]\n',
    reports: [
      [1, 0.9],
      [2, 0.0015],
      [3, 0.0015],
    ],
  },
  fastai: {
    printed:
      'epoch     train_loss  valid_loss  accuracy  time    \n0         0.652341    0.512312    ' +
      '0.812000  00:05     \n1         0.452341    0.412312    0.842000  00:05     \n',
    reports: [
      [1, 0.652341, 0.512312, 0.812],
      [2, 0.452341, 0.412312, 0.842],
    ],
  },
  XGBoost: {
    printed: '[0]\ttrain-rmse:0.45000\tvalid-rmse:0.35000\n[1]\ttrain-rmse:0.40000\tvalid-rmse:0.31000\n',
    reports: [
      [1, 0.45, 0.35],
      [2, 0.4, 0.31],
    ],
  },
  LightGBM: {
    printed:
      "[LightGBM] [Info] Total Bins 765\n[1]\ttraining's l2: 0.42\tvalid_1's l2: " +
      "0.35\n[2]\ttraining's l2: 0.4\tvalid_1's l2: 0.33\nEarly stopping, best iteration is:\n",
    reports: [
      [1, 0.42, 0.35],
      [2, 0.4, 0.33],
    ],
  },
  CatBoost: {
    printed:
      'Learning rate set to 0.03\n0:\tlearn: 0.6621000\ttest: 0.6512000\tbest: 0.6512000 ' +
      '(0)\ttotal: 52ms\tremaining: 5.2s\n1:\tlearn: 0.6000000\ttest: 0.6400000\tbest: ' +
      '0.6400000 (1)\ttotal: 54ms\tremaining: 5.1s\n\nbestTest = 0.64\n',
    reports: [
      [1, 0.6621, 0.6512],
      [2, 0.6, 0.64],
    ],
  },
  "scikit-learn's MLP": {
    printed:
      'Iteration 1, loss = 0.6921\nValidation score: 0.500000\nIteration 2, loss = ' +
      '0.60000000\nValidation score: 0.700000\n',
    reports: [
      [1, 0.6921, 0.5],
      [2, 0.6, 0.7],
    ],
  },
  "scikit-learn's boosting": {
    printed:
      '      Iter       Train Loss   Remaining Time \n         1           1.2613            ' +
      '1.05s\n        20           0.8000            0.50m\n',
    reports: [
      [1, 1.2613],
      [20, 0.8],
    ],
  },
  "Julia's Flux": {
    printed: '[ Info: Epoch 1 - Train loss: 2.5e-01, Test accuracy: 60.00 %\n',
    reports: [[1, 0.25, 60]],
  },
  R: {
    printed: 'epoch 1: rmse=0.41 (validation 0.52)\nepoch 2: rmse=Inf (validation 0.5)\n',
    reports: [
      [1, 0.41, 0.52],
      [2, Number.POSITIVE_INFINITY, 0.5],
    ],
  },
  "Python's logging": {
    printed: '2026-01-31 10:00:00,123 INFO epoch=3 train/loss=0.41 val/loss=-0.52\n',
    reports: [[3, 0.41, -0.52]],
  },
};

describe('a ready pattern of the documentation', () => {
  const rows = Object.entries(tools).map(([tool, { printed, reports }], row) => ({
    tool,
    patterns: documented[row] ?? [],
    printed,
    reports,
  }));

  it('stands there for each of these tools', () => {
    expect(documented).toHaveLength(rows.length);
  });

  it.each(rows)('reads what $tool prints', ({ patterns, printed, reports }) => {
    expect(reportsOf(patterns, printed)).toEqual(reports);
  });
});
