import { epochs, type LogSample, lines } from './log-sample.js';

const loss = [0.61, 0.52, 0.47];
const acc = [70.1, 75.2, 78.3];
const train = [0.9, 0.7, 0.5];
const at = (list: readonly number[], i: number): number => list[i] ?? 0;

/** Logs of programs in other languages, of reinforcement learning, and of plain scripts. */
export const otherLogs: readonly LogSample[] = [
  {
    program: "Julia's Flux",
    source: 'fluxml.ai, model-zoo: @info',
    log: epochs(
      (e, i) => `[ Info: Epoch ${e} - Train loss: ${at(train, i)}, Test accuracy: ${at(acc, i)} %\n`,
    ),
    metric: [acc],
  },
  {
    program: 'R, cat()',
    source: 'keras3.posit.co, custom training loops',
    log: epochs((e, i) => `epoch ${e}: rmse=${at(train, i)} (validation ${at(loss, i)})\n`),
    metric: [loss],
  },
  {
    program: 'libtorch MNIST example',
    source: 'github.com/pytorch/examples, cpp/mnist/mnist.cpp',
    log: epochs((e, i) =>
      lines(
        `\rTrain Epoch: ${e} [  640/60000] Loss: 2.1`,
        `\rTrain Epoch: ${e} [59584/60000] Loss: ${at(train, i)}`,
        `Test set: Average loss: ${at(loss, i)} | Accuracy: 0.95${i}`,
      ),
    ),
    metric: [loss, [0.95, 0.951, 0.952]],
  },
  {
    program: 'Deeplearning4j',
    source: 'deeplearning4j.konduit.ai, ScoreIterationListener',
    log: epochs(
      (_, i) =>
        `10:00:0${i}.123 [main] INFO o.d.o.l.ScoreIterationListener - Score at iteration ${i * 100} is ` +
        `${at(train, i)}\n`,
    ),
    metric: [train],
  },
  {
    program: 'fastText',
    source: 'fasttext.cc, FastText::printInfo',
    log:
      `\rProgress:  50.0% words/sec/thread:   91234 lr:  0.050000 avg.loss:  0.910000 ETA:   0h 0m 1s` +
      `\rProgress: 100.0% words/sec/thread:   91234 lr:  0.000000 avg.loss:  0.512000 ETA:   0h 0m 0s\n`,
    metric: [[0.512]],
  },
  {
    program: 'Vowpal Wabbit',
    source: 'github.com/VowpalWabbit/vowpal_wabbit, progress output',
    log: lines(
      'average  since         example        example        current        current  current',
      'loss     last          counter         weight          label        predict features',
      '0.900000 0.900000            1            1.0         1.0000         0.0000       51',
      '0.700000 0.500000            2            2.0         0.0000         0.1000      104',
      '0.500000 0.300000            4            4.0         0.0000         0.1000      135',
    ),
    metric: [train],
  },
  {
    program: 'Stable-Baselines3',
    source: 'stable-baselines3.readthedocs.io, HumanOutputFormat',
    log: epochs((e, i) =>
      lines(
        '---------------------------------',
        '| rollout/           |          |',
        '|    ep_len_mean     | 21.4     |',
        `|    ep_rew_mean     | ${at(acc, i)}     |`,
        '| time/              |          |',
        `|    total_timesteps | ${e * 2048}     |`,
        '---------------------------------',
      ),
    ),
    metric: [acc],
  },
  {
    program: 'OpenAI gpt-2-simple',
    source: 'github.com/minimaxir/gpt-2-simple',
    log: epochs((e, i) => `[${e * 10} | ${e * 20.5}] loss=${at(train, i)} avg=3.30\n`),
    metric: [train],
  },
  {
    program: 'DLRM',
    source: 'github.com/facebookresearch/dlrm, dlrm_s_pytorch.py',
    log: epochs((e, i) =>
      lines(
        `Finished training it ${e * 1024}/3072 of epoch 0, 10.21 ms/it, loss ${at(train, i)}`,
        `Testing at - ${e * 1024}/3072 of epoch 0,`,
        ` accuracy ${at(acc, i)} %, best ${at(acc, i)} %`,
      ),
    ),
    metric: [acc],
  },
  {
    program: 'a tqdm bar over epochs',
    source: 'tqdm.github.io, set_postfix',
    log: epochs(
      (e, i) => `\r ${e * 33}%|███   | ${e}/3 [00:0${e}<00:02, 2.5it/s, loss=${at(train, i)}]`,
    ).concat('\n'),
    metric: [train],
  },
  {
    program: 'a table of CSV on standard output',
    source: 'a C++ program: std::cout with commas',
    log: lines(
      'epoch,train_loss,val_loss',
      ...[1, 2, 3].map((e) => `${e},${at(train, e - 1)},${at(loss, e - 1)}`),
    ),
    metric: [loss],
  },
  {
    program: 'a Java program',
    source: 'System.out.printf("Epoch=%d TrainRMSE=%.4f ValidationRMSE=%.4f%n")',
    log: lines(
      ...[1, 2, 3].map((e) => `Epoch=${e} TrainRMSE=${at(train, e - 1)} ValidationRMSE=${at(loss, e - 1)}`),
      'Best ValidationRMSE=0.47 at epoch 3',
    ),
    metric: [loss],
  },
  {
    program: 'a Rust program with tch',
    source: 'github.com/LaurentMazare/tch-rs, examples/mnist',
    log: epochs((e, i) => `epoch:    ${e} train loss:  ${at(train, i)} test acc: ${at(acc, i)}%\n`),
    metric: [acc],
  },
  {
    program: 'a Go program',
    source: 'log.Printf("epoch %d/%d: loss %.4f, validation %.4f")',
    log: epochs(
      (e, i) => `2026/01/31 10:00:0${i} epoch ${e}/3: loss ${at(train, i)}, validation ${at(loss, i)}\n`,
    ),
    metric: [loss],
  },
  {
    program: 'a program with epochs and a test score at the end',
    source: 'many scripts: the test set once, after the training',
    log: lines(
      ...[1, 2, 3].map((e) => `Epoch ${e}: train_loss=${at(train, e - 1)} val_loss=${at(loss, e - 1)}`),
      'Training finished in 12.1 s',
      'Test accuracy: 0.8120',
    ),
    metric: [loss],
  },
];
