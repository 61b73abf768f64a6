// biome-ignore-all lint/suspicious/noTemplateCurlyInString: macros are written so
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram, startedProgram } from '../../../src/trainers/command/invocation/find-program.js';
import { expandMacros, type MacroValues } from '../../../src/trainers/command/invocation/macros.js';
import { exampleFacts } from '../../../src/trainers/command/invocation/trial-environment.js';
import { emptyFolder } from '../../support/command-line.js';

const parameters = { hidden: [64, 32], rate: 0.00001, nesterov: true, tied: false, name: 'a b' };
const trial = { ...exampleFacts(parameters), directory: '/trial', seed: 12, repeat: 3, epochs: 20 };

const values: MacroValues = {
  trial,
  program: 'train.py',
  environment: { PATH: '/nowhere', TEAM: 'blue' },
};

const expand = (...command: string[]): string[] => expandMacros(command, {}, values).argv;

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
    expect(JSON.parse(expand('${args_json}')[0] ?? '')).toEqual(parameters);
    expect(expand('--from=${args_json_file}')).toEqual(['--from=/trial/params.json']);
    expect(expand('--team=${envvar:TEAM}', '${param:rate}', '--seed=${seed}')).toEqual([
      '--team=blue',
      '0.00001',
      '--seed=12',
    ]);
  });

  it('give what the variables of the trial give', () => {
    const words = [
      '${trial_dir}/model',
      '${repeat}',
      '${epochs}',
      '${stage}',
      '${envvar:FITFIRST_TRIAL_DIR}',
    ];
    expect(expand(...words)).toEqual(['/trial/model', '3', '20', 'search', '/trial']);
  });

  it('give the directory of checkpoints, or that of the trial where none are kept', () => {
    const expandIn = (checkpointDirectory: string | null): string[] =>
      expandMacros(['${checkpoint_dir}'], {}, { ...values, trial: { ...trial, checkpointDirectory } }).argv;
    expect(expandIn('/kept')).toEqual(['/kept']);
    expect(expandIn(null)).toEqual(['/trial']);
  });

  it('are expanded in the variables of trainer.env, which a command may name', () => {
    const env = { RATE: '${param:rate}', OUT: '${trial_dir}/out', HOST: '${envvar:TEAM}.example' };
    expect(expandMacros(['${envvar:OUT}'], env, values)).toEqual({
      argv: ['/trial/out'],
      env: { RATE: '0.00001', OUT: '/trial/out', HOST: 'blue.example' },
    });
  });

  it('are refused in trainer.env without the value that stands around them', () => {
    const expandSecret = (): unknown => expandMacros([], { KEY: 'secret ${param:width}' }, values);
    expect(expandSecret).toThrow('trainer.env.KEY has "${param:width}": there is no parameter "width".');
  });

  it('leave everything else as it is, for no shell reads it', () => {
    expect(expand('$HOME', '; rm -rf *', '$(date)')).toEqual(['$HOME', '; rm -rf *', '$(date)']);
  });

  it.each([
    ['${arg}', 'unknown macro ${arg}. Did you mean ${args}?'],
    ['${trialdir}', 'Did you mean ${trial_dir}?'],
    ['${HOME}', 'write ${envvar:HOME}'],
    ['${rate}', 'write ${param:rate}'],
    ['--all=${args}', 'argument of its own'],
    ['${envvar:ABSENT}', 'no variable ABSENT'],
    ['${param:width}', 'no parameter "width"'],
  ])('are refused where they mean nothing: %s', (part, words) => {
    expect(() => expand(part)).toThrow(words);
  });
});

/** Folders for a PATH, each with these programs. */
function pathOf(home: string, ...folders: readonly (readonly string[])[]): string[] {
  return folders.map((programs, n) => {
    const folder = join(home, `bin${n}`);
    mkdirSync(folder);
    for (const program of programs) writeFileSync(join(folder, program), '#!/bin/sh\n', { mode: 0o755 });
    return folder;
  });
}

describe('the interpreter', () => {
  const interpreter = (...folders: readonly string[]): string =>
    expandMacros(['${interpreter}'], {}, { ...values, environment: { PATH: folders.join(delimiter) } })
      .argv[0] ?? '';

  it('is python where the first folder that has one has it: that of an active environment', async () => {
    await using home = await emptyFolder();
    const [system = '', environment = ''] = pathOf(home.path, ['python3'], ['python', 'python3']);
    expect(interpreter(environment, system)).toBe('python');
    expect(interpreter(system)).toBe('python3');
  });

  it('is python3 where a folder that comes first has only that', async () => {
    await using home = await emptyFolder();
    const [mine = '', system = ''] = pathOf(home.path, ['python3'], ['python']);
    expect(interpreter(mine, system)).toBe('python3');
  });

  it('is not a folder, nor a file that may not be executed', async () => {
    await using home = await emptyFolder();
    const [odd = '', system = ''] = pathOf(home.path, ['python3'], ['python']);
    mkdirSync(join(odd, 'python'));
    chmodSync(join(odd, 'python3'), 0o644);
    expect(interpreter(odd, system)).toBe('python');
  });
});

describe('a program', () => {
  it('is found as the system would: by name in PATH, by path from the folder in which it runs', async () => {
    await using home = await emptyFolder();
    const [bin = ''] = pathOf(home.path, ['train']);
    expect(findProgram('train', home.path, `/nowhere${delimiter}${bin}`)).toEqual({
      kind: 'found',
      path: join(bin, 'train'),
    });
    expect(findProgram('./bin0/train', home.path, '')).toEqual({ kind: 'found', path: join(bin, 'train') });
    expect(findProgram('tune', home.path, bin)).toEqual({ kind: 'absent' });
    chmodSync(join(bin, 'train'), 0o644);
    expect(findProgram('./bin0/train', home.path, '')).toEqual({
      kind: 'not-executable',
      path: join(bin, 'train'),
    });
  });

  it('is the one that env starts', () => {
    expect(startedProgram(['/usr/bin/env', '-S', 'A=1', 'python', 'train.py'])).toBe('python');
    expect(startedProgram(['train', 'env'])).toBe('train');
  });
});
