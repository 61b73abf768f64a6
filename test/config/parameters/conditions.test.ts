import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { parseExpression } from '../../../src/config/constraints/expression.js';
import { readConfig } from '../../../src/config/load-config.js';

const head = 'trainer: {command: [train]}\nmetric: {name: val_loss}\nmethod: {random: {trials: 9}}\n';

const read = (text: string) => readConfig(`${head}${text}`, 'c.yaml').config;

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

const optimizer = '  optimizer: {values: [sgd, adam]}\n';

const another = 'expected another parameter with the values it needs, as in when: {optimizer: sgd}.';

const momentum = `parameters:\n${optimizer}  momentum: {value: 0.9, when: {optimizer: sgd}}\n`;

describe('when of a parameter', () => {
  it.each([
    'command: [train, "$MACRO"]',
    'command: [train], env: {MOMENTUM: "$MACRO"}',
    'command: [train], config_files: {c.yaml: {set: {momentum: "$MACRO"}}}',
    'command: [train], report: {file: "$MACRO.csv"}',
    'command: [train], evaluate: [test, "$MACRO"]',
  ])('refuses a text that needs a value in every setting: %s', (trainer) => {
    const command = trainer.replace('$MACRO', '$'.concat('{param:momentum}'));
    const text = `trainer: {${command}}\n${head.slice(head.indexOf('metric'))}`;
    expect(() => readConfig(text + momentum, 'c.yaml')).toThrow('has a condition (when) and is absent');
  });

  it('takes one or several values, and other conditional parameters', () => {
    const { space } = read(
      `parameters:\n${optimizer}  momentum: {min: 0.0, max: 0.9, when: {optimizer: sgd}}\n` +
        '  layers: {min: 1, max: 3}\n  nesterov: {value: true, when: {momentum2: 0.5, layers: [2, 3]}}\n' +
        '  momentum2: {values: [0.5, 0.9], when: {optimizer: [sgd]}}\n',
    );
    expect(space.momentum).toEqual({ kind: 'uniform', min: 0, max: 0.9, when: { optimizer: ['sgd'] } });
    expect(space.nesterov).toMatchObject({ when: { momentum2: [0.5], layers: [2, 3] } });
  });

  it.each([
    [
      '  momentum: {value: 0.9, when: {optimiser: sgd}}',
      '6:33  when of momentum names "optimiser", which is not among the parameters. Did you mean "optimizer"?',
    ],
    [
      '  momentum: {value: 0.9, when: {optimizer: sdg}}',
      '6:44  when of momentum: optimizer is never "sdg"; expected "sgd" or "adam". Did you mean "sgd"?',
    ],
    [
      '  momentum: {value: 0.9, when: {momentum: 0.9}}',
      `6:33  when of momentum names momentum itself; ${another}`,
    ],
    ['  momentum: {value: 0.9, when: {}}', `6:32  when of momentum names no parameter; ${another}`],
    [
      '  rate: {min: 0.0, max: 1.0}\n  momentum: {value: 0.9, when: {rate: 0.5}}',
      '7:33  when of momentum names rate, which is continuous (uniform); ' +
        'expected a parameter with listed values or whole numbers.',
    ],
    [
      '  a: {values: [1, 2], when: {b: 1}}\n  b: {values: [1, 2], when: {a: 1}}',
      '6:23  the conditions go in a circle: a -> b -> a. Take one out.',
    ],
  ])('refuses what makes no sense: %s', (lines, message) => {
    expect(mistakesIn(`parameters:\n${optimizer}${lines}\n`)).toEqual([`c.yaml:${message}`]);
  });

  it('is refused where fit_first sets the values itself', () => {
    const text =
      'data: {path: x.csv, target: y}\nparameters:\n  hidden: {values: [8, 16]}\n  dropout: {values: [0, 0.5]}\n' +
      '  optimizer: {values: [sgd, adam], when: {hidden: 8}}\nfit_first: {grow: hidden, dropout: [dropout]}\n';
    expect(() => readConfig(text, 'c.yaml')).toThrow(
      'c.yaml:5:3  when of optimizer names hidden, which fit_first grows; expected another parameter.',
    );
  });
});

describe('where', () => {
  const sized = '  hidden: {min: 1, max: 64}\n  layers: {min: 1, max: 4}\n';

  it('bounds the settings that are tried', () => {
    const { constraints } = read(
      `parameters:\n${sized}where: ['hidden * layers <= 64', 'not (layers == 1)']\n`,
    );
    expect(constraints.map(({ text }) => text)).toEqual(['hidden * layers <= 64', 'not (layers == 1)']);
    expect(constraints.map((one) => one.allows({ hidden: 32, layers: 2 }))).toEqual([true, true]);
    expect(constraints.map((one) => one.allows({ hidden: 64, layers: 1 }))).toEqual([true, false]);
  });

  it('holds in settings in which a parameter that it names is not active', () => {
    const [constraint] = read(
      `parameters:\n${optimizer}  momentum: {min: 0.0, max: 0.9, when: {optimizer: sgd}}\nwhere: momentum > 0.5\n`,
    ).constraints;
    expect(constraint?.allows({ optimizer: 'adam' })).toBe(true);
    expect(constraint?.allows({ optimizer: 'sgd', momentum: 0.1 })).toBe(false);
  });

  it.each([
    ['hiden <= 4', 'where names "hiden", which is not among the parameters. Did you mean "hidden"?'],
    [
      'hidden * layers',
      'where: "hidden * layers" gives 1; expected a comparison, as in \'hidden * layers <= 1024\'.',
    ],
    ['hidden = 4', 'where: "hidden = 4": found "="; expected "==" for equal values.'],
    [
      'hidden > 64',
      'where: "hidden > 64" holds for 0 of all 256 settings (0 %); expected at least one. Loosen it, or change hidden.',
    ],
    ['hidden and layers', 'where: "hidden and layers": and needs comparisons on both sides, and found 1.'],
    ['process.exit(1)', 'where: "process.exit(1)": process.exit is no function here; expected numbers,'],
    ['hidden[0] > 1', 'where: "hidden[0] > 1": expected numbers,'],
    ['1 < 2', 'where: "1 < 2" names no parameter.'],
  ])('refuses %s', (expression, message) => {
    const [line = '', ...others] = mistakesIn(`parameters:\n${sized}where: '${expression}'\n`);
    expect(others).toEqual([]);
    expect(line.startsWith(`c.yaml:7:8  ${message}`), line).toBe(true);
  });

  it('refuses what hardly any setting satisfies', () => {
    const text = '  a: {min: 0.0, max: 1.0}\n  b: {min: 0.0, max: 1.0}\n';
    const [line] = mistakesIn(`parameters:\n${text}where: ['a < 0.5', 'a + b < 0.001']\n`);
    expect(line).toBe(
      'c.yaml:7:20  where: "a + b < 0.001" with the ones above holds for 0 of 2000 settings drawn at random (0 %); ' +
        'expected at least 0.1 %. Loosen it, or change a and b.',
    );
  });

  it.each([
    ['hidden * layers + 1 <= 65 and optimizer in ["sgd", "adam"]', true],
    ['max(widths) - min(hidden, 3) == sum(widths) / 2', false],
    ['length(widths) != 2 or -hidden < -31', true],
    ['!(optimizer == "sgd") && hidden % 2 == 0 || model.depth >= 7', true],
    ["optimizer != 'sgd'", false],
  ])('computes %s', (text, value) => {
    const setting = { hidden: 32, layers: 2, optimizer: 'sgd', widths: [8, 4], 'model.depth': 7 };
    expect(parseExpression(text).evaluate(setting)).toBe(value);
  });
});

describe('enqueue and stop', () => {
  const sized =
    `parameters:\n${optimizer}  momentum: {min: 0.0, max: 0.9, when: {optimizer: sgd}}\n` +
    '  hidden: {min: 1, max: 64}\n';

  it('draw what a setting leaves out, and keep it within conditions and constraints', () => {
    const { enqueue, stop } = read(
      `${sized}where: hidden <= 8\nenqueue: [{optimizer: sgd}, {hidden: 4, optimizer: adam}]\nstop: {target: 0.1}\n`,
    );
    expect(enqueue[0]).toMatchObject({ optimizer: 'sgd', momentum: expect.any(Number) });
    expect(Number(enqueue[0]?.hidden)).toBeLessThanOrEqual(8);
    expect(enqueue[1]).toEqual({ optimizer: 'adam', hidden: 4 });
    expect(stop).toEqual({ noImprovement: null, target: 0.1 });
  });

  it.each([
    [
      'enqueue: [{hiden: 4}]',
      '8:12  enqueue names "hiden", which is not among the parameters. Did you mean "hidden"?',
    ],
    [
      'enqueue: [{hidden: 65}]',
      '8:20  enqueue: hidden is never 65; expected a value from 1 to 64 (int_uniform).',
    ],
    ['enqueue: [{optimizer: sdg}]', '8:23  enqueue: optimizer is never "sdg"; expected "sgd" or "adam".'],
    [
      'enqueue: [{optimizer: adam, momentum: 0.5}]',
      '8:29  enqueue: momentum is not active there (it is where optimizer is "sgd").',
    ],
    ['where: hidden < 9\nenqueue: [{hidden: 9}]', '9:11  enqueue: the setting breaks where, "hidden < 9".'],
    [
      'stop: {}',
      '8:7  stop says nothing; expected no_improvement or target, as in stop: {no_improvement: 30}.',
    ],
  ])('are refused where they make no sense: %s', (lines, message) => {
    expect(mistakesIn(`${sized}${lines}\n`)).toEqual([`c.yaml:${message}`]);
  });

  it('are refused for methods that do not try settings one by one', () => {
    const text =
      'data: {path: x.csv, target: y}\nparameters:\n  hidden: {values: [8, 16]}\n  dropout: {values: [0, 0.5]}\n' +
      'fit_first: {grow: hidden, dropout: [dropout]}\nstop: {target: 0.1}\n';
    expect(() => readConfig(text, 'c.yaml')).toThrow(
      'c.yaml:6:1  stop goes with the methods grid, random, sobol and tpe; the method here is fit_first. Take it out.',
    );
  });
});
