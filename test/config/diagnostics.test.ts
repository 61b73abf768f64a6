import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';

/** The lines that a config is refused with; empty where it is sound. */
function mistakesIn(text: string, path = 'c.yaml'): string[] {
  try {
    readConfig(text, path);
    return [];
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    return error.message.split('\n');
  }
}

/** A sound config around the lines of one section, which begin in line 1. */
const around = {
  parameters: (lines: string, method = 'method: grid') =>
    `parameters:\n${lines}\ndata: {path: x.csv, target: y}\n${method}\n`,
  top: (lines: string) => `${lines}\ndata: {path: x.csv, target: y}\nparameters: {hidden: 4}\nmethod: grid\n`,
  data: (lines: string) => `data:\n${lines}\nparameters: {hidden: 4}\nmethod: grid\n`,
  fitFirst: (lines: string) =>
    `fit_first:\n${lines}\ndata: {path: x.csv, target: y}\nparameters:\n  hidden: {values: ` +
    `[4, 8]}\n  dropout: {values: [0, 0.5]}\n  activation: {values: [relu, tanh]}\n`,
};

describe('an unknown key', () => {
  it.each([
    [
      'is placed at itself, with the nearest known one',
      around.parameters('  hidden: 4\n  lerning_rate: 0.1'),
      'c.yaml:3:3  unknown key "lerning_rate" in parameters. Did you mean "learning_rate"?',
    ],
    ['may swap letters', around.top('sede: 7'), 'c.yaml:1:1  unknown key "sede". Did you mean "seed"?'],
    [
      'may be an abbreviation',
      around.parameters('  lr: 0.1'),
      'c.yaml:2:3  unknown key "lr" in parameters. Did you mean "learning_rate"?',
    ],
    [
      'may hold the known one',
      around.parameters('  hidden_size: 8'),
      'c.yaml:2:3  unknown key "hidden_size" in parameters. Did you mean "hidden"?',
    ],
    [
      'in a domain is named with its parameter',
      around.parameters('  hidden: {valus: [4, 8]}'),
      'c.yaml:2:12  unknown key "valus" in parameters.hidden. Did you mean "values"?',
    ],
    [
      'may belong elsewhere',
      around.top('learning_rate: 0.1'),
      'c.yaml:1:1  unknown key "learning_rate". It belongs in parameters.',
    ],
    [
      'with nothing near it is answered with the known ones',
      around.top('repeats: {xyz: 1}'),
      'c.yaml:1:11  unknown key "xyz" in repeats. Known keys: first, most, eliminate and first_test.',
    ],
    [
      'may be one of another form',
      around.data('  path: x.csv\n  target: y\n  rows: 5'),
      'c.yaml:4:3  key "rows" does not go with "path" and "target" in data. Take one or the other out.',
    ],
    [
      'is held against the generator that is named',
      around.data('  generate: spirals\n  units: 5'),
      'c.yaml:3:3  unknown key "units" in data. Known keys: generate, rows, classes, noise, split and standardize.',
    ],
    [
      'may be a merge key, which is not read',
      `base: &base {hidden: 4}\n${around.top('<<: *base').replace('<<', 'seed: 1\n<<')}`,
      'c.yaml:3:1  unknown key "<<". Merge keys are not read; write the keys out, or use an alias for a whole value.',
    ],
  ])('%s', (_, text, line) => {
    expect(mistakesIn(text)).toContain(line);
  });
});

describe('a missing key', () => {
  it.each([
    [
      'is placed at the key of what it is missing in',
      around.data('  path: x.csv'),
      ['c.yaml:1:1  key "target" is missing in data; expected a text, or a whole number.'],
    ],
    [
      'at the top is placed at the start',
      'parameters: {hidden: 4}\nmethod: grid\n',
      [
        'c.yaml:1:1  key "data" is missing; expected a mapping with "path" and "target", a ' +
          'mapping with "images" and "labels", or a mapping with "generate".',
      ],
    ],
    [
      'is not said twice where it is misspelt',
      around.fitFirst('  gro: hidden\n  dropout: [dropout]'),
      ['c.yaml:2:3  unknown key "gro" in fit_first. Did you mean "grow"?'],
    ],
    [
      'is fit_first itself, where that is the method',
      'data: {path: x.csv, target: y}\nparameters: {hidden: 4}\n',
      [
        'c.yaml:1:1  key "fit_first" is missing. Say what grows and what is dropout: fit_first: ' +
          '{grow: hidden, dropout: [dropout]}.',
      ],
    ],
  ])('%s', (_, text, lines) => {
    expect(mistakesIn(text)).toEqual(lines);
  });
});

describe('a wrong value', () => {
  it.each([
    [
      'is placed at itself, with what was found and expected',
      around.parameters('  dropout: {values: [0, 1, 0.5]}'),
      'c.yaml:2:25  parameters.dropout.values[1] is 1; expected a number from 0 to 0.99.',
    ],
    [
      'may be a number in quotes',
      around.parameters('  hidden: {values: [4, "8"]}'),
      'c.yaml:2:24  parameters.hidden.values[1] is "8" (a text); expected a whole number of ' +
        'units, or a list of such numbers, one a layer. Write it without quotes.',
    ],
    [
      'may have a decimal comma',
      around.parameters('  dropout: 0,5'),
      'c.yaml:2:12  parameters.dropout is "0,5" (a text); expected a number from 0 to 0.99, or ' +
        'a mapping with keys such as "value" and "values". Decimals take a point: 0.5.',
    ],
    [
      'may be yes or no',
      around.parameters('  bias: {value: no}'),
      'c.yaml:2:17  parameters.bias.value is "no" (a text); expected true or false. Write false.',
    ],
    [
      'may be nearly one of the choices',
      around.parameters('  optimizer: {value: adm}'),
      'c.yaml:2:22  parameters.optimizer.value is "adm" (a text); expected adam, adamw or sgd. Did you mean "adam"?',
    ],
    [
      'may be a bare list, which says two things',
      around.parameters('  hidden: [4, 8]'),
      'c.yaml:2:11  parameters.hidden is a list; expected a whole number from 1 to 65536, or a ' +
        'mapping with keys such as "value" and "values". To try each of them, write {values: [4, ' +
        '8]}. For one network with these layers, write {value: [...]}.',
    ],
    [
      'may be an empty list of values',
      around.parameters('  layers: {values: []}'),
      'c.yaml:2:20  parameters.layers.values is an empty list; expected a list that is not ' +
        'empty, each entry a whole number from 1 to 32.',
    ],
    [
      'may be hidden units below 1',
      around.parameters('  layers: {values: [0, 1]}'),
      'c.yaml:2:21  parameters.layers.values[0] is 0; expected a whole number from 1 to 32.',
    ],
    [
      "may be one of W&B's distributions of exponents",
      around.parameters('  learning_rate: {distribution: log_uniform, min: -3, max: -1}'),
      'c.yaml:2:33  parameters.learning_rate.distribution is "log_uniform" (a text); expected ' +
        'constant, categorical, uniform, int_uniform, q_uniform, log_uniform_values, ' +
        'q_log_uniform_values, normal or q_normal. With "log_uniform", W&B takes exponents; ' +
        'write log_uniform_values and the bounds themselves.',
    ],
    ['may be empty', around.top('seed:'), 'c.yaml:1:6  seed is empty; expected a whole number at least 0.'],
    [
      'may be no number at all',
      around.top('seed: .nan'),
      'c.yaml:1:7  seed is NaN; expected a whole number at least 0.',
    ],
    [
      'may be a name that makes no folder',
      around.top('name: ../results'),
      'c.yaml:1:7  name is "../results" (a text); expected 1 to 80 characters without / and \\ ' +
        'and control characters, no dot or space at either end.',
    ],
    [
      'may be random without the number of trials',
      'data: {path: x.csv, target: y}\nparameters: {hidden: 4}\nmethod: random\n',
      'c.yaml:3:9  method is "random" (a text); expected fit_first, grid, or a mapping with ' +
        '"random", "sobol", "tpe", "halving" or "hyperband". Say how many settings: {random: {trials: 50}}.',
    ],
    [
      'may be a generator that does not exist',
      around.data('  generate: spiral'),
      'c.yaml:2:13  data.generate is "spiral" (a text); expected xor, spirals, moons, circles, ' +
        'strokes or teacher. Did you mean "spirals"?',
    ],
    [
      'may be a split of the four rows',
      around.data('  generate: xor\n  split: {folds: 2}'),
      'c.yaml:3:10  data.split is a mapping; expected none.',
    ],
    [
      'may be the whole file',
      '- 1\n',
      'c.yaml:1:1  expected a mapping with "data" and "parameters", found a list.',
    ],
    [
      'may be nothing',
      '# nothing\n',
      'c.yaml  the file is empty; expected at least data, parameters and fit_first.',
    ],
  ])('%s', (_, text, line) => {
    expect(mistakesIn(text)).toEqual([line]);
  });
});

describe('what is said of a column', () => {
  const table = (lines: string, missing = 'median', unseen = 'ignore') =>
    around.data(
      `  path: x.csv\n  target: y\n  missing: ${missing}\n  unseen: ${unseen}\n  columns:\n    ${lines}`,
    );

  it.each([
    [
      'names what can be said',
      table('size: {ass: ordinal}'),
      'c.yaml:7:12  unknown key "ass" in data.columns.size. Did you mean "as"?',
    ],
    [
      'has to be something',
      table('size:'),
      'c.yaml:7:10  data.columns.size is empty; expected a mapping with keys such as "as" and "order".',
    ],
    [
      'may be filled in five ways',
      table('size: {missing: avarage}'),
      'c.yaml:7:21  data.columns.size.missing is "avarage" (a text); expected error, drop, ' +
        'mean, median or most_frequent.',
    ],
    [
      'is an order only of an ordinal column',
      table('size: {order: [low, high]}'),
      'c.yaml:7:12  data.columns.size.order goes with as: ordinal, which gives each category a ' +
        'place. Say so, or take the order out.',
    ],
    [
      'gives each category one place, however a number is written',
      table('size: {as: ordinal, order: [1, 2, "1.0"]}'),
      'c.yaml:7:32  data.columns.size.order has "1" twice. Give each category one place.',
    ],
    [
      'gives missing cells no place',
      table('size: {as: ordinal, order: [low, NA]}'),
      'c.yaml:7:32  data.columns.size.order has an entry that stands for a missing cell. Take it out.',
    ],
    [
      'gives values that stand for missing cells no place',
      table('size: {as: ordinal, order: [low, none], missing_values: [none]}'),
      'c.yaml:7:32  data.columns.size.order has an entry that stands for a missing cell. Take it out.',
    ],
    [
      'has missing values that can be computed with',
      table('size: {missing_values: [low, 1e200]}'),
      'c.yaml:7:34  data.columns.size.missing_values[1] is "1e+200", expected a word or a number between ' +
        '-1e150 and 1e150.',
    ],
    [
      'has a unit that cannot be part of a number',
      table('size: {unit: "."}'),
      'c.yaml:7:18  data.columns.size.unit is ".", expected what stands before or after each number, such as $, % ' +
        'or kg: at most 20 characters, without digits, and not a point, a comma or a sign alone.',
    ],
    [
      'has a unit only where it has numbers',
      table('size: {as: one_hot, unit: kg}'),
      'c.yaml:7:25  data.columns.size.unit is for numbers, but as is one_hot. Remove one of them.',
    ],
    [
      'has different signs for decimals and thousands',
      around.data('  path: x.csv\n  target: y\n  decimal: comma\n  thousands: comma'),
      'c.yaml:5:14  data.thousands is comma, which is the decimal sign, too. Remove it, or set decimal to the other ' +
        'sign.',
    ],
    [
      'is an order of single categories',
      table('size: {as: ordinal, order: [low, [mid]]}'),
      'c.yaml:7:38  data.columns.size.order[1] is a list; expected a text, a number or true or false.',
    ],
    [
      'limits the categories of one-hot columns alone',
      table('size: {as: ordinal, most_categories: 5}'),
      'c.yaml:7:25  data.columns.size.most_categories goes with one-hot columns, but as is ' +
        'ordinal. Take one of them out.',
    ],
    [
      'limits them only where others are ignored',
      table('size: {most_categories: 5}', 'median', 'error'),
      'c.yaml:7:12  data.columns.size.most_categories leaves categories without an input, ' +
        'which unseen: error would refuse. Say unseen: ignore for this column.',
    ],
    [
      'takes numbers to have no categories',
      table('size: {as: number, unseen: error}'),
      'c.yaml:7:24  data.columns.size.unseen is for categories, but as is number. Take one of them out.',
    ],
    [
      'takes categories to have no mean',
      table('size: {as: one_hot, missing: mean}'),
      'c.yaml:7:34  data.columns.size.missing is mean, which categories do not have. Set ' +
        'most_frequent, or as: ordinal.',
    ],
    [
      'has an indicator only where cells are filled',
      table('size: {indicator: true}', 'error'),
      'c.yaml:7:23  data.columns.size.indicator says where missing cells were filled, but ' +
        'those of this column are not: missing is error. Set missing: median, say, or take ' +
        'indicator out.',
    ],
    [
      'has indicators all over only where cells are filled anywhere',
      around.data('  path: x.csv\n  target: y\n  indicator: true\n  columns: {size: {missing: drop}}'),
      'c.yaml:4:14  data.indicator says where missing cells were filled, but data.missing is ' +
        'error. Set missing: median, say, or take indicator out.',
    ],
  ])('%s', (_, text, line) => {
    expect(mistakesIn(text)).toEqual([line]);
  });

  it('is said to be wrong at once, and of a table, however much it is', () => {
    const lines = mistakesIn(
      table('a: {missing: x}\n    b: {as: x}\n    c: {unseen: x}\n    d: {order: x}\n    e: {indicator: x}'),
    );
    expect(
      lines.map((line) => /^c\.yaml:\d+:\d+ {2}data\.columns\.(\w\.\w+) is "x"/.exec(line)?.[1]),
    ).toEqual(['a.missing', 'b.as', 'c.unseen', 'd.order', 'e.indicator']);
  });
});

describe('a domain', () => {
  it.each([
    [
      'has to say something',
      'hidden: {}',
      '2:3  hidden has no value. Give it value, values, or min and max.',
    ],
    ['needs min below max', 'hidden: {min: 9, max: 4}', '2:17  min of hidden is 9, above its max, 4.'],
    [
      'of one value is no range',
      'hidden: {min: 4, max: 4}',
      '2:25  min and max of hidden are both 4. For one value, write {value: 4}.',
    ],
    [
      'needs both ends',
      'hidden: {min: 4}',
      '2:3  max of hidden is missing; the distribution int_uniform needs it.',
    ],
    [
      'with a logarithm lies above 0',
      'weight_decay: {distribution: log_uniform_values, min: 0, max: 1}',
      '2:57  min of weight_decay is 0; a logarithm needs a number above 0.',
    ],
    [
      'has each value once',
      'hidden: {values: [4, 8, 4]}',
      '2:27  parameters.hidden.values has 4 twice. List each value once.',
    ],
    [
      'has a probability for each value',
      'hidden: {values: [4, 8], probabilities: [1]}',
      '2:43  probabilities of hidden: found 1; expected 2, one for each value.',
    ],
    [
      'has probabilities that sum to 1',
      'hidden: {values: [4, 8], probabilities: [0.1, 0.2]}',
      '2:43  probabilities of hidden sum to 0.3; expected 1.',
    ],
    [
      'has only keys that go with its distribution',
      'hidden: {distribution: int_uniform, min: 4, max: 8, q: 2}',
      '2:55  q of hidden does not go with the distribution int_uniform, which takes min and max.',
    ],
    [
      'has value or values',
      'hidden: {value: 4, values: [4, 8]}',
      '2:22  hidden has both value and values. Keep value for one fixed value, or values to try each of them.',
    ],
    [
      'of whole numbers needs whole bounds',
      'max_norm: {distribution: int_uniform, min: 0.5, max: 8}',
      '2:46  min of max_norm is 0.5; int_uniform needs a whole number.',
    ],
    [
      'of fractions does not suit a parameter of whole numbers',
      'hidden: {min: 4.0, max: 8.0}',
      '2:3  hidden takes whole numbers, and uniform gives fractions. Use int_uniform, or a distribution with q.',
    ],
    [
      'of fractional multiples does not either',
      'hidden: {min: 4, max: 8, q: 0.5}',
      '2:3  hidden takes whole numbers, and q_uniform gives fractions. Use a whole number for q.',
    ],
    [
      'holds a multiple of q',
      'dropout: {min: 0.1, max: 0.2, q: 0.5}',
      '2:36  no multiple of q, 0.5, lies between the bounds of dropout, 0.1 and 0.2.',
    ],
    [
      'ends where the parameter does',
      'dropout: {min: 0.0, max: 1.5}',
      '2:28  max of dropout is 1.5; expected a number from 0 to 0.99.',
    ],
    [
      'of numbers suits no parameter of words',
      'optimizer: {min: 1, max: 2}',
      '2:20  min of optimizer is 1; expected adam, adamw or sgd.',
    ],
    [
      'without ends does not suit a parameter with ends',
      'learning_rate: {distribution: normal, mu: 0.01, sigma: 0.01}',
      '2:3  normal has no ends, and learning_rate is a number above 0 and at most 1000. Give it min and max.',
    ],
    [
      'of the epochs has one value',
      'epochs: {values: [10, 20]}',
      '2:11  epochs is the budget of every trial and takes one value, as in {value: 60}; ' +
        'checkpoint: best finds the best epoch below it.',
    ],
    [
      'on a grid is not continuous',
      'dropout: {min: 0.0, max: 0.5}',
      '2:3  dropout is continuous (uniform), and method: grid needs listed values. Write ' +
        'values, or use method: {random: {trials: 50}}.',
    ],
  ])('%s', (_, parameter, line) => {
    expect(mistakesIn(around.parameters(`  ${parameter}`))).toContain(`c.yaml:${line}`);
  });
});

describe('across sections', () => {
  it.each([
    [
      'repeats rise',
      around.top('repeats: {first: 5, most: 2}'),
      '1:10  repeats.first is 5, above repeats.most, 2.',
    ],
    [
      'a paired test comes before the last repeat',
      around.top('repeats: {most: 4, eliminate: paired}'),
      '1:31  the first paired test follows after 5 repeats, and repeats.most is 4, so no test would come before the ' +
        'last repeat. Raise most, or set first_test below it.',
    ],
    [
      'a number of repeats for a test needs tests',
      around.top('repeats: {most: 8, first_test: 3}'),
      '1:20  repeats.first_test is for paired tests, and repeats.eliminate is halving. Write eliminate: paired, or ' +
        'leave first_test out.',
    ],
    [
      'shares leave rows to train on',
      around.data('  path: x.csv\n  target: y\n  split: {validation: 0.6, test: 0.4}'),
      '4:10  the shares of data.split leave nothing to train on: validation 0.6 and test 0.4; expected a sum below 1.',
    ],
    [
      'test rows are other rows',
      around.data('  path: x.csv\n  target: y\n  test: ./x.csv'),
      '4:9  data.test is the same file as data.path; a network must not be tested on rows that it learned from.',
    ],
    [
      'the metric is one that the trainer reports',
      around.top('metric: {name: val_acuracy}'),
      '1:16  metric.name is "val_acuracy"; expected val_, train_ or test_ with loss, accuracy, ' +
        'balanced_accuracy, f1, roc_auc, brier, rmse, mae or r2. Did you mean "val_accuracy"?',
    ],
    [
      'the goal is that of the metric',
      around.top('metric: {name: val_accuracy, goal: minimize}'),
      '1:36  metric.goal is minimize, but val_accuracy is better when it is larger; expected maximize.',
    ],
    [
      'the metric suits the task',
      around
        .data('  path: x.csv\n  target: y\n  task: regression')
        .replace('method', 'metric: {name: val_accuracy}\nmethod'),
      '6:16  metric.name is "val_accuracy", but accuracy needs classes; expected val_, train_ ' +
        'or test_ with loss, rmse, mae or r2.',
    ],
    [
      'a test metric has a test part',
      around
        .data('  path: x.csv\n  target: y\n  split: {test: 0}')
        .replace('method', 'metric: {name: test_loss}\nmethod'),
      '6:16  metric.name is "test_loss", but data.split leaves no test part.',
    ],
    [
      'a committee learns from all rows',
      around.top('finish: {on: training, networks: 5}'),
      '1:34  finish.networks is 5, but with on: training each network would learn from rows of its own. ' +
        'Write on: all, or leave networks out.',
    ],
    [
      'the strict advice has no sizes between',
      around.fitFirst('  {grow: hidden, dropout: [dropout], strict: true, between: true}'),
      '2:52  fit_first.between adds networks that the strict advice (strict: true) does not have. ' +
        'Leave one of the two out.',
    ],
    [
      'the strict advice has no sizes above',
      around.fitFirst('  {grow: hidden, dropout: [dropout], strict: true, above: 2}'),
      '2:52  fit_first.above adds networks that the strict advice (strict: true) does not have. ' +
        'Leave one of the two out.',
    ],
    [
      'folds leave nothing to finish on but all rows',
      around
        .data('  path: x.csv\n  target: y\n  split: {folds: 5}')
        .replace('method', 'finish: {on: training}\nmethod'),
      '6:14  finish.on is training, but with folds the final network learns from all rows. Leave it out, or write all.',
    ],
    [
      'a grid ends',
      around.parameters('  hidden: {min: 1, max: 60000}\n  layers: {min: 1, max: 32}'),
      '5:9  method: grid has 1920000 settings; at most 100000 are taken. List fewer values, or ' +
        'use {random: {trials: 50}}.',
    ],
  ])('%s', (_, text, line) => {
    expect(mistakesIn(text)).toEqual([`c.yaml:${line}`]);
  });
});

describe('fit_first', () => {
  it.each([
    [
      'grows a parameter that is there',
      'grow: hiden\n  dropout: [dropout]',
      '2:9  fit_first.grow names "hiden", which is not among the parameters. Did you mean "hidden"?',
    ],
    [
      'grows a parameter whose values rise',
      'grow: activation\n  dropout: [dropout]',
      '2:9  activation cannot grow, for its values are no numbers: nothing says which is larger.',
    ],
    [
      'drops parameters that are there',
      'grow: hidden\n  dropout: [input_dropout]',
      '3:13  fit_first.dropout names "input_dropout", which is not among the parameters. Add ' +
        'it there, or name another.',
    ],
    [
      'drops parameters that have an off value',
      'grow: hidden\n  dropout: [dropout, activation]',
      '3:22  fit_first.dropout names "activation", which cannot be switched off; expected ' +
        'dropout, input_dropout, weight_decay, max_norm or label_smoothing.',
    ],
    [
      'drops a parameter once',
      'grow: hidden\n  dropout: [dropout, dropout]',
      '3:22  fit_first.dropout names "dropout" twice.',
    ],
    [
      'does not drop what grows',
      'grow: hidden\n  dropout: [dropout, hidden]',
      '3:22  fit_first.dropout names "hidden", which is the grown parameter.',
    ],
    [
      'tunes again what is not tuned anyway',
      'grow: hidden\n  dropout: [dropout]\n  retune: [dropout]',
      '4:12  fit_first.retune names "dropout", which is tuned with dropout anyway. Leave it out.',
    ],
    [
      'fits by a metric of the training part',
      'grow: hidden\n  dropout: [dropout]\n  fit: {metric: val_accuracy}',
      '4:17  fit_first.fit.metric is "val_accuracy"; expected train_ with loss, accuracy, ' +
        'balanced_accuracy, f1, roc_auc, brier, rmse, mae or r2. Did you mean "train_accuracy"?',
    ],
    [
      'knows no best possible loss',
      'grow: hidden\n  dropout: [dropout]\n  fit: {metric: train_loss}',
      '4:17  what is best possible in train_loss is not known. Write a number for reach, or ' +
        'use train_accuracy or train_r2.',
    ],
    [
      'reaches what can be reached',
      'grow: hidden\n  dropout: [dropout]\n  fit: {reach: 1.5}',
      '4:16  fit_first.fit.reach is 1.5; expected a number above 0 and at most 1, or best_possible.',
    ],
  ])('%s', (_, lines, line) => {
    expect(mistakesIn(around.fitFirst(`  ${lines}`))).toEqual([`c.yaml:${line}`]);
  });

  it.each([
    [
      'does not grow through a continuum',
      'hidden: 8\n  learning_rate: {min: 0.1, max: 0.2}',
      'learning_rate',
      '4:9  learning_rate cannot grow, for it is continuous (uniform). List its values, as in {values: [4, 8, 16]}.',
    ],
    [
      'does not grow from numbers to lists',
      'hidden: {values: [8, [8, 8]]}',
      'hidden',
      '3:9  hidden cannot grow, for some of its values are numbers and some are not: nothing says which is larger.',
    ],
  ])('%s', (_, parameters, grow, line) => {
    const text =
      `parameters:\n  ${parameters}\n  dropout: {values: [0, 0.5]}\nfit_first: {grow: ${grow}, ` +
      `dropout: [dropout]}\ndata: {path: x.csv, target: y}\n`;
    const [row, rest] = line.split(':9  ');
    expect(mistakesIn(text)).toEqual([`c.yaml:${Number(row) + 1}:19  ${rest}`]);
  });

  it('has dropout to tune', () => {
    const text =
      'parameters: {hidden: {values: [4, 8]}, dropout: 0}\nfit_first: {grow: hidden, dropout: ' +
      '[dropout]}\ndata: {path: x.csv, target: y}\n';
    expect(mistakesIn(text)).toEqual([
      'c.yaml:2:36  fit_first.dropout has nothing to tune: dropout 0 is the only value. List ' +
        'more, as in {values: [0, 0.2, 0.5]}.',
    ]);
  });

  it('searches a grid of listed values only', () => {
    const text =
      'parameters:\n  hidden: {values: [4, 8]}\n  dropout: {values: [0, 0.5]}\n  ' +
      'learning_rate: {min: 0.1, max: 0.2}\nfit_first: {grow: hidden, dropout: [dropout], ' +
      'search: grid}\ndata: {path: x.csv, target: y}\n';
    expect(mistakesIn(text)).toEqual([
      'c.yaml:4:3  learning_rate is continuous (uniform), and fit_first.search: grid needs ' +
        'listed values. Write values, or use {method: random, trials: 6}.',
    ]);
  });
});

describe('text that is no YAML', () => {
  it.each([
    [
      'may lack a bracket',
      'data: {path: x',
      'c.yaml:1:15  no closing } was found. Close the mapping with }; if it goes on over several lines, indent them.',
    ],
    ['may lack a quote', 'name: "x', 'c.yaml:1:9  not valid YAML: no closing " was found.'],
    [
      'may have two colons',
      'name: x: y',
      'c.yaml:1:7  a second ": " on one line. Put the text in quotes, or the inner mapping on a line of its own.',
    ],
    [
      'may have a key twice',
      'seed: 1\nseed: 2\n',
      'c.yaml:2:1  key seed is there twice, here and above. Keep one of the two.',
    ],
    [
      'may be indented by tabs',
      'data:\n\tpath: x\n',
      'c.yaml:2:1  tabs are not allowed as indentation. Use spaces.',
    ],
    [
      'may be two documents',
      'seed: 1\n---\nseed: 2\n',
      'c.yaml:2:1  a second document begins here (---). A config is one document.',
    ],
    ['may refer to nothing', 'data: *x\n', 'c.yaml:1:7  *x refers to an anchor &x that is not above it.'],
    [
      'may be nested beyond reason',
      '['.repeat(100_000),
      'c.yaml:1:1  lists and mappings are nested too deeply.',
    ],
    [
      'may expand beyond reason',
      'a: &a [1, 1, 1, 1, 1, 1, 1, 1, ' +
        `1]\n${[...'bcdefgh']
          .map((name, i) => `${name}: &${name} [${new Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`)
          .join('\n')}`,
      'c.yaml:1:1  aliases expand to too much, or to themselves.',
    ],
  ])('%s', (_, text, line) => {
    expect(mistakesIn(text)).toContain(line);
  });
});

describe('all mistakes', () => {
  it('are said at once, in the order of the file, and nothing that only follows from them', () => {
    const text = [
      'sed: 3',
      'data:',
      '  path: x.csv',
      '  target: y',
      '  mising: drop',
      'parameters:',
      '  hidden: {values: [4, 8]}',
      '  dropout: {values: [0, 0.5], probabilities: [0.5]}',
      '  learning_rate: {value: 0}',
      'repeats: {first: 5, most: 2}',
      'method: fit_frist',
      'fit_first:',
      '  gro: hidden',
      '  dropout: [dropout, learning_rate]',
      '  confirm: -1',
      '',
    ].join('\n');
    expect(mistakesIn(text, 'configs/digits.yaml')).toEqual([
      'configs/digits.yaml:1:1  unknown key "sed". Did you mean "seed"?',
      'configs/digits.yaml:5:3  unknown key "mising" in data. Did you mean "missing"?',
      'configs/digits.yaml:8:46  probabilities of dropout: found 1; expected 2, one for each value.',
      'configs/digits.yaml:9:26  parameters.learning_rate.value is 0; expected a number above 0 and at most 1000.',
      'configs/digits.yaml:10:10  repeats.first is 5, above repeats.most, 2.',
      'configs/digits.yaml:11:9  method is "fit_frist" (a text); expected fit_first, grid, or ' +
        'a mapping with "random", "sobol", "tpe", "halving" or "hyperband". Did you mean "fit_first"?',
      'configs/digits.yaml:13:3  unknown key "gro" in fit_first. Did you mean "grow"?',
      'configs/digits.yaml:15:12  fit_first.confirm is -1; expected a whole number from 0 to 1000.',
    ]);
  });

  it('are printable whatever the config holds', () => {
    expect(mistakesIn(around.top('"\\e[31m\\n": 1'))).toEqual([
      expect.stringContaining('c.yaml:1:1  unknown key "\\u001b[31m\\n".'),
    ]);
  });
});
