import { epochs, type LogSample, lines } from './log-sample.js';

const loss = [0.61, 0.52, 0.47];
const acc = [70.1, 75.2, 78.3];
const map = [0.446, 0.471, 0.502];
const train = [0.9, 0.7, 0.5];
const at = (list: readonly number[], i: number): number => list[i] ?? 0;

/** Logs of programs for pictures, text and speech. */
export const visionLogs: readonly LogSample[] = [
  {
    program: 'Ultralytics YOLOv8',
    source: 'docs.ultralytics.com, ultralytics/engine/trainer.py',
    log: epochs((e, i) =>
      lines(
        '',
        '      Epoch    GPU_mem   box_loss   cls_loss   dfl_loss  Instances       Size',
        `        ${e}/3         0G      1.219      ${at(train, i)}      1.215         23        640: ` +
          `100%|██████████| 8/8`,
        '                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): 100%|███| 2/2',
        `                   all        128        929      0.642      0.512      0.606      ${at(map, i)}`,
      ),
    ),
    metric: [map, [0.606, 0.606, 0.606]],
  },
  {
    program: 'YOLOv5',
    source: 'github.com/ultralytics/yolov5, train.py',
    log: epochs(
      (e, i) =>
        lines(
          '     Epoch   gpu_mem       box       obj       cls    labels  img_size',
          `       ${e}/2     3.47G   0.04354   0.06921   ${at(train, i)}       226       640: 100%|██████████| 8/8`,
          '               Class     Images     Labels          P          R     mAP@.5 mAP@.5:.95: 100%|██| 4/4',
          `                 all        128        929      0.658      0.531      0.602      ${at(map, i)}`,
        ),
      0,
    ),
    metric: [map, [0.602, 0.602, 0.602]],
  },
  {
    program: 'spaCy',
    source: 'spacy.io/api/cli#train, console logger',
    log: lines(
      'E    #       LOSS TOK2VEC  LOSS NER  ENTS_F  ENTS_P  ENTS_R  SCORE ',
      '---  ------  ------------  --------  ------  ------  ------  ------',
      '  0       0          0.00     45.10    0.00    0.00    0.00    0.00',
      '  0     200         32.47   1985.45   61.10   60.10   62.10    0.61',
      '  1     400         82.00   1185.40   70.10   70.10   70.10    0.70',
      '  2     600         90.00    985.40   75.10   75.10   75.10    0.75',
    ),
    metric: [
      [0.61, 0.7, 0.75],
      [61.1, 70.1, 75.1],
    ],
  },
  {
    program: 'torchvision references',
    source: 'github.com/pytorch/vision, references/classification',
    log: epochs(
      (e, i) =>
        lines(
          `Epoch: [${e}]  [  0/100]  eta: 0:01:00  lr: 0.1  loss: 6.9 (6.9)  acc1: 0.0 (0.0)  time: 0.6`,
          `Epoch: [${e}]  [ 10/100]  eta: 0:00:50  lr: 0.1  loss: 6.5 (6.7)  acc1: 1.0 (0.5)  time: 0.5`,
          `Epoch: [${e}] Total time: 0:01:00`,
          `Test:  Acc@1 ${at(acc, i)}0 Acc@5 ${at(acc, i) + 10}`,
        ),
      0,
    ),
    metric: [acc],
  },
  {
    program: 'timm',
    source: 'github.com/huggingface/pytorch-image-models, train.py',
    log: epochs(
      (e, i) =>
        lines(
          `Train: ${e} [   0/78 (  0%)]  Loss: 6.9 (6.9)  Time: 1.1s,   90.1/s  LR: 1.0e-05`,
          `Train: ${e} [  50/78 ( 65%)]  Loss: 6.1 (6.5)  Time: 0.9s,  100.1/s  LR: 1.0e-05`,
          `Test: [   0/10]  Time: 0.800 (0.800)  Loss:  0.9 (0.9)  Acc@1: 70.0 (70.0)  Acc@5: 90.0 (90.0)`,
          ` * Acc@1 ${at(acc, i)} (29.9) Acc@5 ${at(acc, i) + 10} (10.1)`,
        ),
      0,
    ),
    metric: [acc],
  },
  {
    program: 'MMDetection 3',
    source: 'mmengine.readthedocs.io, LoggerHook',
    log: epochs((e, i) =>
      lines(
        `01/31 10:00:00 - mmengine - INFO - Epoch(train)  [${e}][50/100]  lr: 1.0e-03  eta: 0:10:00  loss: 1.21`,
        `01/31 10:00:30 - mmengine - INFO - Epoch(train)  [${e}][100/100]  lr: 1.0e-03  eta: 0:09:00  loss: 1.11`,
        `01/31 10:01:00 - mmengine - INFO - Epoch(val) [${e}][50/50]    coco/bbox_mAP: ${at(map, i)}  ` +
          `coco/bbox_mAP_50: 0.6`,
      ),
    ),
    metric: [map],
  },
  {
    program: 'Detectron2',
    source: 'detectron2.readthedocs.io, CommonMetricPrinter',
    log: epochs(
      (_, i) =>
        `[01/31 10:0${i}:00 d2.utils.events]:  eta: 0:10:00  iter: ${i * 20 + 19}  total_loss: ${at(train, i)}  ` +
        'loss_cls: 0.7  loss_box_reg: 0.3  time: 0.30  lr: 0.00049  max_mem: 2000M\n',
    ),
    metric: [train],
  },
  {
    program: 'darknet',
    source: 'github.com/AlexeyAB/darknet, detector.c',
    log: epochs((e, i) =>
      lines(
        ` ${e}: ${at(train, i) + 1}, ${at(train, i)} avg loss, 0.001000 rate, 3.21 seconds, ${e * 64} ` +
          `images, 9.1 hours left`,
        'Loaded: 0.000043 seconds',
      ),
    ),
    metric: [train],
  },
  {
    program: 'fairseq',
    source: 'fairseq.readthedocs.io, simple progress bar',
    log: epochs((e, i) =>
      lines(
        `2026-01-31 10:00:00 | INFO | train_inner | epoch 00${e}:  100 / 200 loss=9.1, ppl=550.1, wps=1000, lr=1e-05`,
        `2026-01-31 10:01:00 | INFO | valid | epoch 00${e} | valid on 'valid' subset | loss ` +
          `${at(loss, i)} | ppl 34.1 | wps 9000`,
        `2026-01-31 10:01:01 | INFO | train | epoch 00${e} | loss ${at(train, i)} | ppl 90.1 | wps 900 | ups 2.1`,
      ),
    ),
    metric: [loss, [34.1, 34.1, 34.1]],
  },
  {
    program: 'OpenNMT-py',
    source: 'opennmt.net, onmt/utils/report_manager.py',
    log: epochs((e, i) =>
      lines(
        `[2026-01-31 10:00:00,123 INFO] Step ${e * 500 - 450}/ 1500; acc:  20.1; ppl: 99.10; xent: 4.5; lr: 1.0`,
        `[2026-01-31 10:00:30,123 INFO] Step ${e * 500}/ 1500; acc:  25.1; ppl: 79.10; xent: 4.1; lr: 1.0`,
        `[2026-01-31 10:01:00,123 INFO] Validation perplexity: ${at(loss, i)}`,
        `[2026-01-31 10:01:00,124 INFO] Validation accuracy: ${at(acc, i)}`,
      ),
    ),
    metric: [loss, acc],
  },
  {
    program: 'Megatron-LM',
    source: 'github.com/NVIDIA/Megatron-LM, evaluate_and_print_results',
    log: epochs((e, i) =>
      lines(
        ` iteration ${e * 100}/ 300 | consumed samples: 800 | learning rate: 1.5E-05 | lm loss: ` +
          `${at(train, i)}E+00 |`,
        '-'.repeat(60),
        ` validation loss at iteration ${e * 100} | lm loss value: ${at(loss, i)}E+00 | lm loss PPL: 1.9E+01 | `,
        '-'.repeat(60),
      ),
    ),
    metric: [loss, [19, 19, 19]],
  },
  {
    program: 'ESPnet2',
    source: 'espnet.github.io, espnet2/train/reporter.py',
    log: epochs(
      (e, i) =>
        `[host] 2026-01-31 10:0${i}:00,123 (trainer:338) INFO: ${e}epoch results: [train] iter_time=0.1, ` +
        `loss=${at(train, i)}, time=2 minutes, [valid] loss=${at(loss, i)}, acc=0.6, time=10 seconds\n`,
    ),
    metric: [loss, [0.6, 0.6, 0.6]],
  },
  {
    program: 'TensorFlow Estimator',
    source: 'tensorflow.org, Estimator.evaluate',
    log: epochs((e, i) =>
      lines(
        `INFO:tensorflow:loss = 0.9, step = ${e * 1000 - 900} (0.350 sec)`,
        `INFO:tensorflow:loss = 0.8, step = ${e * 1000 - 800} (0.350 sec)`,
        `INFO:tensorflow:Saving dict for global step ${e * 1000}: accuracy = ${at(acc, i)}, ` +
          `global_step = ${e * 1000}, loss = ${at(loss, i)}`,
      ),
    ),
    metric: [acc, loss],
  },
];
