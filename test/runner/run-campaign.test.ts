import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { StoredEvent } from '../../src/campaign/event.js';
import type { TrialKey } from '../../src/campaign/trial.js';
import type { Executor } from '../../src/execution/executor.js';
import { Slots } from '../../src/execution/slots.js';
import type { Journal } from '../../src/journal/journal.js';
import { MemoryJournal } from '../../src/journal/memory-journal.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { type Controls, createControls } from '../../src/runner/controls.js';
import { type RunEnd, runCampaign } from '../../src/runner/run-campaign.js';
import { openStore } from '../../src/runner/store.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { landscapeFacts } from '../support/play-out.js';
import { simulatedExecutor } from '../support/simulated-executor.js';

const options = fitFirstOptions({
  sizes: [8, 16, 32],
  dropout: [{ dropout: 0 }, { dropout: 0.35 }],
  retune: [],
  epochs: { grow: 14, dropout: 4 },
  confirm: 1,
});

/** What a campaign amounts to for its user: no attempts, and no trial that nobody asked for. */
function outcomeOf(campaign: Campaign): string {
  const trials = campaign.asked.map((key) => {
    const { attempts: _, ...trial } = campaign.trials.get(key) ?? { attempts: 0 };
    return trial;
  });
  const { conclusion, findings, batches } = campaign;
  return JSON.stringify({ conclusion, findings, batches, trials });
}

function memoryJournal(events: readonly StoredEvent[]): Journal<StoredEvent> {
  const journal = new MemoryJournal<StoredEvent>({
    identity: { engine: 'test', config: 'c', data: null },
    now: () => new Date(0),
  });
  for (const event of events) void journal.append(event);
  return journal;
}

/** Runs on from the events, and dies when it has written this number of further events. */
async function drive(
  events: readonly StoredEvent[],
  slots: number,
  order: number,
  dieAfter = Number.POSITIVE_INFINITY,
  controls: Controls = createControls(),
): Promise<{ written: StoredEvent[]; end: RunEnd | null }> {
  const journal = memoryJournal(events);
  const written = [...events];
  const method = fitFirst(options);
  const append = journal.append.bind(journal);
  let left = dieAfter;
  journal.append = (event) => {
    if (left <= 0) return Promise.reject(new Error('the driver died'));
    left -= 1;
    return append(event);
  };
  const store = await openStore(journal);
  store.onEntry(({ event }) => written.push(event));
  const executor = simulatedExecutor(landscape(), slots, order);
  const networks = { save: async () => {} };
  try {
    await store.commit(
      store.campaign.facts === null
        ? { type: 'campaign-started', ...landscapeFacts(method) }
        : { type: 'campaign-resumed' },
    );
    const end = await runCampaign(method, { store, executor, networks, controls });
    return { written, end };
  } catch (error) {
    if (error instanceof Error && error.message === 'the driver died') return { written, end: null };
    throw error;
  }
}

describe('a run', () => {
  it('ends the same with 1, 4 and 16 slots, whatever finishes first', async () => {
    const ends = await Promise.all(
      [1, 4, 16].flatMap((slots) => [1, 2, 3].map((order) => drive([], slots, order))),
    );
    const outcomes = new Set(ends.map(({ end }) => end && outcomeOf(end.campaign)));
    expect(outcomes.size).toBe(1);
  });

  it('uses idle slots for trials that may be needed next, and stops those that are not', async () => {
    const { written, end } = await drive([], 16, 1);
    const asked = end?.campaign.asked.size ?? 0;
    const started = new Set(
      written.flatMap((event) => (event.type === 'trial-started' ? [event.trial] : [])),
    );
    expect(started.size).toBeGreaterThan(asked);
    const running = end?.campaign.trials.toList().filter((trial) => trial.state === 'running').size;
    expect(running).toBe(0);
  });

  it('never runs more trials at once than there are slots', async () => {
    const executor = simulatedExecutor(landscape(), 4, 1);
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    await runCampaign(method, {
      store,
      executor,
      networks: { save: async () => {} },
      controls: createControls(),
    });
    expect(executor.maxAtOnce).toBe(4);
  });

  for (const slots of [1, 4, 16]) {
    it(`ends the same after a crash before every single event, with ${slots} slots`, async () => {
      const whole = await drive([], 1, 1);
      const want = whole.end && outcomeOf(whole.end.campaign);
      const undisturbed = await drive([], slots, 7);
      for (let dieAfter = 0; dieAfter < undisturbed.written.length; dieAfter++) {
        const broken = await drive([], slots, 7, dieAfter);
        expect(broken.end, `died after ${dieAfter} events`).toBeNull();
        const { end } = await drive(broken.written, slots, dieAfter);
        expect(end && outcomeOf(end.campaign), `died after ${dieAfter} events`).toBe(want);
      }
    }, 300_000);
  }

  it('survives being killed again and again', async () => {
    const whole = await drive([], 1, 1);
    let events: StoredEvent[] = [];
    let end: RunEnd | null = null;
    for (let life = 1; end === null; life++) {
      ({ written: events, end } = await drive(events, 4, life, 60));
      if (life > 500) throw new Error('no progress');
    }
    expect(outcomeOf(end.campaign)).toBe(whole.end && outcomeOf(whole.end.campaign));
  });

  it('lets running trials finish when it is drained, starts no other, and can be resumed', async () => {
    const controls = createControls();
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    const events: StoredEvent[] = [{ type: 'campaign-started', ...landscapeFacts(method) }];
    store.onEntry(({ event }) => {
      events.push(event);
      if (event.type === 'trial-finished') controls.drain();
    });
    const executor = simulatedExecutor(landscape(), 2, 1);
    const end = await runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    expect(end.kind).toBe('interrupted');
    expect(end.campaign.trials.some((trial) => trial.state === 'running')).toBe(false);
    const resumed = await drive(events, 2, 5);
    const whole = await drive([], 1, 1);
    expect(resumed.end && outcomeOf(resumed.end.campaign)).toBe(whole.end && outcomeOf(whole.end.campaign));
  });

  it('ends running trials at once when it is stopped; their attempts are lost, the trials wait', async () => {
    const controls = createControls();
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    store.onEntry(({ event }) => {
      if (event.type === 'trial-reported') controls.stop();
    });
    const executor = simulatedExecutor(landscape(), 2, 1);
    const end = await runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    expect(end.kind).toBe('interrupted');
    expect(end.campaign.trials.some((trial) => trial.state === 'waiting' && trial.attempts === 1)).toBe(true);
    expect(end.campaign.trials.some((trial) => trial.state === 'finished')).toBe(false);
  });

  it('starts nothing while it is paused, and goes on after', async () => {
    const controls = createControls();
    controls.togglePause();
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    const states: string[] = [];
    store.onEntry(({ event }) => {
      states.push(`${event.type} ${controls.state}`);
      if (event.type === 'batch-planned' && controls.state === 'paused')
        setImmediate(() => controls.togglePause());
    });
    const executor = simulatedExecutor(landscape(), 2, 1);
    const end = await runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    expect(end.kind).toBe('concluded');
    expect(states).not.toContain('trial-started paused');
  });

  it('ends one trial for good when a person stops it, goes on without it, and never computes it again', async () => {
    const controls = createControls();
    const method = fitFirst(options);
    const events: StoredEvent[] = [{ type: 'campaign-started', ...landscapeFacts(method) }];
    const store = await openStore(memoryJournal(events));
    let stopped: TrialKey | null = null;
    store.onEntry(({ event }) => {
      events.push(event);
      if (event.type !== 'trial-reported' || stopped !== null) return;
      stopped = event.trial;
      controls.stopTrial(event.trial);
    });
    const executor = simulatedExecutor(landscape(), 2, 1);
    const end = await runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    expect(end.kind).toBe('concluded');
    const trials = end.campaign.trials
      .toList()
      .filter((trial) => trial.state === 'stopped' && trial.reason === 'person');
    expect(trials.map(({ key }) => key).toArray()).toEqual([stopped]);
    expect(trials.first()?.attempts).toBe(1);
    for (const cut of [events.length - 1, events.length >> 1]) {
      const resumed = await drive(events.slice(0, cut), 4, 3);
      expect(resumed.end && outcomeOf(resumed.end.campaign)).toBe(outcomeOf(end.campaign));
    }
  });

  it('stops no trial that has finished', async () => {
    const controls = createControls();
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    store.onEntry(({ event }) => {
      if (event.type === 'trial-finished') controls.stopTrial(event.trial);
    });
    const executor = simulatedExecutor(landscape(), 1, 1);
    const end = await runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    const whole = await drive([], 1, 1);
    expect(outcomeOf(end.campaign)).toBe(whole.end && outcomeOf(whole.end.campaign));
  });

  it('tries a trial again whose worker died, and calls it failed when the third worker has died too', async () => {
    const method = fitFirst(options);
    const run = async (deaths: number) => {
      const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
      const executor = simulatedExecutor(landscape(), 2, 1, (spec, attempt) =>
        spec.parameters.dropout === 0.35 && spec.repeat === 1 && attempt <= deaths
          ? { kind: 'lost', message: 'the thread exited' }
          : null,
      );
      return runCampaign(method, {
        store,
        executor,
        networks: { save: async () => {} },
        controls: createControls(),
      });
    };
    const whole = await drive([], 1, 1);
    const twice = await run(2);
    expect(outcomeOf(twice.campaign)).toBe(whole.end && outcomeOf(whole.end.campaign));
    const thrice = await run(3);
    const failed = thrice.campaign.trials.toList().filter((trial) => trial.state === 'failed');
    expect(failed.map((trial) => trial.attempts).toArray()).toEqual([3, 3]);
  });

  it('follows the slots of its executor, down to none and up again', async () => {
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    const slots = new Slots(1);
    const simulated = simulatedExecutor(landscape(), 4, 1);
    let running = 0;
    const executor: Executor = {
      get slots() {
        return slots.count;
      },
      onSlotsChange: (listener) => slots.onChange(listener),
      run: (spec, runOptions) =>
        slots.use(async () => {
          running += 1;
          const outcome = await simulated.run(spec, runOptions);
          running -= 1;
          return outcome;
        }),
      async [Symbol.asyncDispose]() {},
    };
    const changes = [4, 0, 2, 0, 3];
    let started = 0;
    store.onEntry(({ event }) => {
      if (event.type !== 'trial-started') return;
      started += 1;
      if (started % 3 !== 0) return;
      slots.count = changes.shift() ?? 4;
      // With no slots nothing starts any more, so that somebody else has to bring the next ones.
      if (slots.count === 0) {
        void (async () => {
          while (running > 0) await nextTurn();
          slots.count = changes.shift() ?? 4;
        })();
      }
    });
    const controls = createControls();
    const end = await runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    const whole = await drive([], 1, 1);
    expect(changes).toEqual([]);
    expect(simulated.maxAtOnce).toBeGreaterThan(2);
    expect(outcomeOf(end.campaign)).toBe(whole.end && outcomeOf(whole.end.campaign));
  });

  it('pauses when it is asked to while its executor has no slots', async () => {
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    const controls = createControls();
    store.onEntry(({ event }) => {
      if (event.type === 'batch-planned') setImmediate(() => controls.drain());
    });
    const executor = simulatedExecutor(landscape(), 0, 1);
    const end = await runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    expect(end.kind).toBe('interrupted');
    expect(executor.maxAtOnce).toBe(0);
  });

  it('breaks off with the error of a broken executor', async () => {
    const method = fitFirst(options);
    const store = await openStore(memoryJournal([{ type: 'campaign-started', ...landscapeFacts(method) }]));
    const executor = {
      ...simulatedExecutor(landscape(), 2, 1),
      run: () => Promise.reject(new Error('no threads')),
    };
    const parts = { store, executor, networks: { save: async () => {} }, controls: createControls() };
    await expect(runCampaign(method, parts)).rejects.toThrow('no threads');
  });
});
