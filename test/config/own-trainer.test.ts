// biome-ignore-all lint/suspicious/noTemplateCurlyInString: macros are written so
import { describe, expect, it, vi } from 'vitest';
import { trainingIdentity } from '../../src/config/identity/training-identity.js';
import { readConfig } from '../../src/config/load-config.js';

const sound = `
trainer:
  command: [python3, train.py, "\${args}"]
  report: {pattern: 'epoch (?<epoch>\\d+) acc (?<acc>\\S+) val (?<val_loss>\\S+)'}
  timeout: 90s
  max_rss: 2GiB
  env: {THREADS: 1}
metric: {name: val_loss}
parameters:
  units: {values: [4, 8]}
  drop: {values: [0, 0.5]}
  augment: {values: [none, flip]}
  epochs: 20
fit_first:
  grow: units
  dropout: [drop, augment]
  off: {augment: none}
  fit: {metric: acc, reach: 0.9}
`;

const read = (text: string) => readConfig(text, '/tmp/own.yaml');

function mistakesIn(text: string): string {
  try {
    read(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

describe('a config with a command as its trainer', () => {
  it('may have words that are too long for the name of a file', () => {
    const script = 'true; '.repeat(80);
    expect(mistakesIn(sound.replace('[python3, train.py,', `[sh, -c, "${script}",`))).toBe('');
  });

  it('needs no data, takes any parameter, and runs everything once', () => {
    const { config } = read(sound);
    expect(config).toMatchObject({
      data: null,
      trainer: {
        kind: 'command',
        options: {
          cwd: '/tmp',
          timeout: 90_000,
          maxRss: 2 * 1024 * 1024 * 1024,
          grace: 10_000,
          env: { THREADS: '1' },
        },
      },
      metric: { name: 'val_loss', goal: 'minimize' },
      defaults: {},
      epochs: 20,
      repeats: { first: 1, most: 1 },
      plan: {
        stages: [
          { name: 'grow', role: 'grow' },
          { name: 'dropout', role: 'race' },
          { name: 'finish', role: 'finish' },
        ],
        regularisers: [
          { name: 'drop', off: 0 },
          { name: 'augment', off: 'none' },
        ],
        options: { confirm: 0, fit: { repeats: 1, failed: 'missing' } },
      },
      retries: 1,
      maxFailures: 10,
    });
  });

  it('is the same to its trials whatever their limits are, and another with another command', () => {
    const identity = (text: string): string => trainingIdentity(read(text).config, null);
    expect(identity(sound.replace('90s', '2h').replace('2GiB', '1GB'))).toBe(identity(sound));
    expect(identity(sound.replace('train.py', 'other.py'))).not.toBe(identity(sound));
  });

  it.each([
    [
      'a metric that the pattern does not find',
      ['metric: {name: val_loss}', 'metric: {name: loss}'],
      'own.yaml:4:21  metric.name is "loss", but the pattern has no group of that name; it has ' +
        '"epoch", "acc" and "val_loss". Call a group "loss", or name another metric, as in ' +
        'metric: {name: acc}.',
    ],
    ['an unknown macro', ['${args}', '${arg}'], 'unknown macro ${arg}'],
    ['a duration that is none', ['90s', '90'], 'own.yaml:5:12  trainer.timeout is 90; expected a text'],
    ['a duration without unit', ['90s', '"90"'], 'expected a duration such as 90s'],
    ['an unknown key', ['timeout', 'time_out'], 'unknown key "time_out" in trainer. Did you mean "timeout"?'],
    [
      'a metric of which nobody knows what is better',
      ['metric: acc', 'metric: val_loss, goal: maximize}\nmetric: {name: q'],
      'twice',
    ],
    ['no target for the fit', ['reach: 0.9', 'repeats: 2'], 'fit_first.fit.reach is missing'],
    [
      'a plateau in place of a target',
      ['reach: 0.9', 'reach: plateau'],
      'fit_first.fit.reach is plateau; expected a number, as fitfirst does not know the best possible',
    ],
    [
      'a scarce thing of which nobody knows how many there are',
      ['env:', 'resources: {licence: 1}\n  env:'],
      'Say how many there are',
    ],
  ])('is refused for %s', (_, [from = '', to = ''], words) => {
    expect(mistakesIn(sound.replace(from, to))).toContain(words);
  });

  it('counts the GPUs that this process may use, and says so where a trial needs more', () => {
    const wanting = (gpus: number): string => sound.replace('env:', `resources: {gpu: ${gpus}}\n  env:`);
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '2,5');
    try {
      expect(read(wanting(2)).config.trainer).toMatchObject({
        options: { resources: { gpu: { each: 2, names: ['2', '5'] } } },
      });
      expect(mistakesIn(wanting(3))).toContain('a trial needs 3 of gpu, and 2 can be seen here');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('says that val_loss is the metric where nothing else is said', () => {
    const text = sound.replace('metric: {name: val_loss}\n', '').replace('(?<val_loss>', '(?<val>');
    expect(mistakesIn(text)).toContain(
      'metric.name is "val_loss" where nothing else is said, but the pattern has no group of ' +
        'that name; it has "epoch", "acc" and "val". ' +
        'Call a group "val_loss", or name another metric, as in metric: {name: acc}.',
    );
  });

  it('says where the keys of a W&B sweep belong that was pasted whole', () => {
    const sweep = `
program: train.py
method: grid
metric: {name: val_loss}
parameters: {lr: {values: [1, 2]}}
run_cap: 10
early_terminate: {type: hyperband}
command: ["\${env}", "\${interpreter}", "\${program}", "\${args}"]
`;
    const mistakes = mistakesIn(sweep);
    expect(mistakes).toContain('own.yaml:2:1  unknown key "program". It belongs in trainer');
    expect(mistakes).toContain('own.yaml:6:1  unknown key "run_cap". Here it is budget');
    expect(mistakes).toContain('own.yaml:7:1  unknown key "early_terminate". Here it is stop_early: median');
    expect(mistakes).toContain('own.yaml:8:1  unknown key "command". It belongs in trainer');
    expect(mistakes).not.toContain('"data"');
    expect(mistakes).not.toContain('"lr"');
  });

  it.each([
    ['{comand: [python3, t.py]}', 'unknown key "comand" in trainer. Did you mean "command"?'],
    ['{comand: [python3, t.py], executor: commands}', 'Did you mean "command"?'],
    ['{modul: t.js}', 'unknown key "modul" in trainer. Did you mean "module"?'],
  ])('takes a misspelt kind of trainer for the one that was meant: %s', (trainer, message) => {
    const mistakes = mistakesIn(`trainer: ${trainer}\nparameters: {x: {values: [1, 2]}}\nmethod: grid\n`);
    expect(mistakes).toContain(message);
    expect(mistakes).not.toContain('cannot run');
  });

  it('asks for the goal of a metric whose name does not say it', () => {
    const text = 'trainer: {command: [x]}\nmetric: {name: quality}\nparameters: {a: 1}\nmethod: grid\n';
    expect(mistakesIn(text)).toContain('metric.goal is missing');
    expect(read(text.replace('quality', 'quality, goal: maximize')).config.metric.goal).toBe('maximize');
  });
});
