import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/campaign/canonical-json.js';
import { configFingerprint } from '../../src/config/identity/config-fingerprint.js';
import { differences } from '../../src/config/identity/differences.js';
import { changesOfPlan } from '../../src/config/identity/plan-differences.js';
import { trainingIdentity } from '../../src/config/identity/training-identity.js';
import { readConfig } from '../../src/config/load-config.js';

const text = [
  'name: one',
  'seed: 7',
  'data: {path: a.csv, target: y}',
  'parameters:',
  '  hidden: {values: [4, 8]}',
  '  dropout: {values: [0, 0.5]}',
  '  learning_rate: {distribution: log_uniform_values, min: 0.001, max: 0.1}',
  'fit_first:',
  '  grow: hidden',
  '  dropout: [dropout]',
  'workers: 2',
  '',
].join('\n');

const configOf = (changed: string) => readConfig(changed, 'c.yaml').config;
const factsOf = (changed: string) => {
  const config = configOf(changed);
  return { method: config.methodKind.name, plan: config.plan, config: configFingerprint(config) };
};
const changes = (from: string, to: string): string[] => {
  const [before, now] = [factsOf(text), factsOf(text.replace(from, to))];
  return [...differences(before.config, now.config), ...changesOfPlan(before, now)];
};

describe('what counts as the same campaign', () => {
  it('leaves out name, workers, paths, comments and the way in which things are written', () => {
    const same = text
      .replace('name: one', '# a comment\nname: two')
      .replace('workers: 2', 'workers: auto')
      .replace('a.csv', 'b.csv')
      .replace('fit_first:', 'method: fit_first\nmetric: {name: val_loss, goal: minimize}\nfit_first:');
    expect(canonicalJson(configFingerprint(configOf(same)))).toBe(
      canonicalJson(configFingerprint(configOf(text))),
    );
  });

  it('says nothing of columns where nothing is said, as journals that are older than that', () => {
    const comparable = canonicalJson(configFingerprint(configOf(text)));
    expect(comparable).not.toMatch(/"columns"|"indicator"/);
  });

  it('says nothing of elimination by halving, as journals that are older than other rules', () => {
    const halving = text.replace('workers: 2', 'repeats: {most: 8, eliminate: halving}');
    expect(configFingerprint(configOf(halving))).toMatchObject({ repeats: { first: 1, most: 8 } });
    expect(canonicalJson(configFingerprint(configOf(halving)))).not.toMatch(/eliminate|first_test/);
    const paired = text.replace('workers: 2', 'repeats: {most: 8, eliminate: paired}');
    expect(configFingerprint(configOf(paired))).toMatchObject({
      repeats: { first: 1, most: 8, eliminate: 'paired', first_test: 5 },
    });
  });

  it('can be kept as JSON', () => {
    const comparable = configFingerprint(configOf(text));
    expect(JSON.parse(canonicalJson(comparable))).toEqual(comparable);
  });

  it.each([
    ['seed: 7', 'seed: 8', ['seed: was 7, is 8']],
    ['[0, 0.5]', '[0, 0.3]', ['parameters.dropout: was {values: [0, 0.5]}, is {values: [0, 0.3]}']],
    [
      'max: 0.1',
      'max: 0.2',
      [
        'parameters.learning_rate: was {distribution: log_uniform_values, min: 0.001, max: 0.1}, ' +
          'is {distribution: log_uniform_values, min: 0.001, max: 0.2}',
      ],
    ],
    ['workers: 2', 'repeats: 3', ['repeats.first: was 1, is 3', 'repeats.most: was 12, is 3']],
    [
      '  dropout: [dropout]',
      '  dropout: [dropout]\n  strict: true',
      ['method.grow_on: was {patience: 2}, is null', 'method.above: was 2, is not there'],
    ],
    ['target: y}', 'target: y, missing: drop}', ['data.missing: was error, is drop']],
    [
      'target: y}',
      'target: y, missing: mean, indicator: true}',
      ['data.missing: was error, is mean', 'data.indicator: was not there, is true'],
    ],
    [
      'target: y}',
      'target: y, columns: {size: {as: ordinal, order: [low, 1.0]}, zip: {as: one_hot, most_categories: 9}}}',
      [
        'data.columns: was not there, is {size: {as: ordinal, order: [low, 1]}, zip: {as: ' +
          'one_hot, most_categories: 9}}',
      ],
    ],
    [
      '  hidden: {values: [4, 8]}\n  dropout: {values: [0, 0.5]}',
      '  dropout: {values: [0, 0.5]}\n  hidden: {values: [4, 8]}',
      ['order: was [hidden, dropout, learning_rate], is [dropout, hidden, learning_rate]'],
    ],
  ])('tells of a change from %j to %j', (from, to, said) => {
    expect(changes(from, to)).toEqual(said);
  });
});

describe('the training identity', () => {
  const identityOf = (changed: string, data = 'hash'): string => trainingIdentity(configOf(changed), data);

  it('is a hash that does not depend on what is searched, nor on names and paths', () => {
    expect(identityOf(text)).toMatch(/^[0-9a-f]{64}$/);
    for (const [from, to] of [
      ['name: one', 'name: two'],
      ['a.csv', 'b.csv'],
      ['[4, 8]', '[4, 8, 16]'],
      ['workers: 2', 'repeats: 3'],
    ] as const)
      expect(identityOf(text.replace(from, to))).toBe(identityOf(text));
  });

  it('depends on data, split, preparation, seed, metric and the parameters that no spec names', () => {
    const all = [
      identityOf(text),
      identityOf(text, 'another'),
      identityOf(text.replace('target: y', 'target: y, split: {validation: 0.3}')),
      identityOf(text.replace('target: y', 'target: y, standardize: false')),
      ...[
        'missing: mean',
        'missing: most_frequent',
        'missing: mean, indicator: true',
        'unseen: error',
        'columns: {size: {missing: mean}}',
        'columns: {size: {missing: mean, indicator: true}}',
        'columns: {size: {missing: most_frequent}}',
        'columns: {size: {unseen: error}}',
        'columns: {size: {as: one_hot}}',
        'columns: {size: {as: one_hot, most_categories: 5}}',
        'columns: {size: {as: ordinal}}',
        'columns: {size: {as: ordinal, order: [low, high]}}',
        'columns: {size: {as: ordinal, order: [high, low]}}',
        'columns: {other: {as: ordinal, order: [high, low]}}',
      ].map((said) => identityOf(text.replace('target: y', `target: y, ${said}`))),
      identityOf(text.replace('seed: 7', 'seed: 8')),
      identityOf(text.replace('workers: 2', 'metric: {name: val_accuracy}')),
      identityOf(text.replace('  hidden', '  layers: 1\n  hidden')),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
