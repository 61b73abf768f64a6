import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { configFingerprint } from '../../src/config/identity/config-fingerprint.js';
import { trainingIdentity } from '../../src/config/identity/training-identity.js';
import { readConfig } from '../../src/config/load-config.js';

const builtIn =
  'data: {generate: moons}\nparameters: {hidden: {values: [4, 8]}}\nmethod: grid\nmetric: {name: val_loss}\n';
const command = 'trainer: {command: [x]}\nparameters: {a: {values: [1, 2]}}\nmethod: grid\n';
const folder = fileURLToPath(new URL('.', import.meta.url));

const read = (text: string) => readConfig(text, `${folder}campaign.yaml`);

function mistakesIn(text: string): string {
  try {
    read(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

describe('the executor of a config', () => {
  it.each([
    ['threads', builtIn, { grace: '2s' }],
    ['commands', command, {}],
  ])('is %s if it names none, as its trainer prefers', (name, text, options) => {
    const { executor } = read(text).config;
    expect(executor.kind.name).toBe(name);
    expect(executor.options).toEqual(options);
  });

  it('may be a name, or a name with options', () => {
    expect(read(`${builtIn}executor: in_process\n`).config.executor.kind.name).toBe('in_process');
    expect(read(`${builtIn}executor: {threads: {grace: 500ms}}\n`).config.executor.options).toEqual({
      grace: '500ms',
    });
  });

  it('changes nothing that results depend on', () => {
    const [one, other] = [read(builtIn).config, read(`${builtIn}executor: in_process\n`).config];
    expect(trainingIdentity(other, 'data')).toBe(trainingIdentity(one, 'data'));
    expect(configFingerprint(other)).toEqual(configFingerprint(one));
  });

  it('on other machines cannot keep checkpoints of programs', () => {
    const keep = command.replace('[x]', '[x], keep: {checkpoints: all}');
    expect(mistakesIn(`${keep}executor: slurm\n`)).toContain('campaign.yaml:1:31  checkpoints of programs');
    expect(mistakesIn(`${keep}executor: commands\n`)).toBe('');
  });

  it.each([
    ['executor: thread', 'executor is "thread"', 'Did you mean "threads"?'],
    ['executor: {thread: {}}', 'unknown key "thread" in executor', 'Did you mean "threads"?'],
    ['executor: {threads: {grace: 5}}', 'executor.threads.grace is 5', 'expected a text'],
    [
      'executor: {threads: {grace: "5"}}',
      'executor.threads.grace is "5"',
      'expected a duration such as 500ms',
    ],
    ['executor: {threads: {graec: 5s}}', 'unknown key "graec" in executor.threads', 'Did you mean "grace"?'],
    ['executor: {threads: {}, in_process: {}}', 'executor names threads and in_process', 'expected one'],
    ['executor: {}', 'executor names no executor', 'expected one'],
    ['executor: commands', 'the executor commands cannot run the trainer mlp', 'Write threads or in_process'],
  ])('is refused in words: %s', (line, found, expected) => {
    const mistakes = mistakesIn(`${builtIn}${line}\n`);
    expect(mistakes).toContain('campaign.yaml:5:');
    expect(mistakes).toContain(found);
    expect(mistakes).toContain(expected);
  });
});
