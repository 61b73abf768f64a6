import { AWK_LOSS, type StandIn } from './stand-in.js';

const LOSS = '(rate - 0.3) ** 2 + 1 / (e + 1) + seed % 97 / 10000';

/** Programs that differ in how they take their parameters. */
export const argumentPrograms: readonly StandIn[] = [
  {
    shape: 'argparse with nargs and flags',
    needs: 'python3',
    program: {
      name: 'train.py',
      text: `
import argparse
options = argparse.ArgumentParser()
options.add_argument("--lr", type=float, required=True)
options.add_argument("--layers", type=int, nargs="+", required=True)
options.add_argument("--amsgrad", action="store_true")
options.add_argument("--epochs", type=int, default=3)
options.add_argument("--seed", type=int, default=0)
chosen = options.parse_args()
rate, seed = chosen.lr, chosen.seed
for e in range(chosen.epochs):
    loss = ${LOSS} + len(chosen.layers) / 100 + chosen.amsgrad / 100
    print(f"Epoch {e + 1}/{chosen.epochs}: train_loss={loss / 2:.6f}, val_loss={loss:.6f}")
`,
    },
    config: `
trainer:
  command: [python3, train.py, "\${args_nargs}", --seed, "\${seed}"]
  report: {pattern: 'Epoch (?<epoch>\\d+)/\\d+: train_loss=(?<train_loss>[\\d.]+), val_loss=(?<val_loss>\\S+)'}
parameters:
  lr: {values: [3e-1, 1e-3]}
  layers: {values: [[16, 8], [8]]}
  amsgrad: {values: [true, false]}
  epochs: 3
method: grid
repeats: 2
`,
    best: { lr: 0.3, layers: [8], amsgrad: false },
    broken: [
      {
        what: 'a wrong flag',
        in: 'config',
        change: [/lr: {/, 'learning_rate: {'],
        says: /ended +with a failure: The command exited with code 2: [\s\S]*required: --lr/,
      },
      {
        what: 'a seed that is wired in',
        in: 'program',
        change: ['chosen.seed\n', '42\n'],
        says: /warning +Repeats of a setting give the same numbers to the last digit/,
        isWarning: true,
      },
    ],
  },
  {
    shape: 'Hydra, whose overrides allow no = or , in a value',
    needs: 'node',
    program: {
      name: 'train.cjs',
      text: `
const known = { model: ['dropout'], optim: ['lr'], hydra: ['run.dir'], '': ['epochs', 'seed'] };
const options = {};
for (const word of process.argv.slice(2)) {
  const [, key, value] = /^([\\w.]+)=(.*)$/.exec(word) ?? fail('mismatched input in ' + word);
  if (/[=,{}:]/.test(value)) fail('Ambiguous value for argument ' + word + ', use quotes');
  const [group, ...rest] = key.includes('.') ? key.split('.') : ['', key];
  if (!known[group]?.includes(rest.join('.'))) fail("Could not override '" + key + "'. Key is not in struct");
  options[key] = value;
}
function fail(why) { console.error(why); process.exit(1); }
const fs = require('node:fs');
fs.mkdirSync(options['hydra.run.dir'], { recursive: true });
fs.writeFileSync(options['hydra.run.dir'] + '/train.log', '');
const [rate, seed] = [Number(options['optim.lr']), Number(options.seed)];
for (let e = 0; e < options.epochs; e++) {
  const loss = ${LOSS} + Number(options['model.dropout']) / 100;
  console.log('[2026-01-31 10:00:00,123][__main__][INFO] - epoch=' + e + ' train/loss=0.9 val/loss=' + loss);
}
`,
    },
    config: `
trainer:
  command: [node, train.cjs, "\${args_no_hyphens}", "seed=\${seed}", "hydra.run.dir=\${trial_dir}/hydra"]
  report: {pattern: 'epoch=(?<epoch>\\d+) train/loss=\\S+ val/loss=(?<val_loss>\\S+)'}
parameters:
  optim.lr: {values: [0.1, 0.3]}
  model.dropout: {values: [0.0, 0.5]}
  epochs: 3
method: grid
repeats: 2
`,
    best: { 'optim.lr': 0.3, 'model.dropout': 0 },
    broken: [
      {
        what: 'a key that the program does not have',
        in: 'config',
        change: ['model.dropout', 'model.p'],
        says: /ended +with a failure: [\s\S]*Could not override 'model.p'/,
      },
      {
        what: 'a program that ignores the seed',
        in: 'program',
        change: ['Number(options.seed)', '1'],
        says: /warning +Repeats of a setting give the same numbers/,
        isWarning: true,
      },
    ],
  },
  {
    shape: 'fire, with a command, lists, and flags that are all taken',
    needs: 'node',
    program: {
      name: 'train.cjs',
      text: `
const [command, ...words] = process.argv.slice(2);
if (command !== 'fit') { console.error('ERROR: Could not consume arg: ' + command); process.exit(2); }
const { rate = 0.1, sizes = [8], bias = true, epochs = 3, seed = 0 } = Object.fromEntries(words.map((word) => {
  const [, key, value] = /^--(\\w+)=(.*)$/.exec(word);
  return [key, JSON.parse(value.replace('True', 'true').replace('False', 'false'))];
}));
for (let e = 0; e < epochs; e++) {
  console.log('epoch', e + 1, 'of', epochs);
  console.log(JSON.stringify({ epoch: e + 1, val_loss: ${LOSS} + sizes.length / 100 + bias / 100, lr: rate }));
}
`,
    },
    config: `
trainer:
  command: [node, train.cjs, fit, "\${args}", "--seed=\${seed}"]
  report: stdout
parameters:
  rate: {values: [0.1, 0.3]}
  sizes: {values: [[8, 8], [8]]}
  bias: {values: [true, false]}
  epochs: 3
method: grid
repeats: 2
`,
    best: { rate: 0.3, sizes: [8], bias: false },
    broken: [
      {
        what: 'a wrong name that the program swallows',
        in: 'config',
        change: ['rate: {', 'lr: {'],
        says: /warning +The program seems to ignore "lr": trials that differ in it alone give the same numbers/,
        isWarning: true,
      },
      {
        what: 'a missing command',
        in: 'config',
        change: [' fit,', ''],
        says: /ended +with a failure: [\s\S]*Could not consume arg/,
      },
    ],
  },
  {
    shape: 'positional arguments',
    needs: 'sh',
    program: {
      name: 'train.sh',
      text: `
[ $# -eq 4 ] || { echo "usage: train.sh RATE EPOCHS SEED OUT" >&2; exit 64; }
touch "$4/model.bin"
awk -v rate="$1" -v epochs="$2" -v seed="$3" 'BEGIN {
  for (e = 0; e < epochs; e++) printf "%d/%d - loss: 0.9000 - val_loss: %.6f\\n", e + 1, epochs, ${AWK_LOSS}
}'
`,
    },
    config: `
trainer:
  command: [sh, train.sh, "\${param:rate}", "\${epochs}", "\${seed}", "\${trial_dir}"]
  report: {pattern: '^(?<epoch>\\d+)/\\d+ - loss: (?<train_loss>\\S+) - val_loss: (?<val_loss>\\S+)'}
parameters: {rate: {values: [0.1, 0.3, 0.6]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { rate: 0.3 },
    broken: [
      {
        what: 'an argument too few',
        in: 'config',
        change: [/, "\$\{seed\}"/, ''],
        says: /ended +with a failure: The command exited with code 64: usage: train.sh/,
      },
      {
        what: 'no line of the metric',
        in: 'program',
        change: [' - val_loss: %.6f', ''],
        says: /missing +val_loss: a trial has to report it\.\n +printed +1\/3 - loss: 0\.9000\n/,
      },
    ],
  },
  {
    shape: 'a JSON config',
    needs: 'node',
    program: {
      name: 'train.cjs',
      text: `
const fs = require('node:fs');
const path = process.argv[2];
const { model, optimizer: { rate }, trainer: { epochs }, seed } = JSON.parse(fs.readFileSync(path, 'utf8'));
const out = require('node:path').dirname(path) + '/metrics.jsonl';
for (let e = 0; e < epochs; e++)
  fs.appendFileSync(out, JSON.stringify({ epoch: e, 'val/loss': ${LOSS} + model.layers[1].dropout / 100 }) + '\\n');
console.log('parameters:', 1000 * model.layers.length);
`,
    },
    files: {
      'base.json': `{"model": {"layers": [{"dropout": 0}, {"dropout": 0}]}, "optimizer": {"rate": 1, "name": "sgd"},
"trainer": {"epochs": 100}, "seed": 1}`,
    },
    config: `
trainer:
  command: [node, train.cjs, "\${trial_dir}/config.json"]
  config_files:
    config.json:
      template: base.json
      set: {"model.layers[1].dropout": "\${param:dropout}", optimizer.rate: "\${param:rate}",
        trainer.epochs: "\${epochs}", seed: "\${seed}"}
  report:
    - {file: metrics.jsonl, metrics: {val_loss: val/loss}}
    - {pattern: 'parameters: (?<weights>\\d+)', once: true}
parameters: {rate: {values: [0.1, 0.3]}, dropout: {values: [0.0, 0.5]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { rate: 0.3, dropout: 0 },
    once: ['weights'],
    broken: [
      {
        what: 'a path that the template does not have',
        in: 'config',
        change: ['optimizer.rate', 'optimizer.lr'],
        says: /campaign\.yaml:7:\d+ {2}base\.json has no "lr" in "optimizer"/,
      },
      {
        what: 'another name of the metric',
        in: 'program',
        change: ["'val/loss'", "'valid/loss'"],
        says: /missing +val_loss/,
      },
    ],
  },
  {
    shape: 'a nested YAML config',
    needs: 'node',
    program: {
      name: 'train.cjs',
      text: `
const fs = require('node:fs');
const [config, out] = process.argv.slice(2);
const text = fs.readFileSync(config, 'utf8');
const number = (name) => Number(new RegExp('^ *(?:- )?' + name + ': ([-+.e0-9]+)', 'm').exec(text)[1]);
const [rate, seed] = [number('lr'), number('seed')];
const history = { loss: [], val_loss: [] };
for (let e = 0; e < number('epochs'); e++) {
  history.loss.push(1 / (e + 1));
  history.val_loss.push(${LOSS} + number('dropout') / 100);
}
fs.writeFileSync(out + '/history.json', JSON.stringify(history));
`,
    },
    files: {
      'base.yaml': `
# What the trainer reads
model:
  blocks:
    - kind: conv
    - kind: dense
      dropout: 0.1 # of this block
train: {epochs: 50}
optimizer:
  lr: 1.0e-3
seed: 0
`.replace('{epochs: 50}', '\n  epochs: 50'),
    },
    config: `
trainer:
  command: [node, train.cjs, "\${trial_dir}/config.yaml", "\${trial_dir}"]
  config_files:
    config.yaml:
      template: base.yaml
      set: {"model.blocks[1].dropout": "\${param:dropout}", optimizer.lr: "\${param:lr}",
        train.epochs: "\${epochs}", seed: "\${seed}"}
  report: {file: history.json}
parameters: {lr: {values: [0.1, 0.3]}, dropout: {values: [0.0, 0.5]}, epochs: 3}
method: grid
repeats: 2
`,
    best: { lr: 0.3, dropout: 0 },
    broken: [
      {
        what: 'a program that crashes before it writes',
        in: 'program',
        change: ['fs.writeFileSync', "throw new Error('CUDA error: out of memory'); fs.writeFileSync"],
        says: /ended +with a failure: [\s\S]*CUDA error: out of memory/,
      },
      {
        what: 'epochs that the program does not read',
        in: 'program',
        change: ["number('epochs')", '2'],
        says: /warning +A trial was asked for 3 epochs and reported 2/,
        isWarning: true,
      },
    ],
  },
];
