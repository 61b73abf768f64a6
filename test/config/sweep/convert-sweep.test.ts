// biome-ignore-all lint/suspicious/noTemplateCurlyInString: macros are written so
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../../src/config/load-config.js';
import { convertSweep } from '../../../src/config/sweep/convert-sweep.js';

const SWEEP = `
program: train.py
project: faces
description: Which optimiser?
method: bayes
run_cap: 40
metric: {name: val_acc, goal: maximize, target: 0.99}
early_terminate: {type: hyperband, min_iter: 3}
command: ["\${env}", python3, "\${program}", "\${args_no_hyphens}"]
parameters:
  epochs: {value: 10}
  batch_size: {values: [32, 64]}
  lr: {distribution: log_uniform, min: -9.21034, max: -2.302585}
  dropout: {min: 0.0, max: 0.5}
  decay: {distribution: inv_log_uniform_values, min: 0.001, max: 0.1}
  optimizer:
    parameters:
      name: {values: [adam, sgd]}
      momentum: {distribution: q_uniform, min: 0, max: 1, q: 0.1}
controller: {type: local}
`;

describe('a W&B sweep', () => {
  const { text, notes } = convertSweep(SWEEP, 'sweep.yaml');

  it('becomes a sound config', () => {
    expect(parse(text)).toEqual({
      name: 'faces',
      trainer: { command: ['${env}', 'python3', '${program}', '${args_no_hyphens}'], program: 'train.py' },
      metric: { name: 'val_acc', goal: 'maximize' },
      parameters: {
        epochs: { value: 10 },
        batch_size: { values: [32, 64] },
        lr: { distribution: 'log_uniform_values', min: 0.000100000037, max: 0.100000009 },
        dropout: { min: 0, max: 0.5 },
        decay: { distribution: 'log_uniform_values', min: 0.001, max: 0.1 },
        'optimizer.name': { values: ['adam', 'sgd'] },
        'optimizer.momentum': { distribution: 'q_uniform', min: 0, max: 1, q: 0.1 },
      },
      method: { tpe: { trials: 40 } },
    });
    expect(readConfig(text, '/sweep.yaml').config).toMatchObject({ name: 'faces', epochs: 10 });
  });

  it('has a comment on each part that changed or has no equivalent', () => {
    const said = [
      'Made from the W&B sweep sweep.yaml.',
      'Which optimiser?',
      'project faces: fitfirst has no projects.',
      'target 0.99 has no equivalent',
      'lr: log_uniform has exponents of e as bounds',
      'decay: fitfirst has no inv_log_uniform_values. log_uniform_values over the same range takes its place.',
      'optimizer: its nested parameters become optimizer.NAME',
      'method bayes: fitfirst has tpe',
      'early_terminate (min_iter 3): stop_early: median ends trials that fall behind',
      'Without an equivalent: controller.',
    ];
    for (const sentence of said) expect(text).toContain(`# ${sentence}`);
    expect(notes).toHaveLength(6);
  });

  it.each([
    ['method: grid\nrun_cap: 5\nparameters: {a: {values: [1, 2]}}', 'grid'],
    ['method: random\nparameters: {a: {values: [1, 2]}}', { random: { trials: 50 } }],
  ])('keeps its method: %s', (sweep, method) => {
    expect(parse(convertSweep(sweep, 's.yaml').text).method).toEqual(method);
  });

  it.each(['- 1', 'a: 1', 'parameters: ['])('is named if it is none: %s', (sweep) => {
    expect(() => convertSweep(sweep, 's.yaml')).toThrow(/^s\.yaml: (?:this is no W&B sweep|not valid YAML)/);
  });
});
