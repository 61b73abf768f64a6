import { expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';

/** What a small config is refused with. */
function refusal(rate: string, method: string, more = ''): string {
  const text = `data: {generate: spirals, rows: 60, classes: 2}
parameters: {hidden: {values: [2, 4]}, learning_rate: ${rate}}
method: ${method}
${more}`;
  try {
    readConfig(text, 'c.yaml');
    return '';
  } catch (error) {
    if (error instanceof FitfirstError) return error.message;
    throw error;
  }
}

it('value beside values is answered in these words, not in those of a distribution', () => {
  const said = refusal('{value: 0.1, values: [0.1, 0.2]}', 'grid');
  expect(said).toContain(
    'learning_rate has both value and values. Keep value for one fixed value, or values to try',
  );
  expect(said).not.toContain('distribution');
});

it('a metric given by its name alone is answered with the form that works', () => {
  expect(refusal('0.1', 'grid', 'metric: val_accuracy\n')).toContain('Write metric: {name: val_accuracy}.');
});

it('distributions with their words in another order are recognised', () => {
  const said = refusal('{distribution: uniform_log, min: 0.1, max: 1}', 'grid');
  expect(said).toContain('Did you mean "log_uniform_values"?');
});

it.each([
  ['bayes', '{tpe: {trials: 60}}'],
  ['bohb', '{hyperband: {sampler: tpe}}'],
])('method: %s is answered with what comes nearest', (method, nearest) => {
  expect(refusal('0.1', method)).toContain(`The nearest is ${nearest}`);
});

it('an empty text is answered with what it needs, and a number above a limit with the limit alone', () => {
  const table = 'data: {path: ""}\nparameters: {hidden: {values: [2, 4]}, epochs: 1e30}\nmethod: grid\n';
  const said = (): unknown => readConfig(table, 'c.yaml');
  expect(said).toThrow(/data\.path is "".* Write a text that is not empty\./);
  expect(said).toThrow(/expected a whole number from 1 to 100000000\b/);
  expect(said).not.toThrow(/Whole numbers go up to/);
});
