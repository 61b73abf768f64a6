import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';

function read(text: string) {
  return readConfig(text, 'c.yaml').config;
}

/** The lines that a config is refused with. */
function mistakesIn(text: string): string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    return error.message.split('\n');
  }
}

/** A config that grows, with what line 2 says of the size and line 3 of the method. */
const growing = (hidden: string, options = ''): string =>
  `parameters:\n  hidden: ${hidden}\nfit_first: {grow: hidden, dropout: [dropout]${options}}\n` +
  'data: {path: x.csv, target: y}\nmethod: fit_first\n';
const sound = (hidden: string, options = ''): string =>
  growing(hidden, options).replace('\nfit_first', '\n  dropout: {values: [0, 0.5]}\nfit_first');

describe('an open range', () => {
  it('doubles by default, and has limits by default', () => {
    expect(read(sound('{from: 8}')).plan.growth).toMatchObject({
      sizes: [8],
      open: { step: { kind: 'times', by: 2 }, resolution: 1.5 },
      until: { cost: { unit: 'multiply-adds', limit: 3e11 }, trials: null, size: 4096 },
    });
  });

  it('may begin above the largest size by default, which is then the first', () => {
    expect(read(sound('{from: 8192}')).plan.growth?.until?.size).toBe(8192);
  });

  it('goes up by a number, or scales lists of widths', () => {
    expect(read(sound('{from: 8, plus: 16}')).plan.growth?.open).toEqual({
      step: { kind: 'plus', by: 16 },
      resolution: null,
    });
    expect(read(sound('{from: [64, 32], times: 1.5}')).plan.growth?.sizes).toEqual([[64, 32]]);
  });

  it('takes the limits that the config sets', () => {
    const limits = ', grow_until: {cost: 50x, trials: 90, size: 512}, resolution: 1.2, fit: {reach: plateau}';
    expect(read(sound('{from: 8}', limits)).plan.growth).toMatchObject({
      open: { resolution: 1.2 },
      until: { cost: { unit: 'first-size', limit: 50 }, trials: 90, size: 512 },
    });
  });

  it('may follow a list, by its ratio or by its difference', () => {
    const openOf = (list: string) => read(sound(`{values: ${list}}`, ', beyond: true')).plan.growth?.open;
    expect(openOf('[4, 8, 12]')?.step).toEqual({ kind: 'plus', by: 4 });
    expect(openOf('[4, 8, 20]')?.step).toEqual({ kind: 'times', by: 2.5 });
    expect(openOf('[[8, 4], [16, 8]]')?.step).toEqual({ kind: 'times', by: 2 });
  });

  it('leaves a plan without it as it was', () => {
    expect(read(sound('{values: [4, 8]}')).plan.growth).toMatchObject({
      sizes: [4, 8],
      open: null,
      until: null,
    });
  });

  const list = 'An open range is written as {from: 8, times: 2} or {from: 8, plus: 16}.';
  it.each([
    [
      'from is missing',
      sound('{times: 2}'),
      `2:3  from of hidden is missing: the size that growth begins with. ${list}`,
    ],
    [
      'max stands beside it',
      sound('{from: 8, max: 64}'),
      `2:21  max of hidden does not go with from. ${list}`,
    ],
    [
      'it does not rise',
      sound('{from: 8, times: 1}'),
      '2:28  times of hidden is 1; expected a number above 1, as in {from: 8, times: 2}.',
    ],
    [
      'it rises in two ways',
      sound('{from: 8, times: 2, plus: 8}'),
      '2:31  hidden has both times and plus. Give it one of them.',
    ],
    [
      'another parameter has it',
      sound('{values: [4, 8]}').replace('0, 0.5]}', '0, 0.5]}\n  layers: {from: 1, plus: 1}'),
      '4:3  layers is an open range, and only the grown parameter, hidden, can be one. List ' +
        'its values, as in {values: [8, 16, 32]}.',
    ],
    [
      'nothing grows',
      'parameters:\n  hidden: {from: 8}\ndata: {path: x.csv, target: y}\nmethod: grid\n',
      '2:3  hidden is an open range, and only the parameter that fit_first grows can be one. ' +
        'List its values, as in {values: [8, 16, 32]}.',
    ],
    [
      'a limit is below the first size',
      sound('{from: 8}', ', grow_until: {size: 4}'),
      '4:66  fit_first.grow_until.size is 4, below the first size of hidden, 8.',
    ],
    [
      'a size is larger than the network can be',
      sound('{from: 8}', ', grow_until: {size: 100000}'),
      '4:66  fit_first.grow_until.size is 100000, which hidden does not take. Write a smaller whole number.',
    ],
    [
      'the trials do not suffice for the first size',
      sound('{from: 8}', ', grow_until: {trials: 1}'),
      '4:68  fit_first.grow_until.trials is 1, and the first size alone takes up to 2. Give it at least as many.',
    ],
    [
      'the cost does not suffice for the first size',
      sound('{from: 8}', ', grow_until: {cost: 0.5x}'),
      '4:66  fit_first.grow_until.cost is 0.5x, less than the first size takes; expected at least 1x.',
    ],
    [
      'the limit is a time',
      sound('{from: 8}', ', grow_until: {hours: 2}'),
      '4:60  unknown key "hours" in fit_first.grow_until. How far growth gets must not depend ' +
        'on the machine: write cost, as in grow_until: {cost: 50x}, or trials or size. To limit the time, write ' +
        'budget: {hours: 8}, which pauses the campaign.',
    ],
  ])('is refused where %s', (_, text, line) => {
    expect(mistakesIn(text)).toEqual([`c.yaml:${line}`]);
  });

  it('of a program has a limit of trials by default, and none of cost', () => {
    const own = (options: string): string =>
      'trainer: {command: [python, train.py]}\nparameters:\n  width: {from: 8}\n  drop: {values: [0, 0.5]}\n' +
      `method: fit_first\nfit_first: {grow: width, dropout: [drop], fit: {metric: train_loss, ` +
      `reach: 0.1}${options}}\n` +
      'metric: {name: val_loss}\n';
    expect(read(own('')).plan.growth?.until).toEqual({ cost: null, trials: 10, size: null });
    expect(mistakesIn(own(', grow_until: {cost: 50x}'))).toEqual([
      expect.stringContaining(
        'fit_first.grow_until.cost needs the number of weights, which only the built-in network ' +
          'tells. Use trials or size.',
      ),
    ]);
  });
});
