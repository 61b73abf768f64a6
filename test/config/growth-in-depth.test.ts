import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import { readConfig } from '../../src/config/load-config.js';
import { formatGrowth } from '../../src/views/text/format-growth.js';

function planOf(hidden: string, layers: string, options = '') {
  const text =
    `parameters:\n  hidden: ${hidden}\n  layers: ${layers}\n  dropout: {values: [0, 0.5]}\n` +
    `fit_first: {grow: [hidden, layers], dropout: [dropout]${options}}\n` +
    'data: {path: x.csv, target: y}\nmethod: fit_first\n';
  return readConfig(text, 'c.yaml').config.plan;
}

function mistakeIn(hidden: string, layers: string, options?: string): string {
  try {
    planOf(hidden, layers, options);
    return '';
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    return error.message;
  }
}

describe('a config that grows in width and depth', () => {
  it('has both in its plan, the depth in rising order', () => {
    const { growth, options } = planOf('{from: 8}', '{values: [3, 1, 2]}');
    expect(growth).toMatchObject({ parameter: 'hidden', depth: { parameter: 'layers', values: [1, 2, 3] } });
    expect(options.grow).toEqual(['hidden', 'layers']);
    expect(growth && formatGrowth(growth)).toBe(
      'hidden from 8, times 2, then layers 1, 2, 3; at most size 4096 and 3e11 multiply-adds',
    );
  });

  it.each([
    ['{from: 8}', '2', 'c.yaml:5:28  layers cannot grow; it needs two or more listed numbers'],
    ['{from: 8}', '{from: 1}', 'layers is an open range, and only the grown parameter, hidden, can be one'],
    ['{values: [[8, 4], [16, 8]]}', '{values: [1, 2]}', 'hidden lists the width of each layer'],
  ])('is refused with hidden %s and layers %s', (hidden, layers, words) => {
    expect(mistakeIn(hidden, layers)).toContain(words);
  });

  it('cannot tune the depth with dropout, nor grow one parameter twice', () => {
    const options = ', retune: [layers]';
    expect(mistakeIn('{from: 8}', '{values: [1, 2]}', options)).toContain('names "layers", which grows');
    const text =
      'parameters:\n  hidden: {from: 8}\n  dropout: {values: [0, 0.5]}\n' +
      'fit_first: {grow: [hidden, hidden], dropout: [dropout]}\ndata: {path: x.csv, target: y}\nmethod: fit_first\n';
    expect(() => readConfig(text, 'c.yaml')).toThrow('fit_first.grow names "hidden" twice.');
  });

  it('may name the width alone in a list', () => {
    const text =
      'parameters:\n  hidden: {from: 8}\n  dropout: {values: [0, 0.5]}\n' +
      'fit_first: {grow: [hidden], dropout: [dropout]}\ndata: {path: x.csv, target: y}\nmethod: fit_first\n';
    expect(readConfig(text, 'c.yaml').config.plan.options.grow).toBe('hidden');
  });

  it('refuses a limit of time and names the limit of cost to use', () => {
    expect(mistakeIn('{from: 8}', '{values: [1, 2]}', ', grow_until: {hours: 1}')).toContain(
      'write cost, as in grow_until: {cost: 50x}',
    );
  });

  it('may raise the learning rate in wider networks only', () => {
    const given = (options: string) => mistakeIn('{from: 8}', '{values: [1, 2]}', options);
    expect(given(', raise: layers')).toContain('fit_first.raise goes with widen only');
    expect(given(', widen: dropout, raise: layers')).toContain('names "layers", which grows');
    expect(given(', widen: dropout, raise: learning_rate')).toContain('not among the parameters');
  });
});
