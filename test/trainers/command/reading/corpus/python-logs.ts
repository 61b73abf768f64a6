import { epochs, type LogSample, lines } from './log-sample.js';

const loss = [0.61, 0.52, 0.47];
const acc = [70.1, 75.2, 78.3];
const train = [0.9, 0.7, 0.5];
const at = (list: readonly number[], i: number): number => list[i] ?? 0;

/** Logs of programs and libraries for Python. */
export const pythonLogs: readonly LogSample[] = [
  {
    program: 'PyTorch MNIST example',
    source: 'github.com/pytorch/examples, mnist/main.py',
    log: epochs((e, i) =>
      lines(
        `Train Epoch: ${e} [0/60000 (0%)]\tLoss: 2.300039`,
        `Train Epoch: ${e} [640/60000 (1%)]\tLoss: 1.213470`,
        `Train Epoch: ${e} [1280/60000 (2%)]\tLoss: ${at(train, i)}`,
        '',
        `Test set: Average loss: ${at(loss, i)}, Accuracy: ${9000 + i * 100}/10000 (${90 + i}%)`,
        '',
      ),
    ),
    metric: [loss, [0.9, 0.91, 0.92]],
  },
  {
    program: 'PyTorch ImageNet example',
    source: 'github.com/pytorch/examples, imagenet/main.py',
    log: epochs(
      (e, i) =>
        lines(
          `Epoch: [${e}][  1/100]\tTime  0.50 ( 0.60)\tLoss 6.9e+00 (6.9e+00)\tAcc@1   0.00 (  0.10)`,
          `Epoch: [${e}][ 11/100]\tTime  0.40 ( 0.50)\tLoss 6.8e+00 (6.8e+00)\tAcc@1   1.00 (  0.50)`,
          `Test: [ 1/10]\tTime  0.10 ( 0.10)\tLoss 1.1e+00 (1.1e+00)\tAcc@1  70.00 ( 71.00)`,
          ` *   Acc@1 ${at(acc, i)} Acc@5 ${at(acc, i) + 10}`,
        ),
      0,
    ),
    metric: [acc],
  },
  {
    program: 'nanoGPT',
    source: 'github.com/karpathy/nanoGPT, train.py',
    log: epochs(
      (_, i) =>
        lines(
          `step ${i * 250}: train loss ${at(train, i)}, val loss ${at(loss, i)}`,
          `iter ${i * 250}: loss 2.1045, time 123.45ms, mfu 10.20%`,
          `iter ${i * 250 + 10}: loss 2.0945, time 121.45ms, mfu 10.22%`,
        ),
      0,
    ),
    metric: [loss],
  },
  {
    program: 'Keras 2, verbose=2',
    source: 'keras.io, ProgbarLogger of Keras 2',
    log: epochs((e, i) =>
      lines(
        `Epoch ${e}/3`,
        `10/10 - 1s - loss: ${at(train, i)} - accuracy: 0.5000 - val_loss: ${at(loss, i)} - ` +
          `val_accuracy: 0.52 - 1s/epoch`,
      ),
    ),
    metric: [loss],
  },
  {
    program: 'Keras 2 with a bar',
    source: 'keras.io, Progbar of Keras 2',
    log: epochs(
      (e, i) =>
        `Epoch ${e}/3\n\r 1/10 [==>...........................] - ETA: 0s - loss: 9.1\r` +
        `10/10 [==============================] - 1s 5ms/step - loss: ${at(train, i)} - val_loss: ${at(loss, i)}\n`,
    ),
    metric: [loss],
  },
  {
    program: 'Keras 3',
    source: 'keras.io, Progbar of Keras 3',
    log: epochs(
      (e, i) =>
        `Epoch ${e}/3\n\r1/10 ━━━━━━━━ 1s 111ms/step - accuracy: 0.5 - loss: 9.1\r` +
        `10/10 ━━━━━━━━ 1s 5ms/step - accuracy: 0.5 - loss: ${at(train, i)} - val_accuracy: 0.6 - ` +
        `val_loss: ${at(loss, i)}\n`,
    ),
    metric: [loss, [0.6, 0.6, 0.6]],
  },
  {
    program: 'PyTorch Lightning',
    source: 'lightning.ai, TQDMProgressBar',
    log: epochs(
      (e, i) =>
        `Epoch ${e}:  50%|█████     | 5/10 [00:01<00:01, 4.9it/s, v_num=0, train_loss=9.100]\r` +
        `Epoch ${e}: 100%|██████████| 10/10 [00:02<00:00, 4.9it/s, v_num=0, train_loss=0.512, ` +
        `val_loss=${at(loss, i)}]\n`,
      0,
    ),
    metric: [loss],
  },
  {
    program: 'Hugging Face Trainer',
    source: 'huggingface.co/docs/transformers, PrinterCallback',
    log: epochs((e, i) =>
      lines(
        `{'loss': ${at(train, i)}, 'grad_norm': 2.1, 'learning_rate': 4e-05, 'epoch': ${e - 0.5}}`,
        `{'loss': ${at(train, i)}, 'grad_norm': 1.9, 'learning_rate': 3e-05, 'epoch': ${e}.0}`,
        `{'eval_loss': ${at(loss, i)}, 'eval_accuracy': 0.8, 'eval_runtime': 0.9, 'epoch': ${e}.0}`,
      ),
    ).concat("{'train_runtime': 9.1, 'train_samples_per_second': 32.9, 'train_loss': 0.6, 'epoch': 3.0}\n"),
    metric: [loss],
  },
  {
    program: 'Hugging Face accelerate examples',
    source: 'github.com/huggingface/accelerate, examples/nlp_example.py',
    log: epochs((e, i) => `epoch ${e}: {'accuracy': ${at(acc, i)}, 'f1': 0.8}\n`, 0),
    metric: [acc],
  },
  {
    program: 'fastai',
    source: 'docs.fast.ai, Recorder',
    log: lines(
      'epoch     train_loss  valid_loss  accuracy  time    ',
      ...[0, 1, 2].map(
        (i) => `${i}         ${at(train, i)}00000    ${at(loss, i)}00000    0.812000  00:05     `,
      ),
    ),
    metric: [loss, [0.812, 0.812, 0.812]],
  },
  {
    program: 'XGBoost',
    source: 'xgboost.readthedocs.io, EvaluationMonitor',
    log: epochs((e, i) => `[${e}]\ttrain-rmse:${at(train, i)}\tvalid-rmse:${at(loss, i)}\n`, 0),
    metric: [loss],
  },
  {
    program: 'LightGBM',
    source: 'lightgbm.readthedocs.io, log_evaluation',
    log: lines(
      '[LightGBM] [Info] Total Bins 2550',
      ...[0, 1, 2].map((i) => `[${i + 1}]\ttraining's l2: ${at(train, i)}\tvalid_1's l2: ${at(loss, i)}`),
    ),
    metric: [loss],
  },
  {
    program: 'CatBoost',
    source: 'catboost.ai/docs, logging',
    log: epochs(
      (e, i) =>
        `${e}:\tlearn: ${at(train, i)}\ttest: ${at(loss, i)}\tbest: ${at(loss, i)} (${e})\ttotal: ` +
        `52ms\tremaining: 5s\n`,
      0,
    ),
    metric: [loss],
  },
  {
    program: 'scikit-learn MLPClassifier',
    source: 'scikit-learn.org, verbose=True with early_stopping',
    log: epochs((e, i) =>
      lines(`Iteration ${e}, loss = ${at(train, i)}`, `Validation score: ${at(loss, i)}`),
    ),
    metric: [loss],
  },
  {
    program: 'scikit-learn GradientBoosting',
    source: 'scikit-learn.org, VerboseReporter',
    log: lines(
      '      Iter       Train Loss   Remaining Time ',
      ...[1, 2, 3].map((e) => `         ${e}           ${at(train, e - 1)}            2.10s`),
    ),
    metric: [train],
  },
  {
    program: 'PyTorch tutorials',
    source: 'github.com/yunjey/pytorch-tutorial',
    log: epochs((e, i) =>
      lines(
        `Epoch [${e}/3], Step [100/600], Loss: 2.1`,
        `Epoch [${e}/3], Step [200/600], Loss: 1.9`,
        `Epoch [${e}/3], Loss: ${at(train, i)}, Val Loss: ${at(loss, i)}`,
      ),
    ),
    metric: [loss],
  },
  {
    program: 'Python logging',
    source: 'docs.python.org, logging.basicConfig',
    log: epochs(
      (e, i) =>
        `2026-01-31 10:0${i}:00,123 INFO epoch=${e} train/loss=${at(train, i)} val/loss=${at(loss, i)}\n`,
    ),
    metric: [loss],
  },
  {
    program: 'PyTorch Geometric examples',
    source: 'github.com/pyg-team/pytorch_geometric, examples/gcn.py',
    log: epochs(
      (e, i) => `Epoch: 00${e}, Loss: ${at(train, i)}, Train: 0.9, Val: ${at(loss, i)}, Test: 0.7\n`,
    ),
    metric: [loss],
  },
  {
    program: 'DGL examples',
    source: 'github.com/dmlc/dgl, examples/pytorch/gcn',
    log: epochs((e, i) => `Epoch 0000${e} | Loss ${at(train, i)} | Accuracy ${at(acc, i)} \n`, 0),
    metric: [acc],
  },
  {
    program: 'Flax MNIST example',
    source: 'github.com/google/flax, examples/mnist/train.py',
    log: epochs(
      (e, i) =>
        `I0131 10:00:0${i}.123456 1404 train.py:122] epoch:  ${e}, train_loss: ${at(train, i)}, ` +
        `train_accuracy: 93.40, test_loss: ${at(loss, i)}, test_accuracy: 98.10\n`,
    ),
    metric: [loss],
  },
];
