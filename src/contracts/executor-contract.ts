import assert from 'node:assert/strict';
import type { StopTarget } from '../campaign/metric.js';
import type { Outcome } from '../campaign/outcome.js';
import type { Parameters } from '../campaign/parameters.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { Executor, RunOptions } from '../execution/executor.js';
import { SlotQueue } from '../execution/slot-queue.js';
import type { ContractCheck } from './contract.js';
import { goingOnChecks } from './executor-going-on.js';

/** An executor that the contract tries: it runs the scripted trainer, see `scriptedProgram`. */
export interface ExecutorSubject {
  /** Makes an executor; the contract disposes of it. */
  readonly create: (slots: number) => Promise<Executor>;
  /** The seed that a trainer gets on a repeat; left out, any seed will do. */
  readonly seedOn?: (repeat: number) => number;
  /** Checks the outcome of a trainer that throws `the loss went away`; left out, the message has to say so. */
  readonly checkThrown?: (outcome: Outcome) => void;
  /** The message of a trial that ends without a report; left out, any message will do. */
  readonly withoutReport?: string;
  /** Whether trials go on from checkpoints; left out, a longer trial may train from the start. */
  readonly keepsCheckpoints?: boolean;
}

const complete: Outcome = { kind: 'finished', reason: 'complete', network: null };
const stopped: Outcome = { kind: 'stopped' };

/** What every executor has to do, wherever it runs trials. The checks share an executor, as trials of a campaign do. */
export function executorContract(subject: ExecutorSubject): readonly ContractCheck[] {
  let shared: Promise<Executor> | null = null;
  const withShared = (run: (executor: Executor) => Promise<void>) => async (): Promise<void> => {
    shared ??= subject.create(2);
    await run(await shared);
  };
  const check = (name: string, run: (executor: Executor) => Promise<void>): ContractCheck => ({
    name,
    run: withShared(run),
  });
  return [
    check('passes on every report, in order and before the run settles', (executor) =>
      passesOnReports(executor, subject),
    ),
    check('ends a trial with the first report that reaches its target', endsAtTarget),
    ...['nan', 'infinity'].map((value) =>
      check(`ends a trial as diverged at a metric of ${value}`, (executor) => diverges(executor, value)),
    ),
    check('calls a trial that throws failed, after its reports', (executor) =>
      failsWhenThrown(executor, subject),
    ),
    check('calls a trial without a report failed', (executor) => failsWithoutReport(executor, subject)),
    check('calls a trial without the metric failed', failsWithoutMetric),
    check('misses the metric of the early end too', failsWithoutTargetMetric),
    ...badReports.map(({ reports, found }) =>
      check(`calls a trial failed that reported ${found}`, (executor) =>
        failsOnReport(executor, reports, found),
      ),
    ),
    check('counts the epochs of a program from 1 that counts them from 0', countsFromZero),
    check('stops a trial when the signal says so', stopsBySignal),
    check('stops a trial that waits for something else', stopsWaiting),
    check('does not begin a trial that is stopped already', doesNotBegin),
    check('lets a trial that has had all of its epochs finish, stopped or not', finishesLastEpoch),
    check(
      'runs as many trials at once as it has slots, and refuses another until one has ended',
      keepsToSlots,
    ),
    { name: 'gives the same results with one slot and with three', run: () => ignoresSlots(subject) },
    ...goingOnChecks.map(({ name, run }) =>
      check(name, (executor) => run(executor, subject.keepsCheckpoints ?? false)),
    ),
    check('keeps the spec from a trainer that changes its parameters', keepsSpec),
    check('rejects with what its listener throws, and goes on with other trials', survivesListener),
    { name: 'stops what runs when it is closed, and takes nothing more', run: () => closes(subject) },
    {
      name: 'closes after all of this',
      run: async () => {
        const executor = await shared;
        await executor?.[Symbol.asyncDispose]();
      },
    },
  ];
}

interface ScriptOptions {
  readonly epochs?: number;
  readonly repeat?: number;
  readonly until?: StopTarget;
  readonly parameters?: Parameters;
}

function scripted(
  script: string,
  { epochs = 3, repeat = 1, until, parameters }: ScriptOptions = {},
): TrialSpec {
  return { parameters: { script, ...parameters }, repeat, epochs, until: until ?? null, finish: null };
}

function giving(reports: readonly unknown[], options: ScriptOptions = {}): TrialSpec {
  return scripted('given', { epochs: 10, ...options, parameters: { reports: JSON.stringify(reports) } });
}

/** Hears a run, and can stop it. */
class Listener implements RunOptions {
  readonly reports: Report[] = [];
  readonly #controller = new AbortController();
  readonly #waiting: (() => void)[] = [];

  /** Stops the run after this many reports. */
  constructor(private readonly stopAfter = Number.POSITIVE_INFINITY) {}

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly onReport = (report: Report): void => {
    this.reports.push(report);
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (this.reports.length >= this.stopAfter) this.stop();
  };

  stop(): void {
    this.#controller.abort();
  }

  async firstReport(): Promise<void> {
    if (this.reports.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  values(metric: string): (number | undefined)[] {
    return this.reports.map(({ metrics }) => metrics[metric]);
  }
}

async function passesOnReports(executor: Executor, { seedOn }: ExecutorSubject): Promise<void> {
  const listener = new Listener();
  assert.deepEqual(await executor.run(scripted('reports', { epochs: 2_000, repeat: 4 }), listener), complete);
  assert.deepEqual(
    listener.reports.map(({ epoch }) => epoch),
    Array.from({ length: 2_000 }, (_, i) => i + 1),
  );
  const last = listener.reports.at(-1)?.metrics;
  assert.equal(last?.val_loss, 1 / 2_000);
  assert.equal(last?.repeat, 4);
  if (seedOn !== undefined) assert.equal(last?.seed, seedOn(4));
}

async function endsAtTarget(executor: Executor): Promise<void> {
  const listener = new Listener();
  const until = { metric: 'val_loss', goal: 'minimize', bound: 0.25 } as const;
  const outcome = await executor.run(scripted('reports', { epochs: 100, until }), listener);
  assert.deepEqual(outcome, { kind: 'finished', reason: 'fit', network: null });
  assert.deepEqual(listener.values('val_loss'), [1, 1 / 2, 1 / 3, 1 / 4]);
}

async function diverges(executor: Executor, value: string): Promise<void> {
  const listener = new Listener();
  const outcome = await executor.run(scripted('diverge', { epochs: 4, parameters: { value } }), listener);
  assert.deepEqual(outcome, { kind: 'diverged', epoch: 3 });
  assert.deepEqual(listener.values('val_loss'), [1, 0.5]);
}

async function failsWhenThrown(executor: Executor, { checkThrown }: ExecutorSubject): Promise<void> {
  const listener = new Listener();
  const outcome = await executor.run(scripted('throw'), listener);
  assert.equal(listener.reports.length, 1);
  if (checkThrown !== undefined) return checkThrown(outcome);
  assert.ok(outcome.kind === 'failed', `the outcome is ${outcome.kind}`);
  assert.match(outcome.message, /the loss went away/);
}

async function failsWithoutReport(executor: Executor, { withoutReport }: ExecutorSubject): Promise<void> {
  const outcome = await executor.run(giving([]), new Listener());
  assert.ok(outcome.kind === 'failed', `the outcome is ${outcome.kind}`);
  assert.equal(outcome.code, 'no-metric');
  if (withoutReport !== undefined) assert.equal(outcome.message, withoutReport);
}

async function failsWithoutMetric(executor: Executor): Promise<void> {
  const message = 'The trainer ended without having reported "val_loss". It reported "train_loss", "lr".';
  const outcome = await executor.run(giving([{ train_loss: 1, lr: 0.1 }]), new Listener());
  assert.deepEqual(outcome, { kind: 'failed', code: 'no-metric', message });
}

async function failsWithoutTargetMetric(executor: Executor): Promise<void> {
  const until = { metric: 'train_accuracy', goal: 'maximize', bound: 1 } as const;
  const outcome = await executor.run(giving([{ val_loss: 1 }], { until }), new Listener());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'no-metric', JSON.stringify(outcome));
}

const at = (...epochs: readonly number[]): unknown[] => epochs.map((epoch) => ({ epoch, val_loss: 1 }));

const badReports: readonly { readonly reports: readonly unknown[]; readonly found: string }[] = [
  { reports: at(2, 2), found: 'epoch 2 after epoch 2, but epochs only rise' },
  { reports: at(3, 1), found: 'epoch 1 after epoch 3, but epochs only rise' },
  { reports: at(1.5), found: 'the epoch 1.5, but epochs are whole numbers from 1' },
  { reports: at(-1), found: 'the epoch -1, but epochs are whole numbers from 1' },
  { reports: at(1, 0), found: 'the epoch 0, but epochs are whole numbers from 1' },
  { reports: [{}], found: 'no metric at epoch 1' },
];

async function failsOnReport(executor: Executor, reports: readonly unknown[], found: string): Promise<void> {
  const outcome = await executor.run(giving(reports), new Listener());
  assert.deepEqual(outcome, {
    kind: 'failed',
    code: 'bad-report',
    message: `The trainer reported ${found}.`,
  });
}

async function countsFromZero(executor: Executor): Promise<void> {
  const listener = new Listener();
  await executor.run(giving(at(0, 1)), listener);
  assert.deepEqual(
    listener.reports.map(({ epoch }) => epoch),
    [1, 2],
  );
}

async function stopsBySignal(executor: Executor): Promise<void> {
  const spec = scripted('until-stopped', { epochs: 1_000_000 });
  assert.deepEqual(await executor.run(spec, new Listener(5)), stopped);
}

async function stopsWaiting(executor: Executor): Promise<void> {
  assert.deepEqual(await executor.run(scripted('wait-for-signal'), new Listener(1)), stopped);
}

async function doesNotBegin(executor: Executor): Promise<void> {
  const listener = new Listener();
  listener.stop();
  assert.deepEqual(await executor.run(scripted('reports'), listener), stopped);
  assert.deepEqual(listener.reports, []);
}

async function finishesLastEpoch(executor: Executor): Promise<void> {
  assert.deepEqual(await executor.run(scripted('reports', { epochs: 3 }), new Listener(3)), complete);
}

async function keepsToSlots(executor: Executor): Promise<void> {
  const listeners = Array.from({ length: 4 }, () => new Listener());
  const begin = (repeat: number): Promise<Outcome> =>
    executor.run(
      scripted('until-stopped', { epochs: 1_000_000, repeat }),
      listeners[repeat] ?? new Listener(),
    );
  const running = (): number =>
    listeners.filter(({ reports, signal }) => reports.length > 0 && !signal.aborted).length;
  assert.equal(executor.slots, 2);
  const runs = [begin(0), begin(1)];
  for (const [place, listener] of listeners.entries()) {
    await Promise.all(listeners.slice(0, place + 2).map((begun) => begun.firstReport()));
    assert.equal(running(), Math.min(2, listeners.length - place));
    const isMore = runs.length < listeners.length;
    if (isMore) {
      const refused = new Listener();
      await assert.rejects(executor.run(scripted('reports'), refused), RangeError);
      assert.deepEqual(refused.reports, []);
    }
    listener.stop();
    assert.deepEqual(await runs[place], stopped);
    if (isMore) runs.push(begin(runs.length));
  }
}

async function ignoresSlots(subject: ExecutorSubject): Promise<void> {
  const specs = [
    ...Array.from({ length: 12 }, (_, repeat) =>
      scripted('reports', { repeat, epochs: 1 + ((repeat * 7) % 5) }),
    ),
    scripted('diverge', { epochs: 4, parameters: { value: 'nan' } }),
    scripted('throw'),
  ];
  const runAll = async (slots: number): Promise<readonly object[]> => {
    await using executor = await subject.create(slots);
    using queue = new SlotQueue(executor);
    return await Promise.all(
      specs.map(async (spec) => {
        const listener = new Listener();
        const ended = await queue.add(() => executor.run(spec, listener));
        // The message of a failure is for people: it may name a folder of this executor's.
        const { message: _, ...outcome } = { message: '', ...ended };
        return { outcome, reports: listener.reports };
      }),
    );
  };
  const alone = await runAll(1);
  assert.deepEqual(Reflect.get(alone[12] ?? {}, 'outcome'), { kind: 'diverged', epoch: 3 });
  assert.deepEqual(await runAll(3), alone);
}

async function keepsSpec(executor: Executor): Promise<void> {
  const spec = scripted('mutate');
  assert.deepEqual(await executor.run(spec, new Listener()), complete);
  assert.equal(spec.parameters.script, 'mutate');
}

async function survivesListener(executor: Executor): Promise<void> {
  const onReport = (): never => {
    throw new RangeError('the disk is full');
  };
  const run = executor.run(scripted('reports'), { signal: new AbortController().signal, onReport });
  await assert.rejects(run, /the disk is full/);
  assert.deepEqual(await executor.run(scripted('reports'), new Listener()), complete);
}

async function closes({ create }: ExecutorSubject): Promise<void> {
  const executor = await create(1);
  const listener = new Listener();
  const run = executor.run(scripted('until-stopped', { epochs: 1_000_000 }), listener);
  await listener.firstReport();
  await executor[Symbol.asyncDispose]();
  assert.deepEqual(await run, stopped);
  await assert.rejects(executor.run(scripted('reports'), new Listener()), { code: 'EXECUTOR_BROKEN' });
  await executor[Symbol.asyncDispose]();
}
