import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { trainerKinds } from '../../src/config/trainer-kinds.js';
import { RunListener } from '../../src/contracts/executor/run-listener.js';
import { inProcessKind } from '../../src/execution/kinds/in-process-kind.js';
import { mlpKind } from '../../src/mlp/kind/mlp-kind.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { commandKind } from '../../src/trainers/command/command-kind.js';
import { createInlineKind } from '../../src/trainers/inline/inline-kind.js';
import { moduleKind } from '../../src/trainers/module/module-kind.js';
import { isTrainFunction } from '../../src/trainers/train-function.js';
import { describeExecutor, describeOwnTrainers, thrownInJavaScript } from '../execution/executor.contract.js';
import { scriptedSetup } from '../execution/scripted-setup.js';
import { dataSetOf } from '../mlp/data-set-of.js';
import { createExecutorFor, describeTrainerKind, resolveTrainer } from './trainer-kind.contract.js';

const scriptedTrainer = fileURLToPath(new URL('../execution/fixtures/scripted-trainer.js', import.meta.url));
const scriptedProgram = fileURLToPath(new URL('command/fixtures/scripted-program.js', import.meta.url));
const { default: scripted }: { default: unknown } = await import(scriptedTrainer);
if (!isTrainFunction(scripted)) throw new TypeError('the scripted trainer is a function');
const train = scripted;

const dataset = dataSetOf(
  Array.from({ length: 20 }, (_, n) => [n, n % 3]),
  Array.from({ length: 20 }, (_, n) => n % 2),
  { classes: 2 },
);

const mlp = { kind: mlpKind, input: 'mlp', other: null, dataset };
const module = {
  kind: moduleKind,
  input: { module: scriptedTrainer },
  other: { module: scriptedTrainer, version: 2 },
  dataset: null,
};
const command = {
  kind: commandKind,
  input: { command: [process.execPath, scriptedProgram, 'file'] },
  other: { command: [process.execPath, scriptedProgram, 'stdout'] },
  dataset: null,
};
const inline = { kind: createInlineKind(train), input: { inline: {} }, other: null, dataset: null };

it('every registered kind is tested here', () => {
  expect(trainerKinds).toEqual([mlp.kind, module.kind, command.kind]);
});

describeTrainerKind('the built-in network', async () => mlp);
describeTrainerKind('a module', async () => module);
describeTrainerKind('a command', async () => command);
describeTrainerKind('a function of the program', async () => inline);

describeExecutor('what a module trains on', {
  create: (slots) => createExecutorFor(module, slots),
  seedOn: () => scriptedSetup.seed,
  thrown: thrownInJavaScript,
  withoutReport: 'The trainer ended without a report.',
});

describeExecutor('what a command trains on', {
  create: (slots) => createExecutorFor(command, slots),
  seedOn: (repeat) => keyedStream('command', scriptedSetup.seed, repeat).below(0x7fff_ffff),
  thrown: {
    kind: 'failed',
    code: 'exit',
    message: expect.stringMatching(/^The command exited with code 1: .*[\s\S]*Error: the loss went away/),
  },
  withoutReport: 'The command ended without a report: it appended nothing to the file $FITFIRST_REPORT.',
});

describeExecutor('what a function of the program trains on', {
  create: (slots) => createExecutorFor(inline, slots),
  seedOn: () => scriptedSetup.seed,
  thrown: { kind: 'failed', code: 'error', message: 'the loss went away' },
  withoutReport: 'The trainer ended without a report.',
});
describeOwnTrainers('what a function of the program trains on', (slots) => createExecutorFor(inline, slots));

describe('the built-in network', () => {
  it.each([
    ['worker threads', undefined],
    ['the main thread', inProcessKind],
  ])('gives the same reports on %s', async (_, kind) => {
    await using executor = await createExecutorFor(mlp, 1, kind);
    const listener = new RunListener();
    const spec = { parameters: { hidden: 4 }, repeat: 1, epochs: 3, until: null, finish: null };

    expect(await executor.run(spec, listener)).toEqual({
      kind: 'finished',
      reason: 'complete',
      network: null,
    });

    await using other = await createExecutorFor(mlp, 1, inProcessKind);
    const heard = new RunListener();
    await other.run(spec, heard);
    expect(listener.reports).toHaveLength(3);
    expect(listener.reports).toEqual(heard.reports);
  });
});

describe('a function of the program', () => {
  const identityOf = (one: typeof train, version?: string | number) =>
    resolveTrainer(createInlineKind(one, version === undefined ? {} : { version }), { inline: {} })[0]
      .identity;

  it('is another trainer when its text changes, unless it has a version', () => {
    const one: typeof train = async function* () {
      yield { val_loss: 1 };
    };
    const two: typeof train = async function* () {
      yield { val_loss: 2 };
    };
    expect(identityOf(one)).not.toEqual(identityOf(two));
    expect(identityOf(one, 3)).toEqual(identityOf(two, '3'));
    expect(identityOf(one, 3)).not.toEqual(identityOf(one, 4));
  });

  it('needs a version if its text cannot be read', () => {
    const bound = train.bind(null);
    expect(() => createInlineKind(bound)).toThrow('Pass a version.');
    expect(identityOf(bound, 1)).toEqual({ inline: { version: '1' } });
  });
});
