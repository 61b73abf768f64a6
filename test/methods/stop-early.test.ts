import { cp, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/campaign/event.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { Reports } from '../../src/campaign/tables/reports.js';
import { type Settled, trialKey } from '../../src/campaign/trial.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { type Method, method } from '../../src/methods/method.js';
import { methodKinds } from '../../src/methods/registry.js';
import { comparedEpochs, epochBoundsFor } from '../../src/methods/stop-early/epoch-bounds-for.js';
import { stoppingEarly } from '../../src/methods/stop-early/stopping-early.js';
import { withPatience } from '../../src/methods/stop-early/with-patience.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder } from '../support/command-line.js';
import { runWindowed } from '../support/windowed-campaign.js';

const rule = { percentile: 50, warmup: 0.25, window: 4 };
const metric = { name: 'val_loss', goal: 'minimize' } as const;

/** A trial that reported these losses. */
function finished(...losses: readonly number[]): Settled {
  const spec = { parameters: { losses: [...losses] }, repeat: 1, epochs: 4, until: null, finish: null };
  const reports = Reports.of(losses.map((val_loss, i) => ({ epoch: i + 1, metrics: { val_loss } })));
  const of = { key: trialKey('', spec), spec, stage: 'search', number: 1, attempts: 1, reports };
  return { ...of, state: 'finished', reason: 'complete', evaluation: null };
}

describe('the bounds of a trial', () => {
  it('are set between the warm-up and the last epoch', () => {
    expect(comparedEpochs(40, rule)).toEqual([10, 14, 18, 22, 25, 29, 33, 37]);
    expect(comparedEpochs(4, { ...rule, warmup: 0.5 })).toEqual([2, 3]);
    expect(comparedEpochs(1, rule)).toEqual([]);
  });

  it('are the best value that half of the others had by then, those that had ended counting as worse', () => {
    const others = [
      finished(5, 1, 9, 9),
      finished(4, 4, 2, 2),
      finished(3),
      finished(6, 6, 6, 0),
      finished(7, 5),
    ];
    expect(epochBoundsFor(4, others, metric, rule)).toEqual([
      { epoch: 1, value: 5 },
      { epoch: 2, value: 5 },
      { epoch: 3, value: 6 },
    ]);
    expect(epochBoundsFor(4, others, metric, { ...rule, percentile: 20 })[1]).toEqual({ epoch: 2, value: 1 });
    expect(epochBoundsFor(4, others.slice(1), metric, rule)).toEqual([]);
  });

  it('keep the best value of a trial that ended by its patience', () => {
    const patient = { ...finished(2, 3), state: 'finished', reason: 'patience', evaluation: null } as const;
    const others = [patient, finished(5, 5, 5, 5), finished(4, 4, 4, 4), finished(6), finished(7)];
    expect(epochBoundsFor(4, others, metric, { ...rule, percentile: 20 })).toEqual([
      { epoch: 1, value: 2 },
      { epoch: 2, value: 2 },
      { epoch: 3, value: 2 },
    ]);
  });
});

const space: SearchSpace = {
  hidden: { kind: 'values', values: [2, 4, 8, 16, 32], probabilities: null },
  dropout: {
    kind: 'values',
    values: [0, 0.35, 0.3, 0.4, 0.25, 0.5, 0.2, 0.6, 0.1, 0.7, 0.8, 0.9],
    probabilities: null,
  },
  learning_rate: { kind: 'values', values: [0.01, 0.1], probabilities: null },
};

const fitFirst = {
  grow: 'hidden',
  dropout: ['dropout'],
  search: { method: 'random', trials: 2 },
  confirm: 2,
};

const cases = [
  ['random', { trials: 30 }],
  ['tpe', { trials: 24, start: 8, window: 4 }],
  ['fit_first', fitFirst],
] as const;

/** A built-in method, with what ends its trials around it. */
function stoppingMethod(name: string, options: unknown, patience: number | null = null): Method {
  const kind = methodKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`there is no method ${name}`);
  // Validation is best at epoch 10, so a trial that has patience ends at epoch 20.
  const context = contextOf({ space, epochs: patience === null ? 20 : 32 });
  const trainer = { parameters: null };
  const refuse = (sentence: string): never => {
    throw new Error(sentence);
  };
  const metrics = { problem: () => null, goal: () => 'maximize' as const };
  const plan = kind.resolve(
    kind.schema(trainer).parse(options),
    { ...context, trainer, task: 'classification', metrics, needMetric: () => {}, constrained: [] },
    {
      report: (_, sentence) => refuse(sentence),
      reportParameter: (_, sentence) => refuse(sentence),
      isParameterBroken: () => false,
    },
  );
  const { procedure } = kind.create(plan, context);
  if (procedure === undefined) throw new Error(`${name} has no procedure`);
  return method(name, () =>
    patience === null
      ? stoppingEarly(procedure(), { rule, plan, comparison: context.comparison })
      : withPatience(procedure(), { patience, plan }),
  );
}

describe.each([
  ...cases.map(([name, options]) => ['stopped-early', name, options, null] as const),
  ...cases.map(([name, options]) => ['patience', name, options, 0.2] as const),
])('%s: %s with stop_early', (reason, name, options, patience) => {
  const create = () => stoppingMethod(name, options, patience);

  it('stops trials, and leaves the same bytes for 1, 2 and 4 workers, and when its journal is cut', async () => {
    await using folder = await emptyFolder();
    const whole = join(folder.path, 'whole');
    const events: StoredEvent[] = [];
    const run = (path: string, slots: number, order: number, onEvent?: (event: StoredEvent) => void) =>
      runWindowed(path, slots, order, onEvent, undefined, create());
    const want = await run(whole, 1, 1, (event) => events.push(event));
    const reasons = events.flatMap((event) => (event.type === 'trial-finished' ? [event.reason] : []));
    expect(reasons.filter((one) => one === reason).length).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({ type: 'campaign-concluded', kind: 'chosen' });
    for (const slots of [1, 2, 4])
      expect(await run(join(folder.path, `slots-${slots}`), slots, 3)).toBe(want);
    const { length } = await readFile(join(whole, 'journal.jsonl'));
    const cuts = keyedStream('stop early cuts', name);
    for (let cut = 0; cut < 6; cut++) {
      const path = join(folder.path, `cut-${cut}`);
      await cp(whole, path, { recursive: true });
      await truncate(join(path, 'journal.jsonl'), cuts.below(length));
      expect(await run(path, 1 + (cut % 4), cut), `cut ${cut}`).toBe(want);
    }
  }, 60_000);
});

describe('the patience of fit_first', () => {
  it('is that of its trials that are scored by their best epoch', async () => {
    await using folder = await emptyFolder();
    const stages = new Map<string, Set<string>>();
    await runWindowed(
      join(folder.path, 'campaign'),
      2,
      1,
      (event) => {
        if (event.type !== 'batch-planned') return;
        const known = stages.get(event.stage) ?? new Set();
        stages.set(event.stage, known);
        for (const { until, patience } of event.trials)
          known.add(`${until === null ? 'whole' : 'until it fits'}: ${patience ?? 'none'}`);
      },
      undefined,
      stoppingMethod('fit_first', fitFirst, 0.25),
    );
    expect(Object.fromEntries([...stages].map(([name, kinds]) => [name, [...kinds]]))).toEqual({
      grow: ['until it fits: none', 'whole: 8'],
      dropout: ['whole: 8'],
      finalists: ['whole: none'],
      confirm: ['whole: none'],
      finish: ['whole: none'],
    });
  });
});
