// biome-ignore-all lint/suspicious/noTemplateCurlyInString: macros are written so
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import type { ConfigFile } from '../../../../src/execution/command-options.js';
import { configFileText } from '../../../../src/trainers/command/files/config-files.js';
import { parseValuePath, reachOfPath } from '../../../../src/trainers/command/files/value-path.js';
import { expandMacros } from '../../../../src/trainers/command/invocation/macros.js';
import { exampleFacts } from '../../../../src/trainers/command/invocation/trial-environment.js';

const parameters = { dropout: 0, lr: 1e-7, hidden: [64, 32], name: 'a: b', tied: true };
const spellings = { dropout: { '0': '0.0' }, lr: { '1e-7': '1e-7' } };
const values = { trial: exampleFacts(parameters), program: null, spellings, environment: {} };

const set = {
  'model.layers[0].dropout': '${param:dropout}',
  'train.lr': '${param:lr}',
  'model.hidden': '${param:hidden}',
  'model.name': 'run ${param:name}',
  'model.tied': '${param:tied}',
  seed: '${seed}',
};

const file = (name: string, format: ConfigFile['format'], template: string): ConfigFile => ({
  name,
  format,
  template,
  set,
});

describe('a config file of the program', () => {
  it('keeps the comments and the other values of a YAML template, and the spelling of numbers', () => {
    const template = `# The model
model:
  layers:
    - {dropout: 0.5, size: 1.0} # the first
    - {dropout: 0.5, size: 2}
  hidden: [1]
  name: x
  tied: false
train:
  lr: 0.1 # learning rate
seed: 0
`;
    expect(configFileText(file('c.yaml', 'yaml', template), values)).toBe(`# The model
model:
  layers:
    - { dropout: 0.0, size: 1.0 } # the first
    - { dropout: 0.5, size: 2 }
  hidden:
    - 64
    - 32
  name: "run a: b"
  tied: true
train:
  lr: 1.0e-7 # learning rate
seed: 1
`);
  });

  it('is JSON with the numbers as they are spelled', () => {
    const text = configFileText(file('c.json', 'json', '{"train": {"batch": 8}}'), values);
    expect(text).toContain('"dropout": 0.0');
    expect(text).toContain('"lr": 1e-7');
    expect(JSON.parse(text)).toEqual({
      train: { batch: 8, lr: 1e-7 },
      model: { layers: [{ dropout: 0 }], hidden: [64, 32], name: 'run a: b', tied: true },
      seed: 1,
    });
  });

  it('is TOML whose whole numbers stay whole and whose others do not become whole', () => {
    const text = configFileText(
      file('c.toml', 'toml', 'rate = 1.0\nsize = 3\n[model]\nlayers = [{}]\n'),
      values,
    );
    expect(text).toContain('rate = 1.0');
    expect(text).toContain('size = 3');
    expect(text).toContain('dropout = 0.0');
    expect(parseToml(text)).toMatchObject({
      train: { lr: 1e-7 },
      model: { hidden: [64, 32], tied: true },
      seed: 1,
    });
  });

  it('has paths with places in lists and keys in quotes', () => {
    expect(parseValuePath('a.b[2]["c.d"].e')).toEqual(['a', 'b', 2, 'c.d', 'e']);
    expect(['', '.a', 'a..b', 'a[x]', 'a.'].map(parseValuePath)).toEqual([null, null, null, null, null]);
    expect(reachOfPath({ a: [{ b: 1 }] }, ['a', 0, 'c'])).toBe(2);
    expect(reachOfPath({}, ['constructor'])).toBe(0);
  });
});

describe('parameters in a command', () => {
  it('keep the spelling of the config, and lists may be words of their own', () => {
    const { argv, env } = expandMacros(
      ['${args}', '--sizes', '${list:hidden}', '${args_json}', '${args_nargs}'],
      { DROPOUT: '${param:dropout}' },
      values,
    );
    expect(argv).toEqual([
      '--dropout=0.0',
      '--lr=1e-7',
      '--hidden=[64,32]',
      '--name=a: b',
      '--tied=True',
      '--sizes',
      '64',
      '32',
      '{"dropout":0.0,"lr":1e-7,"hidden":[64,32],"name":"a: b","tied":true}',
      ...['--dropout', '0.0', '--lr', '1e-7', '--hidden', '64', '32', '--name', 'a: b', '--tied'],
    ]);
    expect(env).toEqual({ DROPOUT: '0.0' });
  });
});
