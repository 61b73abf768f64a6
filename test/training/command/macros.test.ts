// biome-ignore-all lint/suspicious/noTemplateCurlyInString: macros are written so
import { describe, expect, it } from 'vitest';
import { expandCommand, type MacroValues } from '../../../src/training/command/macros.js';

const values: MacroValues = {
  parameters: { hidden: [64, 32], rate: 0.00001, nesterov: true, tied: false, name: 'a b' },
  program: 'train.py',
  parametersFile: '/trial/params.json',
  seed: 12,
  environment: { PATH: '/nowhere', TEAM: 'blue' },
};

const expand = (...command: string[]): string[] => expandCommand(command, values);

describe("the macros of W&B's sweeps", () => {
  it('expand a command that was pasted from one', () => {
    expect(expand('${env}', '${interpreter}', '${program}', '${args}')).toEqual([
      '/usr/bin/env',
      'python3',
      'train.py',
      '--hidden=[64,32]',
      '--rate=0.00001',
      '--nesterov=True',
      '--tied=False',
      '--name=a b',
    ]);
  });

  it('have forms without hyphens, with flags, and in JSON', () => {
    expect(expand('${args_no_hyphens}').slice(2)).toEqual(['nesterov=True', 'tied=False', 'name=a b']);
    expect(expand('${args_no_boolean_flags}').slice(2)).toEqual(['--nesterov', '--name=a b']);
    expect(JSON.parse(expand('${args_json}')[0] ?? '')).toEqual(values.parameters);
    expect(expand('--from=${args_json_file}')).toEqual(['--from=/trial/params.json']);
    expect(expand('--team=${envvar:TEAM}', '${param:rate}', '--seed=${seed}')).toEqual([
      '--team=blue',
      '0.00001',
      '--seed=12',
    ]);
  });

  it('leave everything else as it is, for no shell reads it', () => {
    expect(expand('$HOME', '; rm -rf *', '$(date)')).toEqual(['$HOME', '; rm -rf *', '$(date)']);
  });

  it.each([
    ['${arg}', 'unknown macro'],
    ['--all=${args}', 'argument of its own'],
    ['${envvar:ABSENT}', 'no variable ABSENT'],
    ['${param:width}', 'no parameter "width"'],
  ])('are refused where they mean nothing: %s', (part, words) => {
    expect(() => expand(part)).toThrow(words);
  });
});
