import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/campaign/event.js';
import type { Outcome } from '../../src/campaign/outcome.js';
import { MemoryJournal } from '../../src/journal/memory-journal.js';
import { gridSearch } from '../../src/methods/grid/grid.js';
import { createControls } from '../../src/runner/controls.js';
import { runCampaign } from '../../src/runner/run-campaign.js';
import { openStore, type Store } from '../../src/runner/store.js';
import { searchPlan } from '../support/plans.js';

const metric = { name: 'val_loss', goal: 'minimize' } as const;
const comparison = {
  metric,
  checkpoint: 'best',
  repeats: { first: 1, most: 1 },
  cost: () => 0,
  overlap: 0,
} as const;
const finish = { on: 'training', hasTest: false, comparison } as const;
const settings = [1, 2, 3, 4, 5].map((x) => ({ x }));
const method = () => gridSearch({ settings, varied: ['x'], epochs: 1, comparison, finish });

async function emptyStore(): Promise<Store> {
  const store = await openStore(
    new MemoryJournal<StoredEvent>({
      identity: { engine: 'test', config: 'c', data: null },
      now: () => new Date(0),
    }),
  );
  const facts = {
    name: 'f',
    method: 'grid',
    plan: searchPlan,
    seed: 1,
    trainer: 'external',
    metric,
    checkpoint: 'best',
  } as const;
  const rest = { parameters: ['x'], space: {}, identity: 'f', config: {}, data: null, findings: [] };
  await store.commit({ type: 'campaign-started', ...facts, ...rest });
  return store;
}

/** Runs five trials one after the other; each attempt ends as `ends` says, and otherwise well. */
async function run(store: Store, ends: (x: number, attempt: number) => Outcome | null, maxInARow = 10) {
  const attempts = new Map<number, number>();
  const executor = {
    slots: 1,
    async run(
      spec: { parameters: Readonly<Record<string, unknown>> },
      options: { onReport: (report: { epoch: number; metrics: Record<string, number> }) => void },
    ): Promise<Outcome> {
      const x = Number(spec.parameters.x);
      const attempt = (attempts.get(x) ?? 0) + 1;
      attempts.set(x, attempt);
      const end = ends(x, attempt);
      if (end !== null) return end;
      options.onReport({ epoch: 1, metrics: { val_loss: x } });
      return { kind: 'finished', reason: 'complete', network: null };
    },
    async [Symbol.asyncDispose]() {},
  };
  const limits = { retries: 1, backoff: 0, maxInARow };
  const networks = { save: async () => {} };
  const end = runCampaign(method(), { store, executor, networks, controls: createControls(), limits });
  return { end, attempts };
}

/** What happens to the campaign from now on. */
function heardFrom(store: Store): { readonly entries: readonly StoredEvent[] } {
  const entries: StoredEvent[] = [];
  store.onEntry(({ event }) => entries.push(event));
  return { entries };
}

const failed = (code: 'exit' | 'signal' | 'timeout', message = 'bad luck'): Outcome => ({
  kind: 'failed',
  code,
  message,
});

describe('trials that fail', () => {
  it('are tried again after a signal, once', async () => {
    const { end, attempts } = await run(await emptyStore(), (x, attempt) =>
      (x === 2 && attempt === 1) || x === 3 ? failed('signal') : null,
    );
    const { campaign } = await end;
    expect(campaign.trials.toList().filter((trial) => trial.state === 'failed').size).toBe(1);
    expect([attempts.get(2), attempts.get(3)]).toEqual([2, 2]);
  });

  it('have every attempt in the journal, with what it failed of', async () => {
    const store = await emptyStore();
    const { entries } = heardFrom(store);
    const { end } = await run(store, (x) => (x === 3 ? failed('signal', 'killed') : null));
    const { campaign } = await end;
    const key = campaign.trials.toList().find((trial) => trial.state === 'failed')?.key;
    expect(entries.filter((event) => 'trial' in event && event.trial === key)).toEqual([
      { type: 'trial-started', trial: key, attempt: 1 },
      { type: 'attempt-failed', trial: key, attempt: 1, code: 'signal', message: 'killed' },
      { type: 'trial-started', trial: key, attempt: 2 },
      { type: 'trial-failed', trial: key, attempt: 2, code: 'signal', message: 'killed' },
    ]);
  });

  it('are tried again after an exit, unless another exited with the same words', async () => {
    const { end, attempts } = await run(await emptyStore(), (x) =>
      x <= 3 ? failed('exit', `code 1: no module\nlog of ${x}`) : null,
    );
    await end;
    expect([1, 2, 3].map((x) => attempts.get(x))).toEqual([2, 1, 1]);
  });

  it('are not tried again where they ran out of time', async () => {
    const { end, attempts } = await run(await emptyStore(), (x) => (x === 1 ? failed('timeout') : null));
    await end;
    expect(attempts.get(1)).toBe(1);
  });

  it('end the run when too many do in a row; the next run tries them again', async () => {
    const store = await emptyStore();
    const { entries } = heardFrom(store);
    const { end } = await run(store, (x) => (x >= 2 ? failed('timeout', 'no GPU') : null), 3);
    await expect(end).rejects.toMatchObject({
      code: 'TRIALS_FAILED',
      message: expect.stringContaining('no GPU'),
    });
    expect(store.campaign.trials.toList().filter((trial) => trial.state === 'failed').size).toBe(0);

    // The one that was on its way when the limit was reached as well.
    expect(entries.filter(({ type }) => type === 'trial-reopened')).toHaveLength(4);
    expect(
      store.campaign.trials.toList().every(({ state, attempts }) => state === 'finished' || attempts === 1),
    ).toBe(true);

    const again = await run(store, () => null, 3);
    const { campaign } = await again.end;
    expect(again.attempts.get(1)).toBe(1); // the finish alone
    expect(campaign.trials.toList().every((trial) => trial.state === 'finished')).toBe(true);
  });

  it('do not end it where others finish in between', async () => {
    const { end } = await run(await emptyStore(), (x) => (x % 2 === 0 ? failed('timeout') : null), 2);
    expect((await end).kind).toBe('concluded');
  });
});
