/**
 * How busy two workers are with a method that asks ahead by a window of 8, beside the same method in batches that it
 * waits for. Trials take 5 to 60 ms, drawn from a skewed distribution. Prints the share of the workers' time that is
 * idle while trials are left, and the time that the method and the run loop take for a proposal.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { CampaignEvent, CampaignFacts } from '../src/campaign/event.js';
import type { Settled, TrialSpec } from '../src/campaign/trial.js';
import type { Executor } from '../src/execution/executor.js';
import { MemoryJournal } from '../src/journal/memory-journal.js';
import { type Method, method, type Procedure } from '../src/methods/method.js';
import { searchPlan } from '../src/methods/search.js';
import { keyedStream } from '../src/numeric/keyed-stream.js';
import { createControls } from '../src/runner/controls.js';
import { runCampaign } from '../src/runner/run-campaign.js';
import { openStore } from '../src/runner/store.js';

const TRIALS = 400;
const SLOTS = 2;

const facts = ({ name }: Method): CampaignFacts => ({
  name: 'window',
  method: name,
  plan: searchPlan({}),
  seed: 1,
  trainer: 'external',
  metric: { name: 'val_loss', goal: 'minimize' },
  checkpoint: 'best',
  parameters: ['x'],
  space: {},
  identity: 'window',
  config: {},
  data: null,
  findings: [],
});

/** The next setting, from everything that is known. */
function proposal(index: number, answers: readonly Settled[]): TrialSpec {
  const x = keyedStream('window', index, answers.length).uniform();
  return { parameters: { index, x }, repeat: 1, epochs: 1, until: null, finish: null };
}

const because = 'Drawn from what is known.';

function* byWindow(trials: number, window: number): Procedure<readonly Settled[]> {
  const answers: Settled[] = [];
  for (let index = 0; index < trials; index++) {
    const asked = [proposal(index, answers)];
    answers.push(...(yield { kind: 'ask', stage: 'search', because, trials: asked, window }));
  }
  return [...answers, ...(yield { kind: 'collect' })];
}

function* byBatches(trials: number, size: number): Procedure<readonly Settled[]> {
  const answers: Settled[] = [];
  for (let index = 0; index < trials; index += size) {
    const batch = Array.from({ length: size }, (_, i) => proposal(index + i, answers));
    answers.push(...(yield { kind: 'batch', stage: 'search', because, trials: batch }));
  }
  return answers;
}

const methodOf = (procedure: () => Procedure<readonly Settled[]>): Method =>
  method('window', function* () {
    const [first] = yield* procedure();
    return { kind: 'conclusion', ending: 'chosen', chosen: first?.spec ?? null, because: 'All have run.' };
  });

interface Interval {
  readonly from: number;
  readonly to: number;
}

/** An executor whose trials only take their time. */
function sleeping(milliseconds: (index: number) => number, slots: number, intervals: Interval[]): Executor {
  return {
    slots,
    async run(spec, { onReport }) {
      const from = performance.now();
      const time = milliseconds(Number(spec.parameters.index));
      if (time > 0) await pause(time);
      onReport({ epoch: 1, metrics: { val_loss: Number(spec.parameters.x) } });
      intervals.push({ from, to: performance.now() });
      return { kind: 'finished', reason: 'complete', network: null };
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function run(tried: Method, executor: Executor): Promise<number> {
  const identity = { engine: 'bench', config: 'bench', data: null };
  const store = await openStore(new MemoryJournal<CampaignEvent>({ identity, now: () => new Date() }));
  await store.commit({ type: 'campaign-started', ...facts(tried) });
  const begun = performance.now();
  await runCampaign(tried, {
    store,
    executor,
    networks: { save: async () => {} },
    controls: createControls(),
  });
  return performance.now() - begun;
}

const skewed = (index: number): number => 5 + 55 * keyedStream('time', index).uniform() ** 3;

/** The share of the slots' time without a trial, until the last one starts. */
function idleShare(intervals: readonly Interval[]): number {
  const begun = Math.min(...intervals.map(({ from }) => from));
  const end = Math.max(...intervals.map(({ from }) => from));
  const busy = intervals.reduce((sum, { from, to }) => sum + Math.min(to, end) - from, 0);
  return 1 - busy / (SLOTS * (end - begun));
}

for (const [name, procedure] of [
  ['window of 8', () => byWindow(TRIALS, 8)],
  ['window of 2', () => byWindow(TRIALS, 2)],
  ['batches of 2', () => byBatches(TRIALS, 2)],
  ['batches of 8', () => byBatches(TRIALS, 8)],
] as const) {
  const intervals: Interval[] = [];
  const milliseconds = await run(methodOf(procedure), sleeping(skewed, SLOTS, intervals));
  const idle = (100 * idleShare(intervals)).toFixed(1);
  console.log(`${name.padEnd(13)} ${(milliseconds / 1000).toFixed(2)} s, idle ${idle.padStart(5)} %`);
}
for (const trials of [1_000, 4_000, 16_000]) {
  const milliseconds = await run(
    methodOf(() => byWindow(trials, 8)),
    sleeping(() => 0, SLOTS, []),
  );
  console.log(
    `${trials} trials that take no time: ${((1000 * milliseconds) / trials).toFixed(0)} us a trial`,
  );
}
