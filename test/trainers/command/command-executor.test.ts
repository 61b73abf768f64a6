import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RunListener } from '../../../src/contracts/executor/run-listener.js';
import { scripted } from '../../../src/contracts/executor/scripted-trials.js';
import type { CommandOptions } from '../../../src/execution/command-options.js';
import type { Executor } from '../../../src/execution/executor.js';
import { SlotQueue } from '../../../src/execution/slot-queue.js';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { createCommandExecutor } from '../../../src/trainers/command/command-executor.js';
import { campaignVariable } from '../../../src/trainers/command/processes/marked-processes.js';
import { processesWithEnvironment } from '../../../src/trainers/command/processes/process-table.js';
import { describeExecutor } from '../../execution/executor.contract.js';
import { scriptedSetup } from '../../execution/scripted-setup.js';
import { emptyFolder } from '../../support/command-line.js';

const program = fileURLToPath(new URL('fixtures/scripted-program.js', import.meta.url));
const { seed, metric } = scriptedSetup;

function optionsFor(report: 'file' | 'stdout', more: Partial<CommandOptions> = {}): CommandOptions {
  return {
    command: [process.execPath, program, report],
    program: null,
    report: { kind: report },
    cwd: '/',
    env: {},
    timeout: null,
    maxRss: null,
    grace: 10_000,
    resources: {},
    ...more,
  };
}

const inFolder = (folder: string, slots: number, options: CommandOptions): Promise<Executor> =>
  createCommandExecutor({
    slots,
    options,
    places: { folder, identity: 'contract', varied: ['script'] },
    seed,
    metric,
  });

/** In a results folder of its own, which goes with it. */
async function create(slots: number): Promise<Executor> {
  const folder = await emptyFolder();
  const executor = await inFolder(folder.path, slots, optionsFor('file'));
  return {
    slots: executor.slots,
    run: (spec, options) => executor.run(spec, options),
    async [Symbol.asyncDispose]() {
      await executor[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describeExecutor('commands', {
  create,
  // Another for every repeat, as a program may know nothing of repeats.
  seedOn: (repeat) => keyedStream('command', seed, repeat).below(0x7fff_ffff),
  thrown: {
    kind: 'failed',
    code: 'exit',
    message: expect.stringMatching(/^The command exited with code 1: .*[\s\S]*Error: the loss went away/),
  },
  withoutReport: 'The command ended without a report: it appended nothing to the file $FITFIRST_REPORT.',
});

describe('a command', () => {
  it('may report on standard output as quickly as it likes', async () => {
    await using folder = await emptyFolder();
    await using executor = await inFolder(folder.path, 1, optionsFor('stdout'));
    const listener = new RunListener();

    await executor.run(scripted('reports', { epochs: 20_000 }), listener);

    expect(listener.values('val_loss')).toEqual(Array.from({ length: 20_000 }, (_, i) => 1 / (i + 1)));
  });

  it.each([1, 2])('may print what a pattern matches to output %i', async (output) => {
    await using folder = await emptyFolder();
    const line = `'epoch ' + n + ' loss -7.5e-0' + n + '\\n'`;
    const script = `for (const n of [1, 2, 3]) require('node:fs').writeSync(${output}, ${line})`;
    const options = optionsFor('stdout', {
      command: [process.execPath, '-e', script],
      report: { kind: 'pattern', patterns: ['epoch (?<epoch>\\d+) loss (?<val_loss>\\S+)'] },
    });
    await using executor = await inFolder(folder.path, 1, options);
    const listener = new RunListener();

    expect(await executor.run(scripted('reports'), listener)).toMatchObject({ kind: 'finished' });

    expect(listener.values('val_loss')).toEqual([-7.5e-1, -7.5e-2, -7.5e-3]);
  });

  it('whose first report is of an epoch that its trial does not have fails with both numbers', async () => {
    await using folder = await emptyFolder();
    const options = optionsFor('stdout', {
      command: [process.execPath, '-e', "console.log('epoch 50 loss 1')"],
      report: { kind: 'pattern', patterns: ['epoch (?<epoch>\\d+) loss (?<val_loss>\\S+)'] },
    });
    await using executor = await inFolder(folder.path, 1, options);
    expect(await executor.run(scripted('reports', { epochs: 20 }), new RunListener())).toEqual({
      kind: 'failed',
      code: 'no-metric',
      message:
        'The first report of the command is of epoch 50, and the trial ends with epoch 20. Have the program count ' +
        'its epochs from 1 in each trial, or set more epochs in parameters.',
    });
  });

  it('finds its parameters in a directory of its own, the same on every attempt', async () => {
    await using folder = await emptyFolder();
    {
      await using executor = await inFolder(folder.path, 1, optionsFor('file'));
      for (let attempt = 1; attempt <= 2; attempt++) {
        for (const script of ['reports', 'turns']) await executor.run(scripted(script), new RunListener());
      }
    }
    const index = readFileSync(join(folder.path, 'trials/index.jsonl'), 'utf8').trim().split('\n');
    const listed = index.map((line) => JSON.parse(line));
    expect(listed).toEqual(
      ['reports', 'turns'].map((script) => ({
        directory: expect.stringMatching(/^trial-[0-9a-f]{12}$/),
        parameters: { script },
        repeat: 1,
        epochs: expect.any(Number),
        log: expect.stringMatching(`^logs/script=${script},repeat=1-.*\\.log$`),
      })),
    );
    const trials = listed.map(({ directory }) => directory);
    expect(readdirSync(join(folder.path, 'trials')).sort()).toEqual(['index.jsonl', ...trials.toSorted()]);
    const files = trials.map((trial) => join(folder.path, 'trials', trial));
    expect(files.map((at) => readFileSync(join(at, 'params.json'), 'utf8'))).toEqual([
      '{"script":"reports"}\n',
      '{"script":"turns"}\n',
    ]);
    expect(files.map((at) => readFileSync(join(at, 'report.jsonl'), 'utf8').split('\n').length)).toEqual([
      4, 2,
    ]);
  });

  it('reads in its directory why it is asked to end, and not why an earlier attempt was', async () => {
    await using folder = await emptyFolder();
    await using executor = await inFolder(folder.path, 1, optionsFor('stdout'));
    const spec = scripted('until-stopped', { epochs: 1_000_000 });
    await executor.run(spec, new RunListener(1));
    const [trial = ''] = readdirSync(join(folder.path, 'trials')).filter((name) => name.startsWith('trial-'));
    const stopFile = join(folder.path, 'trials', trial, 'stop.json');
    expect(JSON.parse(readFileSync(stopFile, 'utf8'))).toEqual({ reason: 'not-needed' });

    const listener = new RunListener();
    const again = executor.run(spec, listener);
    await listener.firstReport();

    expect(existsSync(stopFile)).toBe(false);
    listener.stop();
    await again;
  });

  it('leaves nothing in the results folder but its directory and its log', async () => {
    await using folder = await emptyFolder();
    {
      await using executor = await inFolder(folder.path, 2, optionsFor('stdout'));
      await executor.run(scripted('reports'), new RunListener());
      expect(existsSync(join(folder.path, 'processes.jsonl'))).toBe(true);
    }
    expect(readdirSync(folder.path).sort()).toEqual(['logs', 'trials']);
    expect(readdirSync(join(folder.path, 'logs'))).toHaveLength(1);
    expect(readdirSync(join(folder.path, 'trials'))).toEqual([
      'index.jsonl',
      expect.stringMatching(/^trial-/),
    ]);
    expect(processesWithEnvironment(campaignVariable, realpathSync(folder.path))).toEqual([]);
  });
});

describe('GPUs', () => {
  const onGpus = (folder: string, slots: number, names: readonly string[], each = 1): Promise<Executor> =>
    inFolder(folder, slots, optionsFor('stdout', { resources: { gpu: { each, names } } }));
  const gpuOf = (listener: RunListener): number | undefined => listener.reports[0]?.metrics.gpu0;

  it('are never seen by two trials at once, and go to the next when a trial is stopped', async () => {
    await using folder = await emptyFolder();
    await using executor = await onGpus(folder.path, 5, ['4', '7']);
    expect(executor.slots).toBe(2);
    const listeners = Array.from({ length: 5 }, () => new RunListener());
    using queue = new SlotQueue(executor);
    const runs = listeners.map((listener, repeat) =>
      queue.add(() => executor.run(scripted('devices', { repeat }), listener)),
    );

    for (let stopped = 0; stopped < listeners.length; stopped++) {
      const running = listeners.slice(stopped, stopped + 2);
      await Promise.all(running.map((listener) => listener.firstReport()));
      expect(new Set(running.map(gpuOf)).size).toBe(running.length);
      listeners[stopped]?.stop();
      await runs[stopped];
    }

    expect(new Set(listeners.map(gpuOf))).toEqual(new Set([4, 7]));
  });

  it('are given in the number that a trial needs', async () => {
    await using folder = await emptyFolder();
    await using executor = await onGpus(folder.path, 5, ['0', '1', '2', '3', '4'], 2);
    expect(executor.slots).toBe(2);
    const listener = new RunListener();
    await executor.run(scripted('device'), listener);
    expect(listener.reports[0]?.metrics).toEqual({ val_loss: 1, gpu0: 0, gpu1: 1 });
  });

  it.each([
    ['crash', { kind: 'failed', code: 'signal' }],
    ['throw', { kind: 'failed', code: 'exit' }],
    ['wait-for-signal', { kind: 'failed', code: 'timeout' }],
    ['diverge', { kind: 'diverged' }],
  ])('are given back by a trial that ends by itself or by force: %s', async (script, end) => {
    await using folder = await emptyFolder();
    const options = optionsFor('stdout', {
      resources: { gpu: { each: 1, names: ['3'] } },
      timeout: script === 'wait-for-signal' ? 1 : null,
      grace: 0,
    });
    await using executor = await inFolder(folder.path, 1, options);

    expect(await executor.run(scripted(script), new RunListener())).toMatchObject(end);
    expect(await executor.run(scripted(script, { repeat: 2 }), new RunListener())).toMatchObject(end);
  });

  it('are given back where no program can be started, and where the listener fails', async () => {
    await using folder = await emptyFolder();
    const resources = { gpu: { each: 1, names: ['3'] } };
    const nowhere = optionsFor('stdout', { resources, command: [join(folder.path, 'no-such-program')] });
    {
      await using executor = await inFolder(folder.path, 1, nowhere);
      for (let attempt = 1; attempt <= 2; attempt++) {
        expect(await executor.run(scripted('device'), new RunListener())).toMatchObject({ code: 'error' });
      }
    }
    await using executor = await inFolder(folder.path, 1, optionsFor('stdout', { resources }));
    const onReport = (): never => {
      throw new RangeError('the disk is full');
    };
    const run = executor.run(scripted('devices'), { signal: new RunListener().signal, onReport });
    await expect(run).rejects.toThrow('the disk is full');
    const listener = new RunListener();
    await executor.run(scripted('device'), listener);
    expect(gpuOf(listener)).toBe(3);
  });

  it('that are not there are not waited for', async () => {
    await using folder = await emptyFolder();
    await expect(onGpus(folder.path, 1, ['0'], 2)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('asks more for one trial than there is'),
    });
  });
});
