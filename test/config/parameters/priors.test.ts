import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../../src/config/load-config.js';

const head = 'trainer: {command: [train]}\nmetric: {name: val_loss}\n';
const random = 'method: {random: {trials: 9}}\n';
const methods =
  'prior goes with the methods fit_first, random, sobol, tpe, halving and hyperband; the method here is grid.';

/** The lines that a config is refused with. */
function mistakesIn(parameter: string, method = random): string[] {
  try {
    readConfig(`${head}${method}parameters:\n  ${parameter}\n`, 'c.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    return error.message.split('\n').map((line) => line.trim());
  }
}

describe('prior of a parameter', () => {
  it('has a center and a spread, a quarter of the range by default', () => {
    const text = `${head}${random}parameters: {rate: {min: 0.0, max: 1.0, prior: {center: 0.3}}}\n`;
    const { space } = readConfig(text, 'c.yaml').config;
    expect(space.rate).toEqual({ kind: 'uniform', min: 0, max: 1, prior: { center: 0.3, spread: 0.25 } });
  });

  it.each([
    [
      'rate: {min: 0.0, max: 1.0, prior: {center: 3}}',
      '5:46  center of the prior of rate is 3; expected a value from 0 to 1.',
    ],
    [
      'kind: {values: [sgd, adam], prior: {center: sdg}}',
      '5:47  center of the prior of kind is "sdg"; expected "sgd" or "adam".',
    ],
    [
      'rate: {value: 3, prior: {center: 3}}',
      '5:20  rate has one value, so there is nothing to expect. Take prior out.',
    ],
    [
      'rate: {distribution: normal, mu: 0, sigma: 1, prior: {center: 0}}',
      '5:49  mu and sigma of rate already say where values are expected. Take prior out.',
    ],
    [
      'kind: {values: [a, b], probabilities: [0.5, 0.5], prior: {center: a}}',
      '5:53  probabilities of kind already say which values are expected. Take prior out.',
    ],
    ['rate: {values: [1, 2], prior: {centre: 1}}', 'Did you mean "center"?'],
    [
      'rate: {values: [1, 2], prior: {center: 1, spread: 0}}',
      'parameters.rate.prior.spread is 0; expected a number above 0 and at most 1.',
    ],
  ])('refuses %s', (parameter, sentence) => {
    expect(mistakesIn(parameter).join('\n')).toContain(sentence);
  });

  it('is refused by a method that draws nothing', () => {
    expect(mistakesIn('rate: {values: [1, 2], prior: {center: 1}}', 'method: grid\n').join('\n')).toContain(
      `5:26  ${methods} Take it out.`,
    );
  });

  it('is refused for parameters that fit_first grows or switches off', () => {
    const grown =
      'hidden: {values: [1, 2], prior: {center: 1}}\n  dropout: {values: [0, 0.5], prior: {center: 0.5}}';
    const found = mistakesIn(grown, 'method: fit_first\nfit_first: {grow: hidden, dropout: [dropout]}\n');
    expect(found.join('\n')).toContain('hidden, which fit_first grows, cannot have a prior. Take prior out.');
    expect(found.join('\n')).toContain(
      'dropout, which fit_first switches off while the network grows, cannot have a prior. Take prior out.',
    );
  });
});
