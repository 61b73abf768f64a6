import { AWK_LOSS, type StandIn } from './stand-in.js';

/** Programs that differ in how they tell their metrics. */
export const outputPrograms: readonly StandIn[] = [
  {
    shape: 'Java, with system properties and scores by iterations',
    needs: 'node',
    program: {
      name: 'Train.js',
      text: `
const properties = {};
for (const word of process.argv.slice(2)) {
  // As commons-cli with a value separator: the second = and each , begin another value.
  const [, pair] = /^-D(.+)$/.exec(word) ?? [];
  const [key, value, ...more] = (pair ?? word).split(/[=,]/);
  if (pair === undefined || more.length > 0 || !['lr', 'epochs', 'seed', 'out.dir'].includes(key)) {
    console.error('Exception in thread "main" java.lang.IllegalArgumentException: ' + word);
    process.exit(1);
  }
  properties[key] = value;
}
const [rate, seed] = [Number(properties.lr), Number(properties.seed)];
for (let i = 1; i <= properties.epochs * 10; i++) {
  const e = i / 10 - 1;
  if (i % 10 === 0) console.error('10:00:00.123 [main] INFO o.d.o.l.ScoreIterationListener - Score at iteration ' +
    i + ' is ' + ((rate - 0.3) ** 2 + 1 / (e + 1) + seed % 97 / 10000));
}
`,
    },
    config: `
trainer:
  command: [node, Train.js, "-Dlr=\${param:lr}", "-Depochs=\${epochs}", "-Dseed=\${seed}", "-Dout.dir=\${trial_dir}"]
  report:
    pattern: 'Score at iteration (?<iteration>\\d+) is (?<val_loss>\\S+)'
    from: stderr
    epoch: iteration / 10
parameters: {lr: {values: [0.1, 0.3, 0.6]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { lr: 0.3 },
    broken: [
      {
        what: 'a pattern for other words',
        in: 'program',
        change: ['Score at iteration', 'Score after iteration'],
        says: /missing +val_loss.*\n +printed +10:00:00\.123 \[main\] INFO/,
      },
      {
        what: 'a property that the program does not know',
        in: 'config',
        change: ['-Dseed', '-Drandom.seed'],
        says: /ended +with a failure: [\s\S]*IllegalArgumentException: -Drandom.seed=/,
      },
    ],
  },
  {
    shape: 'YOLO, with a redrawn table on the screen and results.csv',
    needs: 'sh',
    program: {
      name: 'yolo.sh',
      text: `
for word in "$@"; do
  case $word in
    lr0=*) rate=\${word#lr0=} ;; epochs=*) epochs=\${word#epochs=} ;; seed=*) seed=\${word#seed=} ;;
    project=*) project=\${word#project=} ;; name=*) name=\${word#name=} ;; task=* | mode=*) ;;
    *) echo "SyntaxError: '$word' is not a valid YOLO argument." >&2; exit 1 ;;
  esac
done
mkdir -p "$project/$name/weights"
awk -v rate="$rate" -v epochs="$epochs" -v seed="$seed" -v out="$project/$name/results.csv" 'BEGIN {
  print "                  epoch,         train/box_loss,       metrics/mAP50(B)" > out
  for (e = 0; e < epochs; e++) {
    printf "\\n      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size\\n"
    for (b = 1; b <= 3; b++) printf "\\r        %d/%d         2G      1.%d       2.1         20        640: %d%%", \\
      e + 1, epochs, b, b * 33
    printf "\\n                 Class     Images  Instances      Box(P          R      mAP50\\n"
    printf "%23d,%23.5f,%23.5f\\n", e, 1.5 / (e + 1), 1 - (${AWK_LOSS}) > out
  }
}'
`,
    },
    config: `
trainer:
  command: [sh, yolo.sh, task=detect, mode=train, "\${args_no_hyphens}", "seed=\${seed}", "project=\${trial_dir}",
    name=run]
  report: {file: run/results.csv, metrics: {map: metrics/mAP50(B)}}
metric: {name: map, goal: maximize}
parameters: {lr0: {values: [0.1, 0.3, 0.6]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { lr0: 0.3 },
    broken: [
      {
        what: 'another folder than the one that is read',
        in: 'config',
        change: ['name=run', 'name=exp'],
        says: /files +exp\/results\.csv, params\.json\n.*\n +missing +map/,
      },
      {
        what: 'an argument that the program refuses',
        in: 'config',
        change: ['lr0: {', 'lr: {'],
        says: /ended +with a failure: [\s\S]*'lr=0.1' is not a valid YOLO argument/,
      },
    ],
  },
  {
    shape: 'spaCy, with a table of rows by steps',
    needs: 'sh',
    program: {
      name: 'spacy.sh',
      text: `
while [ $# -gt 0 ]; do
  case $1 in
    train) shift; continue ;; --output) out=$2 ;; --training.optimizer.learn_rate) rate=$2 ;;
    --training.max_epochs) epochs=$2 ;; --training.seed) seed=$2 ;;
    *) echo "Config validation error: $1 is not in the config" >&2; exit 1 ;;
  esac
  shift 2
done
mkdir -p "$out/model-best"
awk -v rate="$rate" -v epochs="$epochs" -v seed="$seed" 'BEGIN {
  print "E    #       LOSS TOK2VEC  LOSS TEXTCAT  CATS_SCORE  SCORE "
  print "---  ------  ------------  ------------  ----------  ------"
  for (e = 0; e <= epochs; e++)
    printf "%3d  %6d  %12.2f  %12.2f  %10.3f  %6.4f\\n", e, e * 200, 1.5, 2.5, 50, 1 - (${AWK_LOSS})
  print "Saved pipeline to output directory"
}'
`,
    },
    config: `
trainer:
  command: [sh, spacy.sh, train, --output, "\${trial_dir}/out", --training.optimizer.learn_rate, "\${param:lr}",
    --training.max_epochs, "\${epochs}", --training.seed, "\${seed}"]
  report: {pattern: '^ *\\d+ +(?<step>\\d+) +\\S+ +(?<train_loss>\\S+) +\\S+ +(?<score>\\S+)$', epoch: step / 200}
metric: {name: score}
parameters: {lr: {values: [0.1, 0.3, 0.6]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { lr: 0.3 },
    broken: [
      {
        what: 'a setting that the program refuses',
        in: 'config',
        change: ['--training.seed', '--system.seed'],
        says: /ended +with a failure: [\s\S]*Config validation error: --system.seed/,
      },
      {
        what: 'a score that never changes',
        in: 'program',
        change: [AWK_LOSS, '0.5'],
        says: /warning +The program seems to ignore "lr"/,
        isWarning: true,
      },
    ],
  },
  {
    shape: 'Hugging Face, with dictionaries whose epochs are no whole numbers',
    needs: 'sh',
    program: {
      name: 'run.sh',
      text: `
while [ $# -gt 0 ]; do
  case $1 in
    --learning_rate) rate=$2 ;; --num_train_epochs) epochs=$2 ;; --seed) seed=$2 ;; --output_dir) out=$2 ;;
    *) echo "ValueError: Some specified arguments are not used by the HfArgumentParser: ['$1']" >&2; exit 1 ;;
  esac
  shift 2
done
touch "$out/trainer_state.json"
awk -v rate="$rate" -v epochs="$epochs" -v seed="$seed" -v q="'" 'BEGIN {
  for (e = 0; e < epochs; e++) {
    for (h = 1; h <= 2; h++)
      printf "{%sloss%s: %.4f, %slearning_rate%s: 5e-05, %sepoch%s: %.2f}\\n", q, q, 2 / (e + h), q, q, q, q, e + h / 2
    printf "{%seval_loss%s: %.6f, %seval_runtime%s: 1.2, %sepoch%s: %.1f}\\n", q, q, ${AWK_LOSS}, q, q, q, q, e + 1
  }
  printf "{%strain_runtime%s: 12.3, %strain_loss%s: 0.8, %sepoch%s: %.1f}\\n", q, q, q, q, q, q, epochs
}'
`,
    },
    config: `
trainer:
  command: [sh, run.sh, --learning_rate, "\${param:lr}", --num_train_epochs, "\${epochs}", --seed, "\${seed}",
    --output_dir, "\${trial_dir}"]
  report:
    - {pattern: "'eval_loss': '?(?<val_loss>[-\\\\d.]+).*'epoch': '?(?<epoch>[\\\\d.]+)"}
    - {pattern: "'train_runtime': '?(?<train_seconds>[-\\\\d.]+)", once: true}
parameters: {lr: {values: [0.1, 0.3, 0.6]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { lr: 0.3 },
    once: ['train_seconds'],
    broken: [
      {
        what: 'no evaluation',
        in: 'program',
        change: ['eval_loss', 'eval_rouge'],
        says: /missing +val_loss/,
      },
      {
        what: 'an argument that the program refuses',
        in: 'config',
        change: ['--seed', '--random_state'],
        says: /ended +with a failure: [\s\S]*not used by the HfArgumentParser/,
      },
    ],
  },
  {
    shape: 'nanoGPT, whose configurator checks types, with steps in the place of epochs',
    needs: 'python3',
    program: {
      name: 'train.py',
      text: `
import os
import sys
from ast import literal_eval

out_dir = "out"
learning_rate = 6e-4
dropout = 0.0
max_iters = 2000
seed = 1337
for word in sys.argv[1:]:
    assert word.startswith("--"), word
    key, value = word.split("=")
    key = key[2:]
    if key not in globals():
        raise ValueError(f"Unknown config key: {key}")
    try:
        attempt = literal_eval(value)
    except (SyntaxError, ValueError):
        attempt = value
    assert type(attempt) is type(globals()[key]), (key, attempt)
    globals()[key] = attempt
os.makedirs(out_dir, exist_ok=True)
for step in range(0, max_iters + 1, 100):
    loss = (learning_rate - 0.3) ** 2 + dropout / 100 + 1 / (step + 100) + seed % 97 / 10000
    print(f"step {step}: train loss {loss / 2:.6f}, val loss {loss:.6f}")
    print(f"iter {step}: loss {loss / 2:.4f}, time 123.45ms, mfu 10.20%")
`,
    },
    config: `
trainer:
  command: [python3, train.py, "--learning_rate=\${param:lr}", "--dropout=\${param:dropout}", "--out_dir=\${trial_dir}",
    "--max_iters=\${param:iters}", "--seed=\${seed}"]
  report:
    pattern: '^step (?<step>\\d+): train loss (?<train_loss>[\\d.]+), val loss (?<val_loss>[\\d.]+)'
    epoch: step / 100
parameters: {lr: {values: [0.1, 0.3]}, dropout: {values: [0.0, 0.2]}, iters: 300, epochs: 3}
method: grid
repeats: 2
`,
    best: { lr: 0.3, dropout: 0 },
    broken: [
      {
        what: 'a key that the configurator does not know',
        in: 'config',
        change: ['--dropout', '--drop_rate'],
        says: /ended +with a failure: [\s\S]*Unknown config key: drop_rate/,
      },
      {
        what: 'a number of another type',
        in: 'config',
        change: ['values: [0.0, 0.2]', 'values: [0, 1]'],
        says: /ended +with a failure: [\s\S]*AssertionError: \('dropout', 0\)/,
      },
    ],
  },
  {
    shape: 'a test line at the end, after epochs in lines of their own',
    needs: 'sh',
    program: {
      name: 'train.sh',
      text: `
awk -v rate="$RATE" -v epochs="$FITFIRST_EPOCHS" -v seed="$FITFIRST_SEED" 'BEGIN {
  for (e = 0; e < epochs; e++) {
    printf "Epoch: %d\\n", e + 1
    printf "  train loss: %.4f\\n", 2 / (e + 1)
  }
  printf "Test accuracy: %d/100000 (%.2f%%)\\n", 100000 - 1000 * (${AWK_LOSS}), 90
}'
`,
    },
    config: `
trainer:
  command: [sh, train.sh]
  env: {RATE: "\${param:rate}"}
  report:
    - {pattern: ['Epoch: (?<epoch>\\d+)', 'train loss: (?<train_loss>\\S+)']}
    - {pattern: 'Test accuracy: (?<test_accuracy>\\S+)', once: true}
metric: {name: test_accuracy}
parameters: {rate: {values: [0.1, 0.3, 0.6]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { rate: 0.3 },
    once: ['test_accuracy'],
    broken: [
      {
        what: 'no line at the end',
        in: 'program',
        change: [/ {2}printf "Test.*\n/, ''],
        says: /missing +test_accuracy: .*\n +printed +train loss: 2/,
      },
      {
        what: 'a failure at the end, after all epochs',
        in: 'program',
        change: [/$/, 'echo "Segmentation fault" >&2; exit 139'],
        says: /ended +with a failure: The command exited with code 139: [\s\S]*Segmentation fault/,
      },
    ],
  },
];
