import { expect, test } from 'vitest';
import { runningHead, runningLayout } from '../../../../src/views/screen/layout/running-layout.js';

const parameters = [
  { name: 'dropout', values: ['0.2126', '0.5'] },
  { name: 'learning_rate', values: ['0.0003162'] },
  { name: 'label_smoothing', values: ['0', '0.1'] },
  { name: 'hidden', values: ['8', '128'] },
];
const whole = Number.POSITIVE_INFINITY;

test('at 60 columns the names of all parameters and of the metric are whole, in several lines', () => {
  const layout = runningLayout(59, parameters, 12);
  expect(layout.parameters.map(({ name }) => name)).toEqual(parameters.map(({ name }) => name));
  expect(runningHead(layout, 'train_accuracy', whole)).toEqual([
    '         dropout',
    '         │      learning_rate',
    '         │      │         label_smoothing',
    '         │      │         │   hidden',
    '  trial  │      │         │   │   rep epoch  train_accuracy',
  ]);
});

test('parameters come before the bar', () => {
  const layout = runningLayout(53, parameters, 12);
  expect(layout.parameters).toHaveLength(4);
  expect(layout.bar).toBe(0);
});

test('names get more columns before the curve does', () => {
  const { parameters: columns, curve } = runningLayout(60, parameters.slice(0, 2), 12);
  expect(columns.map(({ width }) => width)).toEqual([7, 13]);
  expect(curve).toBe(0);
});

test('in one line, names are cut so that none covers the next', () => {
  const [line = '', ...rest] = runningHead(runningLayout(59, parameters, 12), 'train_accuracy', 1);
  expect(rest).toEqual([]);
  expect(line).toBe('  trial  dropo… learning… la… hi… rep epoch  train_accuracy');
});
