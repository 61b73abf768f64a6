import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, readConfig } from '../../src/config/load-config.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitfirst-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const smallest = 'data: {path: table.csv, target: y}\nparameters: {hidden: 4}\nmethod: grid\n';

describe('a config file', () => {
  it('may leave out all but data, parameters and what the method needs', async () => {
    const { config, findings, text } = await loadConfig(await file('small.yaml', smallest));
    expect(text).toBe(smallest);
    expect(findings).toEqual([]);
    expect(config).toMatchObject({
      name: 'small',
      seed: 1,
      data: {
        source: { kind: 'table', paths: [join(folder, 'table.csv')], test: null, delimiter: null },
        target: 'y',
        header: null,
        drop: [],
        missing: 'error',
        task: null,
        split: { kind: 'shares', validation: 0.2, test: 0.2 },
        standardize: true,
        unseen: 'ignore',
      },
      trainer: { kind: 'mlp' },
      metric: { name: 'val_loss', goal: 'minimize' },
      space: { hidden: { kind: 'fixed', value: 4 } },
      epochs: 50,
      repeats: { first: 1, most: 12 },
      methodKind: { name: 'grid' },
      plan: { options: {} },
      checkpoint: 'best',
      finish: { on: 'all' },
      workers: 'auto',
    });
    expect(config.defaults).toMatchObject({ layers: 1, dropout: 0, learning_rate: 0.001, batch_size: 32 });
    expect(config.defaults).not.toHaveProperty('hidden');
    expect(config.defaults).not.toHaveProperty('loss');
  });

  it('may be JSON, with tabs and a schema', async () => {
    const json = JSON.stringify(
      { $schema: 'x.json', data: { generate: 'xor' }, parameters: { hidden: 4 }, method: 'grid' },
      null,
      '\t',
    );
    const { config } = await loadConfig(await file('small.json', json));
    expect(config.data?.source).toEqual({ kind: 'generated', generate: 'xor' });
    expect(config.data?.split).toEqual({ kind: 'none' });
  });

  it('may begin with a byte order mark and end its lines in CRLF', async () => {
    const { config } = await loadConfig(
      await file('crlf.yaml', `\uFEFF${smallest.replaceAll('\n', '\r\n')}`),
    );
    expect(config.name).toBe('crlf');
  });

  it('may use an anchor and its alias', () => {
    const { config } = readConfig(
      'data: {generate: xor}\nparameters: {dropout: &rates {values: [0, 0.1]}, input_dropout: *rates}\nmethod: grid\n',
      'c.yaml',
    );
    expect(config.space.input_dropout).toEqual(config.space.dropout);
  });

  it.each([
    [
      'is not there',
      'smal.yaml',
      (path: string) => `${path}  there is no such file. Did you mean ${join(folder, 'small.yaml')}?`,
    ],
    [
      'is a folder',
      '.',
      (path: string) => `${path}  this is a folder; expected a config file in YAML or JSON.`,
    ],
    [
      'is in a folder that is not there',
      'none/at-all.yaml',
      (path: string) => `${path}  there is no such file.`,
    ],
  ])('that %s is said to be so', async (_, name, message) => {
    const path = join(folder, name);
    await expect(loadConfig(path)).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: message(path) });
  });

  it('that is no text is refused', async () => {
    const path = await file('binary.yaml', Uint8Array.of(0xff, 0xfe, 0x00));
    await expect(loadConfig(path)).rejects.toThrow(
      `${path}  the file is not text in UTF-8; configs are YAML or JSON.`,
    );
  });

  it('that is as large as data is refused', async () => {
    const path = await file('large.yaml', 'a'.repeat(2_000_000));
    await expect(loadConfig(path)).rejects.toThrow(
      'the file has 2000000 bytes, too many for a config. Is it the data?',
    );
  });

  it('whose own name makes no campaign name has to give one', async () => {
    const path = await file('.yaml', smallest);
    await expect(loadConfig(path)).rejects.toThrow(
      `${path}:1:1  the name of this file makes no name for a campaign. Give it one: name: digits.`,
    );
  });

  it('names paths from its own folder', async () => {
    await mkdir(join(folder, 'deep'), { recursive: true });
    const path = await file(
      'deep/c.yaml',
      smallest.replace('table.csv', '../table.csv').replace('target: y', 'target: -1, test: t.csv'),
    );
    const { config } = await loadConfig(path);
    expect(config.data?.source).toEqual({
      kind: 'table',
      paths: [join(folder, 'table.csv')],
      test: [join(folder, 'deep/t.csv')],
      delimiter: null,
    });
    // The file gives the test rows, so no share of the others is held out.
    expect(config.data?.split).toEqual({ kind: 'shares', validation: 0.2, test: 0 });
  });
});

describe('parameters', () => {
  const spaceOf = (parameters: string) =>
    readConfig(`data: {generate: xor}\nparameters: ${parameters}\nmethod: {random: {trials: 3}}\n`, 'c.yaml')
      .config.space;

  it('take every shape of a W&B sweep', () => {
    expect(
      spaceOf(`
  learning_rate: {distribution: log_uniform_values, min: 1e-4, max: 0.1}
  hidden: {distribution: q_log_uniform_values, min: 8, max: 256, q: 8}
  batch_size: {min: 8, max: 64}
  dropout: {min: 0.0, max: 0.5}
  input_dropout: {distribution: q_uniform, min: 0, max: 0.2, q: 0.05}
  max_norm: {distribution: normal, mu: 3, sigma: 1, min: 1, max: 5}
  layers: {distribution: q_normal, mu: 2, sigma: 1, min: 1, max: 3}
  optimizer: {values: [adam, sgd], probabilities: [0.75, 0.25]}
  activation: {distribution: categorical, values: [relu, tanh]}
  bias: {value: true}
  init: {distribution: constant, value: glorot}
  epochs: 20`),
    ).toEqual({
      learning_rate: { kind: 'log_uniform_values', min: 0.0001, max: 0.1 },
      hidden: { kind: 'q_log_uniform_values', min: 8, max: 256, q: 8 },
      batch_size: { kind: 'int_uniform', min: 8, max: 64 },
      dropout: { kind: 'uniform', min: 0, max: 0.5 },
      input_dropout: { kind: 'q_uniform', min: 0, max: 0.2, q: 0.05 },
      max_norm: { kind: 'normal', mu: 3, sigma: 1, bounds: { min: 1, max: 5 } },
      layers: { kind: 'q_normal', mu: 2, sigma: 1, q: 1, bounds: { min: 1, max: 3 } },
      optimizer: { kind: 'values', values: ['adam', 'sgd'], probabilities: [0.75, 0.25] },
      activation: { kind: 'values', values: ['relu', 'tanh'], probabilities: null },
      bias: { kind: 'fixed', value: true },
      init: { kind: 'fixed', value: 'glorot' },
      epochs: { kind: 'fixed', value: 20 },
    });
  });

  it('keep the order of the file', () => {
    expect(Object.keys(spaceOf('{epochs: 5, dropout: 0, hidden: 4}'))).toEqual([
      'epochs',
      'dropout',
      'hidden',
    ]);
  });

  it('are whole numbers or fractions as their bounds are written', () => {
    expect(spaceOf('{max_norm: {min: 1, max: 5}}').max_norm?.kind).toBe('int_uniform');
    expect(spaceOf('{max_norm: {min: 1.0, max: 5}}').max_norm?.kind).toBe('uniform');
    expect(spaceOf('{max_norm: {min: 1, max: 5e0}}').max_norm?.kind).toBe('uniform');
  });

  it('may have layers of different widths', () => {
    expect(spaceOf('{hidden: {values: [[8, 4], [16, 8]]}}').hidden).toEqual({
      kind: 'values',
      values: [
        [8, 4],
        [16, 8],
      ],
      probabilities: null,
    });
  });
});

describe('fit_first', () => {
  const createMethod = (
    options: string,
    parameters = 'hidden: {values: [16, 4, 8]}, dropout: {values: [0, 0.5]}',
  ) =>
    readConfig(
      `data: {generate: xor}\nparameters: {${parameters}, epochs: 40}\nfit_first: {grow: ` +
        `hidden, dropout: [dropout]${options}}\n`,
      'c.yaml',
    ).config.plan;

  it('has defaults for all but what grows and what is dropout', () => {
    expect(createMethod('')).toEqual({
      stages: [
        { name: 'grow', role: 'grow' },
        { name: 'dropout', role: 'race' },
        { name: 'finalists', role: 'select' },
        { name: 'confirm', role: 'confirm' },
        { name: 'finish', role: 'finish' },
      ],
      growth: {
        parameter: 'hidden',
        sizes: [4, 8, 16],
        metric: 'train_accuracy',
        goal: 'maximize',
        repeats: 2,
        quorum: 2,
        open: null,
        until: null,
      },
      regularisers: [{ name: 'dropout', off: 0 }],
      options: {
        grow: 'hidden',
        dropout: ['dropout'],
        fit: {
          metric: 'train_accuracy',
          goal: 'maximize',
          reach: 'best_possible',
          repeats: 2,
          quorum: null,
          failed: 'missing',
          least_repeats: 2,
        },
        search: { kind: 'grid' },
        grow_on: { patience: 2 },
        retune: [],
        epochs: { grow: 40, dropout: 40 },
        confirm: 5,
        choose: 'best',
        if_nothing_fits: 'continue',
        above: 2,
      },
    });
  });

  it('takes all that can be said', () => {
    expect(
      createMethod(
        ', fit: {metric: train_loss, reach: 0.1, repeats: 5}, quorum: 0.8, search: {method: ' +
          'random, trials: 9}, strict: true, ' +
          'retune: [], epochs: {dropout: 80}, confirm: 0, if_nothing_fits: stop',
      ),
    ).toMatchObject({
      growth: { metric: 'train_loss', goal: 'minimize', repeats: 5, quorum: 4 },
      options: {
        fit: { metric: 'train_loss', reach: 0.1, repeats: 5, quorum: 0.8 },
        search: { kind: 'random', trials: 9 },
        grow_on: null,
        epochs: { grow: 40, dropout: 80 },
        confirm: 0,
        if_nothing_fits: 'stop',
      },
    });
  });

  it('draws the other parameters where one is continuous, and tunes the learning rate again', () => {
    const parameters = 'hidden: 4, dropout: {values: [0, 0.5]}, learning_rate: {min: 0.01, max: 0.1}';
    expect(createMethod('', parameters)).toMatchObject({
      options: { search: { kind: 'random', trials: 6 }, retune: ['learning_rate'] },
    });
  });

  it('grows lists of layers by their units in all', () => {
    const parameters = 'hidden: {values: [[8, 8], [4, 2], [12]]}, dropout: {values: [0, 0.5]}';
    expect(createMethod('', parameters)).toMatchObject({ growth: { sizes: [[4, 2], [12], [8, 8]] } });
  });
});

describe('a sound config', () => {
  it('is warned of inputs that are dropped too often', () => {
    const { findings } = readConfig(
      'data: {generate: xor}\nparameters: {input_dropout: {values: [0, 0.5]}}\nmethod: grid\n',
      'c.yaml',
    );
    expect(findings).toEqual([
      {
        kind: 'warning',
        code: 'input-dropout-high',
        numbers: { input_dropout: 0.5 },
        because:
          'input_dropout goes up to 0.5; above 0.25 inputs are usually lost faster than networks gain from it.',
      },
    ]);
  });

  it('is warned of a search on the test part', () => {
    const { findings } = readConfig(`metric: {name: test_loss}\n${smallest}`, 'c.yaml');
    expect(findings.map((finding) => finding.kind === 'warning' && finding.code)).toEqual([
      'test-metric-in-search',
    ]);
  });

  it('finishes on all rows where there are folds', () => {
    const { config } = readConfig(smallest.replace('target: y', 'target: y, split: {folds: 5}'), 'c.yaml');
    expect(config.data?.split).toEqual({ kind: 'folds', folds: 5, test: 0.2 });
    expect(config.finish).toEqual({ on: 'all' });
  });
});
