import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';

function mistakesIn(
  method: string,
  parameters = 'hidden: {values: [4, 8]}, epochs: 27',
  trainer = '',
): string[] {
  const data = trainer === '' ? 'data: {generate: moons}\n' : 'metric: {name: loss, goal: minimize}\n';
  try {
    readConfig(`method: ${method}\n${trainer}${data}parameters: {${parameters}}\n`, 'c.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    return error.message.split('\n');
  }
}

const command = 'trainer: {command: [node, train.js]}\n';

describe('methods that compare after some of the epochs', () => {
  it('are taken', () => {
    expect(mistakesIn('{halving: {trials: 9}}')).toEqual([]);
    expect(mistakesIn('{hyperband: {}}')).toEqual([]);
    expect(
      mistakesIn('{hyperband: {max_epochs: 9, sampler: tpe}}', 'rate: {values: [1, 2]}', command),
    ).toEqual([]);
  });

  it.each([
    [
      'need a number of epochs',
      ['{halving: {trials: 9}}', 'rate: {values: [1, 2]}', command],
      'c.yaml:1:19  halving compares trials after some of their epochs, and the parameter epochs is missing. ' +
        'Add it under parameters, as in epochs: 81, or write max_epochs.',
    ],
    [
      'need a minimum that is not above the maximum',
      ['{hyperband: {min_epochs: 30}}'],
      'c.yaml:1:34  hyperband.min_epochs is 30, above the parameter epochs, 27.',
    ],
    [
      'need two rungs',
      ['{hyperband: {min_epochs: 5, max_epochs: 14}}'],
      'c.yaml:1:49  hyperband needs at least two rungs: expected max_epochs to be at least eta x min_epochs, 15; ' +
        'found 14.',
    ],
    [
      'need an eta of at least 2',
      ['{hyperband: {eta: 1}}'],
      'c.yaml:1:27  method.hyperband.eta is 1; expected a whole number from 2 to 100.',
    ],
    [
      'need enough settings for a second rung',
      ['{halving: {trials: 2}}'],
      'c.yaml:1:28  halving.trials is 2; expected at least eta, 3, so that the best can go on.',
    ],
    [
      'take no more settings than other searches',
      ['{hyperband: {eta: 2, max_epochs: 1000000}}'],
      'c.yaml:1:21  hyperband starts with 1,111,429 settings; at most 100,000 are taken. Raise min_epochs or eta.',
    ],
    [
      'stop poor settings themselves',
      ['{halving: {trials: 9}}\nstop_early: median'],
      'c.yaml:2:13  stop_early does not go with halving, which stops poor settings itself. Leave one of them out.',
    ],
    [
      'know their samplers',
      ['{hyperband: {sampler: tp}}'],
      'c.yaml:1:31  method.hyperband.sampler is "tp" (a text); expected random, sobol or tpe. Did you mean "tpe"?',
    ],
  ] as const)('%s', (_, [method, parameters, trainer], line) => {
    expect(mistakesIn(method, parameters, trainer)).toEqual([line]);
  });
});

describe('stopping early', () => {
  it('goes with every other method', () => {
    for (const method of ['grid', '{random: {trials: 9}}', '{tpe: {trials: 9}}'])
      for (const rule of ['{percentile: 25}', '{patience: 0.2}', '{percentile: 25, patience: 0.2}'])
        expect(mistakesIn(`${method}\nstop_early: ${rule}`)).toEqual([]);
  });

  it.each([
    [
      'needs several reports',
      ['grid\nstop_early: median', 'hidden: {values: [4, 8]}, epochs: 20, report_every: 20'],
      'c.yaml:2:13  stop_early compares trials before their last epoch, and the metric is reported once: found 20 ' +
        'epochs and report_every 20. Expected several reports.',
    ],
    [
      'needs a number of epochs',
      ['{random: {trials: 9}}\nstop_early: median', 'rate: {min: 0, max: 1}', command],
      'c.yaml:2:13  stop_early compares trials after a share of their epochs, and the parameter epochs is missing. ' +
        'Add it under parameters, as in epochs: 20.',
    ],
    [
      'needs a share of the epochs as patience',
      ['grid\nstop_early: {patience: 10}'],
      'c.yaml:2:24  stop_early.patience is 10; expected a number above 0 and below 1.',
    ],
    [
      'has no patience where the last epoch counts',
      ['grid\ncheckpoint: last\nstop_early: {patience: 0.2}'],
      'c.yaml:3:13  stop_early.patience ends a trial whose best epoch is past, and checkpoint: last scores its last ' +
        'epoch. Leave one of them out.',
    ],
    [
      'needs several reports for patience, too',
      ['grid\nstop_early: {patience: 0.2}', 'hidden: {values: [4, 8]}, epochs: 20, report_every: 20'],
      'c.yaml:2:13  stop_early ends trials before their last epoch, and the metric is reported once: found 20 ' +
        'epochs and report_every 20. Expected several reports.',
    ],
    [
      'needs a warm-up below 1',
      ['grid\nstop_early: {warmup: 1}'],
      'c.yaml:2:22  stop_early.warmup is 1; expected a number at least 0 and below 1.',
    ],
  ] as const)('%s', (_, [method, parameters, trainer], line) => {
    expect(mistakesIn(method, parameters, trainer)).toEqual([line]);
  });
});
